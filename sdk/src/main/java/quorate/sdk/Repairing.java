package quorate.sdk;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import quorate.api.Bytes;

/**
 * A share that is to be repaired.
 *
 * @param target the player whose share it is
 * @param helpers as many other players as the key's threshold; empty to let those help that hold the key alike
 * @param publicKey what the operator knows of the key, not what a node says: its {@code publicKey} or {@code point}; needed
 *     if the target has no record of the key
 * @param patience how long the approvals are good, and the nodes wait for each other
 * @param sessionId where several administrators approve the same repair, each on his own nodes: the same for all; else a
 *     new one
 */
public record Repairing(
        String keyId,
        int target,
        List<Integer> helpers,
        Optional<Bytes> publicKey,
        Duration patience,
        Optional<Bytes> sessionId) {
    public Repairing {
        helpers = helpers.stream().sorted().distinct().toList();
    }

    /** With any helpers, and the target's own record as the word of the public key. */
    public static Repairing of(String keyId, int target) {
        return new Repairing(keyId, target, List.of(), Optional.empty(), Duration.ofMinutes(1), Optional.empty());
    }

    public Repairing with(Bytes publicKey) {
        return new Repairing(keyId, target, helpers, Optional.of(publicKey), patience, sessionId);
    }
}
