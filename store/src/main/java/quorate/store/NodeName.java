package quorate.store;

/**
 * Which node the configuration says this is.
 *
 * @param player fixed number in the installation
 * @param id id_i of protocols.md 0.4, the fingerprint of its keys, 32 bytes
 */
public record NodeName(int player, Bytes id) {
    private static final int ID_BYTES = 32;
    private static final int MAX_PLAYER = 0xFFFF;

    public NodeName {
        id.requireLength(ID_BYTES, "node id");
        if (player < 1 || player > MAX_PLAYER) {
            throw new IllegalArgumentException("no player has number " + player);
        }
    }
}
