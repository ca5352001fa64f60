package quorate.transfer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import quorate.algebra.Encoding;
import quorate.derive.Path;

/**
 * What is exported for whom (protocols.md 7.2), the same at every participant: params of AGREE, and so in ctx.
 *
 * @param wrappingKeys SHA-256 of the SubjectPublicKeyInfo of each destination, in the order of indices; in mode custodian the
 *     same n times
 * @param purpose a text, for whoever reads headers and audit logs
 * @param application that may import the key
 * @param expiry seconds since 1970; afterwards no node imports it
 * @param path normally the root
 */
public record ExportTerms(
        Mode mode, List<byte[]> wrappingKeys, String purpose, String application, long expiry, Path path) {
    private static final int INDEX_BYTES = 2;

    public ExportTerms {
        wrappingKeys = List.copyOf(wrappingKeys);
        if (wrappingKeys.stream().anyMatch(key -> key.length != Digest.BYTES)) {
            throw new IllegalArgumentException("a wrapping key is named by " + Digest.BYTES + " bytes");
        }
        if (expiry < 0) {
            throw new IllegalArgumentException("an expiry before 1970");
        }
    }

    /** params of AGREE: mode, vector, purpose, application, expiry, path. */
    public List<byte[]> params() {
        var vector = new ArrayList<byte[]>();
        for (int k = 1; k <= wrappingKeys.size(); k++) {
            vector.add(Encoding.i2osp(k, INDEX_BYTES));
            vector.add(wrappingKeys.get(k - 1));
        }
        return List.of(
                Encoding.i2osp(mode.code(), 1),
                Encoding.concat(vector.toArray(byte[][]::new)),
                purpose.getBytes(StandardCharsets.UTF_8),
                application.getBytes(StandardCharsets.UTF_8),
                Encoding.i2osp(expiry, Long.BYTES),
                path.encode());
    }
}
