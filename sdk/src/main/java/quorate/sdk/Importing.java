package quorate.sdk;

import java.util.List;
import java.util.Optional;
import quorate.api.Bytes;

/**
 * How a wrapped key is to be imported.
 *
 * @param keyId empty for the one that the source gave it
 * @param publicKey that is expected, as KeyInfo shows it
 * @param chainCode that is expected, if it is known
 * @param players to whom it was wrapped, in the order of indices; empty for all nodes
 * @param source statement keys of the nodes of the source, in the order of indices, as their operators say them; empty for a
 *     set that is taken without signatures
 * @param evenIfHeld whether a key with the same public key may be there already
 */
public record Importing(
        String keyId,
        Bytes publicKey,
        Optional<Bytes> chainCode,
        List<Integer> players,
        List<Bytes> source,
        boolean evenIfHeld) {
    public Importing {
        players = List.copyOf(players);
        source = List.copyOf(source);
    }

    /** With all nodes and the id that the source gave it. */
    public static Importing of(Bytes publicKey, List<Bytes> source) {
        return new Importing("", publicKey, Optional.empty(), List.of(), source, false);
    }
}
