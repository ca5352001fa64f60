package quorate.api;

/** A sharing of a key; {@code held} says whether the node has a share of it or only knows that it was made. */
public record KnownSharing(long epoch, Bytes shareId, boolean held) {
    public KnownSharing {
        Require.between("epoch", epoch, 0, Long.MAX_VALUE);
        Require.size("shareId", shareId, 32);
    }
}
