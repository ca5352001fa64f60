package quorate.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The group of a key. */
public enum Curve {
    ED25519,
    P256,
    SECP256K1;

    /** As on the wire: lower case. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
