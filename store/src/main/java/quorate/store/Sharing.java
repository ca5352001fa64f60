package quorate.store;

/**
 * The public side of one sharing of a key (protocols.md 1.2); the share itself travels beside it and is sealed.
 *
 * @param shareId names the sharing (protocols.md 0.4), 32 bytes
 * @param degree degree of the polynomial: threshold - 1
 * @param index this node's party index, an x-coordinate
 * @param commitments A_0, .., A_t, as the node encodes them
 * @param roster player, TLS key hash and statement key of each party, as the node encodes them
 */
public record Sharing(
        Bytes shareId,
        long epoch,
        int n,
        int degree,
        int index,
        Bytes publicKey,
        Bytes chainCode,
        Bytes commitments,
        Bytes roster) {
    static final int ID_BYTES = 32;
    private static final int CHAIN_CODE_BYTES = 32;
    private static final int MAX_PARTIES = 32;

    public Sharing {
        shareId.requireLength(ID_BYTES, "shareId");
        chainCode.requireLength(CHAIN_CODE_BYTES, "chainCode");
        if (epoch < 0) {
            throw new IllegalArgumentException("epoch " + epoch + " is negative");
        }
        if (n > MAX_PARTIES || degree < 1 || degree > n - 1 || index < 1 || index > n) {
            throw new IllegalArgumentException(
                    "no sharing has n = %d, degree = %d, index = %d".formatted(n, degree, index));
        }
    }
}
