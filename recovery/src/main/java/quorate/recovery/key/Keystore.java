package quorate.recovery.key;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import quorate.algebra.Encoding;
import quorate.algebra.Point;

/**
 * An Ethereum keystore (Web3 Secret Storage, version 3): AES-128-CTR under a password by PBKDF2 with 262144 rounds,
 * which the
 * definition prescribes and every wallet reads.
 */
final class Keystore {
    private static final int ROUNDS = 262_144;
    private static final int KEY_BITS = 256;
    private static final int HALF = 16;
    private static final int SALT_BYTES = 32;
    private static final int ADDRESS_BYTES = 20;

    /** p of secp256k1. */
    private static final BigInteger P = BigInteger.ONE.shiftLeft(256)
            .subtract(BigInteger.ONE.shiftLeft(32))
            .subtract(BigInteger.valueOf(977));

    private Keystore() {}

    static byte[] write(Point publicKey, byte[] scalar, char[] password, SecureRandom random) {
        if (password.length == 0) {
            throw new IllegalArgumentException("a keystore needs a password");
        }
        var salt = new byte[SALT_BYTES];
        var iv = new byte[HALF];
        var id = new byte[HALF];
        random.nextBytes(salt);
        random.nextBytes(iv);
        random.nextBytes(id);
        // A UUID of version 4 (RFC 9562).
        id[6] = (byte) ((id[6] & 0x0f) | 0x40);
        id[8] = (byte) ((id[8] & 0x3f) | 0x80);
        var derived = derive(password, salt);
        try {
            var sealed = encrypt(Arrays.copyOf(derived, HALF), iv, scalar);
            var mac = Keccak256.of(Encoding.concat(Arrays.copyOfRange(derived, HALF, 2 * HALF), sealed));
            var hex = HexFormat.of();
            return """
                    {"version":3,"id":"%s","address":"%s","crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"%s"},\
                    "ciphertext":"%s","kdf":"pbkdf2","kdfparams":{"c":%d,"dklen":32,"prf":"hmac-sha256","salt":"%s"},\
                    "mac":"%s"}}
                    """
                    .formatted(
                            uuid(hex.formatHex(id)),
                            hex.formatHex(address(publicKey)),
                            hex.formatHex(iv),
                            hex.formatHex(sealed),
                            ROUNDS,
                            hex.formatHex(salt),
                            hex.formatHex(mac))
                    .getBytes(StandardCharsets.US_ASCII);
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    private static byte[] derive(char[] password, byte[] salt) {
        var spec = new PBEKeySpec(password, salt, ROUNDS, KEY_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2", e);
        } finally {
            spec.clearPassword();
        }
    }

    private static byte[] encrypt(byte[] key, byte[] iv, byte[] scalar) {
        try {
            var cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(scalar);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-CTR", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** The last 20 bytes of Keccak-256(x || y). */
    static byte[] address(Point publicKey) {
        var compressed = publicKey.encode();
        var x = new BigInteger(1, Arrays.copyOfRange(compressed, 1, compressed.length));
        // y^2 = x^3 + 7, and p = 3 mod 4.
        var y = x.pow(3).add(BigInteger.valueOf(7)).modPow(P.add(BigInteger.ONE).shiftRight(2), P);
        if (y.testBit(0) == publicKey.hasEvenY()) {
            y = P.subtract(y);
        }
        var hash = Keccak256.of(HexFormat.of().parseHex("%064x%064x".formatted(x, y)));
        return Arrays.copyOfRange(hash, hash.length - ADDRESS_BYTES, hash.length);
    }

    private static String uuid(String hex) {
        return String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                hex.substring(12, 16),
                hex.substring(16, 20),
                hex.substring(20));
    }
}
