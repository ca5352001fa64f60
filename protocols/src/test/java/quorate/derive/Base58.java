package quorate.derive;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Base58Check, to read the extended public keys of the BIP-32 vectors. */
final class Base58 {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int KEY_BYTES = 78;
    private static final int CHECK_BYTES = 4;

    private Base58() {}

    /** The 78 bytes of an extended key, their checksum verified. */
    static byte[] extendedKey(String text) throws NoSuchAlgorithmException {
        var number = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            number = number.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(ALPHABET.indexOf(text.charAt(i))));
        }
        var all = number.toByteArray();
        if (all.length != KEY_BYTES + CHECK_BYTES) {
            throw new AssertionError(all.length + " bytes");
        }
        var key = Arrays.copyOf(all, KEY_BYTES);
        var sha = MessageDigest.getInstance("SHA-256");
        var check = sha.digest(sha.digest(key));
        if (!Arrays.equals(all, KEY_BYTES, all.length, check, 0, CHECK_BYTES)) {
            throw new AssertionError("wrong checksum");
        }
        return key;
    }
}
