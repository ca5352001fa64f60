package quorate.presign;

import java.util.NavigableMap;
import java.util.TreeMap;

/** What is FREE of one pool, by id, and what was handed out of it. */
record Shelf(NavigableMap<PresignatureId, Presignature<?>> free, HandOuts handOuts) {
    Shelf() {
        this(new TreeMap<>(), new HandOuts());
    }
}
