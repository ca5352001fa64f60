package quorate.cli.key;

import java.util.Locale;

/** What {@code --curve} takes: it counts BIP-340 as a curve. */
enum CurveName {
    ED25519,
    P256,
    SECP256K1,
    BIP340;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
