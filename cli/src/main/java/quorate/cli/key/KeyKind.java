package quorate.cli.key;

import java.util.Arrays;
import java.util.stream.Collectors;
import quorate.api.Curve;
import quorate.api.KeyInfo;
import quorate.api.Scheme;

/** The kinds of keys. The command line counts BIP-340 as a curve, the API as a scheme on secp256k1. */
public enum KeyKind {
    ED25519(SchemeName.SCHNORR, CurveName.ED25519, Scheme.SCHNORR, Curve.ED25519),
    P256(SchemeName.SCHNORR, CurveName.P256, Scheme.SCHNORR, Curve.P256),
    SECP256K1(SchemeName.SCHNORR, CurveName.SECP256K1, Scheme.SCHNORR, Curve.SECP256K1),
    BIP340(SchemeName.SCHNORR, CurveName.BIP340, Scheme.BIP340, Curve.SECP256K1),
    ECDSA_P256(SchemeName.ECDSA, CurveName.P256, Scheme.ECDSA, Curve.P256),
    ECDSA_SECP256K1(SchemeName.ECDSA, CurveName.SECP256K1, Scheme.ECDSA, Curve.SECP256K1);

    private final SchemeName schemeName;
    private final CurveName curveName;
    private final Scheme scheme;
    private final Curve curve;

    KeyKind(SchemeName schemeName, CurveName curveName, Scheme scheme, Curve curve) {
        this.schemeName = schemeName;
        this.curveName = curveName;
        this.scheme = scheme;
        this.curve = curve;
    }

    public Scheme scheme() {
        return scheme;
    }

    public Curve curve() {
        return curve;
    }

    /** As in {@code --scheme}. */
    SchemeName schemeName() {
        return schemeName;
    }

    /** As in {@code --curve}. */
    CurveName curveName() {
        return curveName;
    }

    public static KeyKind of(KeyInfo key) {
        return Arrays.stream(values())
                .filter(kind -> kind.scheme == key.scheme() && kind.curve == key.curve())
                .findFirst()
                .orElseThrow();
    }

    /** @throws IllegalArgumentException if there are no such keys */
    static KeyKind of(SchemeName scheme, CurveName curve) {
        return Arrays.stream(values())
                .filter(kind -> kind.schemeName == scheme && kind.curveName == curve)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--scheme " + scheme + " goes with --curve "
                        + Arrays.stream(values())
                                .filter(kind -> kind.schemeName == scheme)
                                .map(kind -> kind.curveName.toString())
                                .collect(Collectors.joining(", "))));
    }

    /** For people: {@code ed25519}, {@code ecdsa p256}. */
    @Override
    public String toString() {
        return schemeName == SchemeName.SCHNORR ? curveName.toString() : schemeName + " " + curveName;
    }
}
