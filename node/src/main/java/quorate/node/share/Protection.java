package quorate.node.share;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import quorate.api.Bytes;

/**
 * What keeps the share of a file from its readers, as the header says it.
 *
 * @param argon2id how the password becomes the key; exactly with PASSWORD
 * @param recipient SHA-256 of the SubjectPublicKeyInfo of the RSA key; exactly with RSA
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Protection(Kind kind, @Nullable Argon2id argon2id, @Nullable Bytes recipient) {
    private static final int FINGERPRINT_BYTES = 32;

    /** The three ways. */
    public enum Kind {
        /** Nothing: whoever reads the file has the share. */
        @JsonProperty("plain")
        PLAIN,
        /** A password, through Argon2id. */
        @JsonProperty("password")
        PASSWORD,
        /** An RSA key. */
        @JsonProperty("rsa")
        RSA
    }

    /**
     * Parameters of Argon2id (RFC 9106, version 0x13). The bounds keep a foreign file from asking for all memory.
     *
     * @param salt 16 bytes, of this file alone
     */
    public record Argon2id(Bytes salt, int memoryKib, int passes, int lanes) {
        public Argon2id {
            new quorate.store.KeyDerivation.Argon2id(
                    quorate.store.Bytes.of(salt.toArray()), memoryKib, passes, lanes);
        }
    }

    public Protection {
        if ((kind == Kind.PASSWORD) != (argon2id != null) || (kind == Kind.RSA) != (recipient != null)) {
            throw new IllegalArgumentException("protection " + kind + " has parameters of another");
        }
        if (recipient != null && recipient.size() != FINGERPRINT_BYTES) {
            throw new IllegalArgumentException("recipient must have " + FINGERPRINT_BYTES + " bytes");
        }
    }

    public static Protection plain() {
        return new Protection(Kind.PLAIN, null, null);
    }

    public static Protection password(Argon2id derivation) {
        return new Protection(Kind.PASSWORD, derivation, null);
    }

    public static Protection rsa(Bytes recipient) {
        return new Protection(Kind.RSA, null, recipient);
    }
}
