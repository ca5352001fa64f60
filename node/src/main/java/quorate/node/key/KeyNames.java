package quorate.node.key;

import java.util.Arrays;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.api.Bytes;
import quorate.api.Curve;
import quorate.key.Scheme;

/** Schemes, curves and public keys as the API and the database name them. */
public final class KeyNames {
    private KeyNames() {}

    static Group group(Curve curve) {
        return switch (curve) {
            case ED25519 -> Groups.ED25519;
            case P256 -> Groups.P256;
            case SECP256K1 -> Groups.SECP256K1;
        };
    }

    static Scheme scheme(quorate.api.Scheme scheme) {
        return switch (scheme) {
            case SCHNORR -> Scheme.SCHNORR;
            case BIP340 -> Scheme.BIP340;
            case ECDSA -> Scheme.ECDSA;
        };
    }

    static Curve nameOf(Group group) {
        return Arrays.stream(Curve.values())
                .filter(curve -> group(curve).equals(group))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no curve is " + group.name()));
    }

    static quorate.api.Scheme nameOf(Scheme scheme) {
        return switch (scheme) {
            case SCHNORR -> quorate.api.Scheme.SCHNORR;
            case BIP340 -> quorate.api.Scheme.BIP340;
            case ECDSA -> quorate.api.Scheme.ECDSA;
        };
    }

    /** The curve with this name in the database. */
    public static Curve curve(String stored) {
        return Arrays.stream(Curve.values())
                .filter(curve -> curve.wireName().equals(stored))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no curve is called " + stored));
    }

    /** The scheme with this name in the database. */
    public static quorate.api.Scheme schemeOf(String stored) {
        return Arrays.stream(quorate.api.Scheme.values())
                .filter(scheme -> scheme.wireName().equals(stored))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scheme is called " + stored));
    }

    /** What a verifier takes: of a BIP-340 key only x. */
    public static Bytes publicKey(quorate.api.Scheme scheme, Point point) {
        var encoded = point.encode();
        return switch (scheme) {
            case SCHNORR, ECDSA -> Bytes.of(encoded);
            case BIP340 -> Bytes.of(Arrays.copyOfRange(encoded, 1, encoded.length));
        };
    }
}
