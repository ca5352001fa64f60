package quorate.api;

/** A sharing of a key with which a node signs. Nodes sign together with the newest that all of them offer. */
public record OfferedSharing(long epoch, Bytes shareId) {
    public OfferedSharing {
        Require.between("epoch", epoch, 0, Long.MAX_VALUE);
        Require.size("shareId", shareId, 32);
    }
}
