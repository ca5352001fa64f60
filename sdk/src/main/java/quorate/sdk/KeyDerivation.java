package quorate.sdk;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import quorate.algebra.DecodingException;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.api.Bytes;
import quorate.api.Curve;
import quorate.api.KeyInfo;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.api.Taproot;
import quorate.derive.DerivedKey;
import quorate.derive.Path;
import quorate.frost.SigningRequest;

/** Public keys of descendants, computed here, without asking a node (protocols.md 3.8 and 4.5). */
public final class KeyDerivation {
    private KeyDerivation() {}

    /**
     * The public key of the descendant at {@code path}, as a verifier takes it.
     *
     * @throws IllegalArgumentException if that is no path of soft steps, or leads to no key
     * @throws TsmException if what the node said of the key is no key
     */
    public static Bytes publicKey(KeyInfo key, String path) {
        return effective(key, path, null);
    }

    /** The same with the tweak of BIP-341, if there is one: the key that verifies a signature. */
    static Bytes effective(KeyInfo key, String path, @Nullable Taproot taproot) {
        var derived = derived(key, path);
        return switch (key.scheme()) {
            case ECDSA, SCHNORR -> Bytes.of(derived.publicKey().encode());
            case BIP340 -> {
                var request = SigningRequest.of(derived, new byte[0], tweak(taproot));
                var point = request.publicKey(scheme(key), point(key)).encode();
                yield Bytes.of(Arrays.copyOfRange(point, 1, point.length));
            }
        };
    }

    static DerivedKey derived(KeyInfo key, String path) {
        var descendant = DerivedKey.root(point(key), key.chainCode().toArray());
        for (int index : Path.parse(path).indices()) {
            descendant = descendant.child(index);
        }
        return descendant;
    }

    static quorate.frost.Taproot tweak(@Nullable Taproot taproot) {
        if (taproot == null) {
            return quorate.frost.Taproot.NONE;
        }
        var root = taproot.merkleRoot();
        return root == null ? quorate.frost.Taproot.keyPath() : quorate.frost.Taproot.scriptTree(root.toArray());
    }

    static Group group(Curve curve) {
        return switch (curve) {
            case ED25519 -> Groups.ED25519;
            case P256 -> Groups.P256;
            case SECP256K1 -> Groups.SECP256K1;
        };
    }

    static quorate.key.Scheme scheme(KeyInfo key) {
        return switch (key.scheme()) {
            case ECDSA -> quorate.key.Scheme.ECDSA;
            case SCHNORR -> quorate.key.Scheme.SCHNORR;
            case BIP340 -> quorate.key.Scheme.BIP340;
        };
    }

    static Point point(KeyInfo key) {
        try {
            return group(key.curve()).decodePoint(key.point().toArray());
        } catch (DecodingException e) {
            throw new TsmException.Unsettled(Problem.of(
                            ProblemCode.NODE_ANSWER_INVALID,
                            "node " + key.player() + " says of key " + key.keyId() + " a point that is none: "
                                    + e.getMessage())
                    .from(key.player()));
        }
    }
}
