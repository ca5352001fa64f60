package quorate.api;

/**
 * What is fixed when a key is generated and agreed by all nodes.
 *
 * @param minPathLength how many derivation steps a signature needs at least
 * @param messagesOnly whether the nodes hash, and refuse a hash that the caller made
 * @param presignatures whether presignatures may be made
 */
public record KeyAttributes(int minPathLength, boolean messagesOnly, boolean presignatures) {
    /** How many derivation steps there may be (protocols.md 0.1). */
    public static final int MAX_PATH_LENGTH = 16;

    /** Of a key for which nothing else was said. */
    public static final KeyAttributes USUAL = new KeyAttributes(0, false, true);

    public KeyAttributes {
        Require.between("minPathLength", minPathLength, 0, MAX_PATH_LENGTH);
    }
}
