package quorate.cli.key;

import java.util.Locale;

/** What {@code --scheme} takes. */
enum SchemeName {
    ECDSA,
    SCHNORR;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
