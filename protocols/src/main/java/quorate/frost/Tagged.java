package quorate.frost;

import static java.nio.charset.StandardCharsets.US_ASCII;

import quorate.algebra.Encoding;

/** Tagged hashes of BIP-340: SHA256(SHA256(tag) || SHA256(tag) || pieces). */
final class Tagged {
    private Tagged() {}

    static byte[] hash(String tag, byte[]... pieces) {
        var hashedTag = Sha2.sha256(tag.getBytes(US_ASCII));
        return Sha2.sha256(hashedTag, hashedTag, Encoding.concat(pieces));
    }
}
