package quorate.api;

import java.time.Instant;
import java.util.List;

/**
 * A key as one node holds it.
 *
 * <p>{@code publicKey} is what a verifier takes: 32 bytes for Ed25519 and BIP-340 (x only), else 33. {@code point} is
 * the same with the sign that x-only keys lack. {@code shareId} names the sharing: nodes whose values differ cannot
 * sign together. {@code commitment} is the public polynomial of the sharing, A_0 first: with it whoever combines
 * signature shares tells whose is wrong.
 */
public record KeyInfo(
        int player,
        String keyId,
        Bytes publicKey,
        Bytes point,
        Curve curve,
        Scheme scheme,
        int threshold,
        List<Integer> players,
        long epoch,
        Bytes shareId,
        List<OfferedSharing> offers,
        Bytes chainCode,
        String purpose,
        int minPathLength,
        boolean messagesOnly,
        boolean presignatures,
        List<Bytes> commitment,
        KeyState state,
        Instant createdAt) {
    /** A key of which this node offers the sharing that it names, if it is active. */
    public KeyInfo(
            int player,
            String keyId,
            Bytes publicKey,
            Bytes point,
            Curve curve,
            Scheme scheme,
            int threshold,
            List<Integer> players,
            long epoch,
            Bytes shareId,
            Bytes chainCode,
            String purpose,
            int minPathLength,
            boolean messagesOnly,
            boolean presignatures,
            List<Bytes> commitment,
            KeyState state,
            Instant createdAt) {
        this(
                player,
                keyId,
                publicKey,
                point,
                curve,
                scheme,
                threshold,
                players,
                epoch,
                shareId,
                state == KeyState.ACTIVE ? List.of(new OfferedSharing(epoch, shareId)) : List.of(),
                chainCode,
                purpose,
                minPathLength,
                messagesOnly,
                presignatures,
                commitment,
                state,
                createdAt);
    }

    public KeyInfo {
        Require.player("player", player);
        Require.keyId("keyId", keyId);
        Require.present("publicKey", publicKey);
        Require.present("point", point);
        Require.present("curve", curve);
        Require.present("scheme", scheme);
        Require.between("threshold", threshold, 2, Require.MAX_PLAYERS);
        players = Require.players("players", players);
        Require.between("epoch", epoch, 0, Long.MAX_VALUE);
        Require.size("shareId", shareId, 32);
        offers = Require.list("offers", offers);
        Require.size("chainCode", chainCode, 32);
        Require.present("purpose", purpose);
        Require.between("minPathLength", minPathLength, 0, KeyAttributes.MAX_PATH_LENGTH);
        commitment = Require.list("commitment", commitment);
        Require.between("the length of commitment", commitment.size(), threshold, threshold);
        Require.present("state", state);
        Require.present("createdAt", createdAt);
    }

    /** What was fixed at generation. */
    public KeyAttributes attributes() {
        return new KeyAttributes(minPathLength, messagesOnly, presignatures);
    }
}
