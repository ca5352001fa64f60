package quorate.sdk;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quorate.api.Bytes;
import quorate.api.Signable;
import quorate.api.Taproot;

/**
 * What to sign, and by which descendant of a key.
 *
 * @param players who signs; empty to let the client choose among the nodes that can
 * @param path {@code m} for the key itself, or {@code m/0/5}
 * @param taproot for BIP-340 keys: sign with the output key of BIP-341
 * @param requestNonce for ECDSA keys: 32 bytes that are mixed into the nonce
 */
public record Signing(
        String keyId,
        ToSign input,
        List<Integer> players,
        String path,
        @Nullable Taproot taproot,
        @Nullable Bytes requestNonce) {
    public Signing {
        players = players.stream().sorted().distinct().toList();
    }

    /** A message, by the key itself. */
    public static Signing of(String keyId, Bytes message) {
        return of(keyId, new ToSign.Message(message));
    }

    /** By the key itself. */
    public static Signing of(String keyId, ToSign input) {
        return new Signing(keyId, input, List.of(), Signable.ROOT_PATH, null, null);
    }

    public Signing with(List<Integer> signers) {
        return new Signing(keyId, input, signers, path, taproot, requestNonce);
    }

    /** The same by the descendant at this path. */
    public Signing at(String descendant) {
        return new Signing(keyId, input, players, descendant, taproot, requestNonce);
    }

    public Signing tweaked(Taproot tweak) {
        return new Signing(keyId, input, players, path, tweak, requestNonce);
    }

    public Signing mixing(Bytes nonce) {
        return new Signing(keyId, input, players, path, taproot, nonce);
    }

    @Nullable Bytes message() {
        return switch (input) {
            case ToSign.Message(var bytes) -> bytes;
            case ToSign.Hash hash -> null;
        };
    }

    @Nullable Bytes hash() {
        return switch (input) {
            case ToSign.Message message -> null;
            case ToSign.Hash(var bytes) -> bytes;
        };
    }

    /** As requests carry it: nothing for the key itself. */
    @Nullable String stepsOrNull() {
        return path.equals(Signable.ROOT_PATH) ? null : path;
    }
}
