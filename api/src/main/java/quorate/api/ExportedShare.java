package quorate.api;

/**
 * What one node exports. Nobody but the holder of the wrapping key opens the blob.
 *
 * @param index of the destination
 * @param header in clear, see docs/formats/export.md
 * @param blob the wrapped share
 * @param signature of the statement key of this node over both
 * @param statementKey of this node, 32 bytes
 */
public record ExportedShare(
        int player, String keyId, int index, Bytes header, Bytes blob, Bytes signature, Bytes statementKey) {
    static final int MAX_HEADER_BYTES = 8 << 10;
    static final int MAX_BLOB_BYTES = 4 << 10;
    static final int SIGNATURE_BYTES = 64;
    static final int STATEMENT_KEY_BYTES = 32;

    public ExportedShare {
        Require.player("player", player);
        Require.keyId("keyId", keyId);
        Require.player("index", index);
        Require.between("the length of header", Require.present("header", header).size(), 1, MAX_HEADER_BYTES);
        Require.between("the length of blob", Require.present("blob", blob).size(), 1, MAX_BLOB_BYTES);
        Require.size("signature", signature, SIGNATURE_BYTES);
        Require.size("statementKey", statementKey, STATEMENT_KEY_BYTES);
    }
}
