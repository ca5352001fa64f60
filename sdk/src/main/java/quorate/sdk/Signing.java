package quorate.sdk;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quorate.api.Bytes;
import quorate.api.Taproot;

/**
 * A message to sign.
 *
 * @param players who signs; empty to let the client choose among the nodes that can
 * @param taproot for BIP-340 keys: sign with the output key of BIP-341
 */
public record Signing(String keyId, Bytes message, List<Integer> players, @Nullable Taproot taproot) {
    public Signing {
        players = players.stream().sorted().distinct().toList();
    }

    public static Signing of(String keyId, Bytes message) {
        return new Signing(keyId, message, List.of(), null);
    }

    public Signing with(List<Integer> signers) {
        return new Signing(keyId, message, signers, taproot);
    }

    public Signing tweaked(Taproot tweak) {
        return new Signing(keyId, message, players, tweak);
    }
}
