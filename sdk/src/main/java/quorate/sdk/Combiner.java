package quorate.sdk;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import quorate.api.Bytes;
import quorate.api.KeyInfo;
import quorate.api.PartialSignature;

/** Makes a signature of the parts of all players of a presignature, and verifies it. */
@FunctionalInterface
interface Combiner {
    /**
     * What was asked and answered.
     *
     * @param parts by player; they name the same presignature and request
     */
    record Task(KeyInfo key, Signing signing, Bytes presignatureId, SortedMap<Integer, PartialSignature> parts) {}

    /** A signature that verifies; {@code der} and {@code recoveryId} are those of ECDSA. */
    record Combined(Bytes signature, @Nullable Bytes der, @Nullable Integer recoveryId) {}

    /**
     * Combines.
     *
     * @throws TsmException if the parts make no signature, naming whose part is wrong where that can be told
     */
    Combined combine(Task task);
}
