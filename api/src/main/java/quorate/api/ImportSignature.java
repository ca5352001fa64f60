package quorate.api;

/**
 * What the node of the source signed that made the blob of one index.
 *
 * @param wrappingKey SHA-256 of the key that the blob was wrapped for
 * @param blob SHA-256 of the blob
 */
public record ImportSignature(int index, Bytes wrappingKey, Bytes blob, Bytes signature) {
    private static final int HASH_BYTES = 32;

    public ImportSignature {
        Require.player("index", index);
        Require.size("wrappingKey", wrappingKey, HASH_BYTES);
        Require.size("blob", blob, HASH_BYTES);
        Require.size("signature", signature, ExportedShare.SIGNATURE_BYTES);
    }
}
