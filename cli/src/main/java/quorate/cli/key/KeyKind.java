package quorate.cli.key;

import java.util.Arrays;
import java.util.Locale;
import quorate.api.Curve;
import quorate.api.KeyInfo;
import quorate.api.Scheme;

/** What the command line calls a curve: it counts BIP-340 as one, the API as a scheme on secp256k1. */
public enum KeyKind {
    ED25519(Scheme.SCHNORR, Curve.ED25519),
    P256(Scheme.SCHNORR, Curve.P256),
    SECP256K1(Scheme.SCHNORR, Curve.SECP256K1),
    BIP340(Scheme.BIP340, Curve.SECP256K1);

    private final Scheme scheme;
    private final Curve curve;

    KeyKind(Scheme scheme, Curve curve) {
        this.scheme = scheme;
        this.curve = curve;
    }

    public Scheme scheme() {
        return scheme;
    }

    public Curve curve() {
        return curve;
    }

    public static KeyKind of(KeyInfo key) {
        return Arrays.stream(values())
                .filter(kind -> kind.scheme == key.scheme() && kind.curve == key.curve())
                .findFirst()
                .orElseThrow();
    }

    /** As in {@code --curve}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
