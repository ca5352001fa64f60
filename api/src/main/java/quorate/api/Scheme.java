package quorate.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is signed with a key. */
public enum Scheme {
    /** RFC 9591; on ed25519 every RFC 8032 verifier accepts the signatures. */
    SCHNORR,
    /** BIP-340 with the optional tweak of BIP-341; on secp256k1 only. */
    BIP340,
    /** On secp256k1 and p256: r || s, with DER and the recovery id beside it. */
    ECDSA;

    /** As on the wire: lower case. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
