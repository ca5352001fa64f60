package quorate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One node's share of a key, sealed for the holder of an RSA key that the operator of the node has listed.
 *
 * @param recipient the SubjectPublicKeyInfo of that key
 * @param label for people; absent means empty
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CreateShareBackup(Bytes recipient, @Nullable String label) {
    private static final int MAX_SPKI_BYTES = 2048;
    private static final int MAX_LABEL_BYTES = 256;

    public CreateShareBackup {
        Require.between("the length of recipient", Require.present("recipient", recipient).size(), 1, MAX_SPKI_BYTES);
        if (label != null) {
            Require.atMostBytes("label", label, MAX_LABEL_BYTES);
        }
    }
}
