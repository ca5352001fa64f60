package quorate.recovery.key;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.recovery.KeyScheme;

/** How a recovered key is written for other software. */
public enum KeyFormat {
    /** The scalar in hexadecimal, one line: big-endian, on edwards25519 little-endian. */
    RAW,
    /** PKCS#8 ({@code PRIVATE KEY}). */
    PEM,
    /** RFC 5915 ({@code EC PRIVATE KEY}). */
    SEC1,
    /** Wallet import format of Bitcoin, for compressed public keys. */
    WIF,
    /** Ethereum keystore, version 3, under a password. */
    KEYSTORE;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /**
     * Whether a key can be written so: wallets of Ed25519 take seeds, and a threshold key never had one.
     *
     * @throws IllegalArgumentException saying which formats there are, if not
     */
    public void requireFits(Group group, KeyScheme scheme) {
        boolean fits =
                switch (this) {
                    case RAW -> true;
                    case PEM, SEC1 -> !group.equals(Groups.ED25519);
                    case WIF -> group.equals(Groups.SECP256K1);
                    case KEYSTORE -> group.equals(Groups.SECP256K1) && scheme == KeyScheme.ECDSA;
                };
        if (!fits) {
            throw new IllegalArgumentException("a " + scheme.name().toLowerCase(Locale.ROOT) + " key on " + group.name()
                    + " cannot be written as " + this
                    + (group.equals(Groups.ED25519)
                            ? ": it is a bare scalar, which no seed stands for; take raw, and sign with `recovery sign`"
                            : "; take raw or pem"));
        }
    }

    /**
     * The file of a key, ASCII. The caller wipes it.
     *
     * @param password of a keystore; nothing else needs one
     * @throws IllegalArgumentException if the key cannot be written so
     */
    public byte[] write(RecoveredKey key, char[] password, SecureRandom random) {
        requireFits(key.group(), key.scheme());
        var scalar = key.exposeScalar();
        try {
            return switch (this) {
                case RAW -> hex(scalar);
                case PEM -> EcPrivateKey.pkcs8(key.group(), scalar);
                case SEC1 -> EcPrivateKey.sec1(key.group(), scalar);
                case WIF -> Wif.of(scalar);
                case KEYSTORE -> Keystore.write(key.publicKey(), scalar, password, random);
            };
        } finally {
            Arrays.fill(scalar, (byte) 0);
        }
    }

    private static byte[] hex(byte[] bytes) {
        var text = new byte[2 * bytes.length + 1];
        for (int i = 0; i < bytes.length; i++) {
            text[2 * i] = HEX[bytes[i] >> 4 & 0xf];
            text[2 * i + 1] = HEX[bytes[i] & 0xf];
        }
        text[text.length - 1] = '\n';
        return text;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
