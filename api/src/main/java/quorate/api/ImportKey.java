package quorate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Make a sharing of a key from shares that were wrapped for the players, of which every player is sent its own; the rest of
 * the request is the same for all.
 *
 * @param keyId under which the key is imported
 * @param players to whom it was wrapped, in the order of indices
 * @param publicKey that the caller expects: as {@link KeyInfo#publicKey} or {@link KeyInfo#point}
 * @param chainCode that the caller expects; absent means whatever the header says
 * @param commonHeader SHA-256 of the header with index 0 and a wrapping key of 32 zero bytes
 * @param exportId that the caller expects
 * @param source statement keys of the nodes of the source in the order of indices; absent for a set that nobody signed
 * @param signatures what these nodes signed, one element for each blob
 * @param header of the blob of this player
 * @param evenIfHeld whether a key with the same public key may be here already, under another id
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImportKey(
        Bytes sessionId,
        String keyId,
        List<Integer> players,
        Bytes publicKey,
        @Nullable Bytes chainCode,
        Bytes commonHeader,
        Bytes exportId,
        @Nullable List<Bytes> source,
        @Nullable List<ImportSignature> signatures,
        Bytes header,
        Bytes blob,
        @Nullable Boolean evenIfHeld) {
    private static final int HASH_BYTES = 32;
    private static final int MIN_POINT_BYTES = 32;
    private static final int MAX_POINT_BYTES = 33;

    public ImportKey {
        Require.size("sessionId", sessionId, GenerateKey.SESSION_ID_BYTES);
        Require.keyId("keyId", keyId);
        players = Require.players("players", players);
        Require.between("the number of players", players.size(), 2, Require.MAX_PLAYERS);
        Require.between(
                "the length of publicKey",
                Require.present("publicKey", publicKey).size(),
                MIN_POINT_BYTES,
                MAX_POINT_BYTES);
        if (chainCode != null) {
            Require.size("chainCode", chainCode, HASH_BYTES);
        }
        Require.size("commonHeader", commonHeader, HASH_BYTES);
        Require.size("exportId", exportId, HASH_BYTES);
        source = source == null ? List.of() : Require.list("source", source);
        signatures = signatures == null ? List.of() : Require.list("signatures", signatures);
        Require.between("the number of keys of the source", source.size(), 0, Require.MAX_PLAYERS);
        Require.between("the number of signatures", signatures.size(), 0, Require.MAX_PLAYERS);
        for (var key : source) {
            Require.size("a statement key of the source", key, ExportedShare.STATEMENT_KEY_BYTES);
        }
        Require.between(
                "the length of header",
                Require.present("header", header).size(),
                1,
                ExportedShare.MAX_HEADER_BYTES);
        Require.between(
                "the length of blob", Require.present("blob", blob).size(), 1, ExportedShare.MAX_BLOB_BYTES);
    }

    /** Statement keys; none for a set that nobody signed. */
    @Override
    public List<Bytes> source() {
        return source == null ? List.of() : source;
    }

    @Override
    public List<ImportSignature> signatures() {
        return signatures == null ? List.of() : signatures;
    }

    /** Whether a key with the same public key may be here already. */
    public boolean forced() {
        return evenIfHeld != null && evenIfHeld;
    }
}
