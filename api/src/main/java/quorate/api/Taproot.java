package quorate.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** Sign with the output key of BIP-341. {@code merkleRoot} is absent when there is no script path. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Taproot(@Nullable Bytes merkleRoot) {
    public Taproot {
        if (merkleRoot != null) {
            Require.size("merkleRoot", merkleRoot, 32);
        }
    }
}
