package quorate.frost;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.MessageExpansion;
import quorate.algebra.Point;
import quorate.algebra.Scalar;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.key.Scheme;

/**
 * The four ciphersuites of protocols.md 4.1: a group and the hash functions H1 to H5, without length
 * prefixes, exactly as RFC 9591 has them.
 */
public enum Suite {
    ED25519("FROST-ED25519-SHA512-v1"),
    P256("FROST-P256-SHA256-v1"),
    SECP256K1("FROST-secp256k1-SHA256-v1"),
    BIP340("FROST-secp256k1-SHA256-TR-v1");

    /** L of RFC 9591, 6.4 and 6.5: ceil((256 + 128) / 8). */
    private static final int WIDE_BYTES = 48;

    private final String context;

    Suite(String context) {
        this.context = context;
    }

    /**
     * The suite that signs for keys of {@code scheme} on {@code group}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Suite of(Scheme scheme, Group group) {
        if (!scheme.isDefinedOver(group)) {
            throw new IllegalArgumentException("no " + scheme + " on " + group.name());
        }
        return switch (scheme) {
            case ECDSA -> throw new IllegalArgumentException("FROST makes no ECDSA signatures");
            case SCHNORR -> Arrays.stream(values())
                    .filter(suite -> suite != BIP340 && suite.group().equals(group))
                    .findFirst()
                    .orElseThrow();
            case BIP340 -> BIP340;
        };
    }

    public Group group() {
        return switch (this) {
            case ED25519 -> Groups.ED25519;
            case P256 -> Groups.P256;
            case SECP256K1, BIP340 -> Groups.SECP256K1;
        };
    }

    /** H1: the binding factor rho. */
    Scalar bindingFactor(byte[] input) {
        return group().reduce(wide("rho", input));
    }

    /**
     * H2: the challenge c over R, the public key and the message.
     *
     * @param r R as {@link #shown}
     */
    Scalar challenge(byte[] r, Point publicKey, byte[] message) {
        var pk = publicKey.encode();
        return switch (this) {
            // Without context, as RFC 8032 has it.
            case ED25519 -> group().reduce(reversed(Sha2.sha512(r, pk, message)));
            case P256, SECP256K1 -> group().reduce(wide("chal", Encoding.concat(r, pk, message)));
            case BIP340 -> group().reduce(Tagged.hash("BIP0340/challenge", r, xOnly(pk), message));
        };
    }

    /** H3: a nonce out of fresh randomness and the secret share. */
    SecretScalar nonce(Secrets scope, byte[] random, byte[] encodedShare) {
        var input = Encoding.concat(random, encodedShare);
        var wide = wide("nonce", input);
        try {
            return group().reduceSecret(scope, wide);
        } finally {
            Arrays.fill(input, (byte) 0);
            Arrays.fill(wide, (byte) 0);
        }
    }

    /** H4. */
    byte[] hashMessage(byte[] message) {
        return hash("msg", message);
    }

    /** H5. */
    byte[] hashCommitments(byte[] encoded) {
        return hash("com", encoded);
    }

    /** R as signatures show it; of BIP-340 only the x-coordinate, which stands for the point with an even y. */
    byte[] shown(Point nonce) {
        return this == BIP340 ? xOnly(nonce.encode()) : nonce.encode();
    }

    /** The x-coordinate of an encoded secp256k1 point: all that BIP-340 writes down. */
    static byte[] xOnly(byte[] encodedPoint) {
        return Arrays.copyOfRange(encodedPoint, 1, encodedPoint.length);
    }

    private byte[] hash(String name, byte[] input) {
        return switch (this) {
            case ED25519 -> Sha2.sha512(tag(name), input);
            case P256, SECP256K1, BIP340 -> Sha2.sha256(tag(name), input);
        };
    }

    /** The bytes, big-endian, that H1, H2 and H3 reduce mod q. */
    private byte[] wide(String name, byte[] input) {
        return switch (this) {
            case ED25519 -> reversed(Sha2.sha512(tag(name), input));
            case P256, SECP256K1, BIP340 -> MessageExpansion.expand(input, tag(name), WIDE_BYTES);
        };
    }

    private byte[] tag(String name) {
        return (context + name).getBytes(US_ASCII);
    }

    /** In place: RFC 9591 reads the digest of the Ed25519 suite as a little-endian number. */
    private static byte[] reversed(byte[] digest) {
        for (int i = 0, j = digest.length - 1; i < j; i++, j--) {
            byte swapped = digest[i];
            digest[i] = digest[j];
            digest[j] = swapped;
        }
        return digest;
    }
}
