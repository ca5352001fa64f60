package quorate.testkit.verify;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.hash2curve.impl.XmdMessageExpansion;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/**
 * Checks signatures with other people's code: Ed25519 with the JDK, BIP-340, RFC 9591 Schnorr and ECDSA
 * with the curves and hashes of BouncyCastle. Whatever is malformed is invalid. Variable time.
 */
public final class IndependentVerifier {
    private static final byte[] ED25519_SPKI = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int COORDINATE_BYTES = 32;
    private static final int POINT_BYTES = 33;

    /** RFC 9591, 6.4 and 6.5: hash_to_field takes 48 bytes per scalar, at 128 bits of security. */
    private static final int WIDE_BYTES = 48;

    private static final int SECURITY_BITS = 128;

    /** The short Weierstrass curves, with the context string of their FROST suite. */
    public enum Curve {
        SECP256K1("secp256k1", "FROST-secp256k1-SHA256-v1"),
        P256("P-256", "FROST-P256-SHA256-v1");

        private final String standardName;
        private final String context;

        Curve(String standardName, String context) {
            this.standardName = standardName;
            this.context = context;
        }

        private X9ECParameters parameters() {
            return CustomNamedCurves.getByName(standardName);
        }

        BigInteger order() {
            return parameters().getN();
        }

        private ECPoint generator() {
            return parameters().getG();
        }

        private byte[] challengeTag() {
            return (context + "chal").getBytes(US_ASCII);
        }
    }

    private IndependentVerifier() {}

    /** RFC 8032 Ed25519, public key and signature as encoded there. */
    public static boolean ed25519(byte[] publicKey, byte[] message, byte[] signature) {
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(ed25519Key(publicKey));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (InvalidKeySpecException | InvalidKeyException | SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this platform has no Ed25519", e);
        }
    }

    private static PublicKey ed25519Key(byte[] encoded) throws GeneralSecurityException {
        var spki = Arrays.copyOf(ED25519_SPKI, ED25519_SPKI.length + encoded.length);
        System.arraycopy(encoded, 0, spki, ED25519_SPKI.length, encoded.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
    }

    /** BIP-340 for a message of any length; the key is x-only, the signature x(R) || z. */
    public static boolean bip340(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != COORDINATE_BYTES || signature.length != 2 * COORDINATE_BYTES) {
            return false;
        }
        var curve = Curve.SECP256K1;
        var x = Arrays.copyOf(signature, COORDINATE_BYTES);
        var z = new BigInteger(1, Arrays.copyOfRange(signature, COORDINATE_BYTES, signature.length));
        var key = decode(curve, concat(new byte[] {2}, publicKey));
        if (key.isEmpty() || z.compareTo(curve.order()) >= 0) {
            return false;
        }
        var tag = sha256("BIP0340/challenge".getBytes(US_ASCII));
        var challenge = new BigInteger(1, sha256(tag, tag, x, publicKey, message)).mod(curve.order());
        var nonce = curve.generator().multiply(z).subtract(key.get().multiply(challenge)).normalize();
        return !nonce.isInfinity()
                && !nonce.getAffineYCoord().testBitZero()
                && Arrays.equals(nonce.getAffineXCoord().getEncoded(), x);
    }

    /** The signatures of RFC 9591, 6.4 and 6.5: ser(R), 33 bytes, || ser(z), 32 bytes. */
    public static boolean schnorr(Curve curve, byte[] publicKey, byte[] message, byte[] signature) {
        if (signature.length != POINT_BYTES + COORDINATE_BYTES) {
            return false;
        }
        var encodedNonce = Arrays.copyOf(signature, POINT_BYTES);
        var nonce = decode(curve, encodedNonce);
        var key = decode(curve, publicKey);
        var z = new BigInteger(1, Arrays.copyOfRange(signature, POINT_BYTES, signature.length));
        if (nonce.isEmpty() || key.isEmpty() || z.compareTo(curve.order()) >= 0) {
            return false;
        }
        var wide = expandMessage(concat(encodedNonce, publicKey, message), curve.challengeTag(), WIDE_BYTES);
        var challenge = new BigInteger(1, wide).mod(curve.order());
        return curve.generator().multiply(z).equals(nonce.get().add(key.get().multiply(challenge)));
    }

    /** ECDSA over a finished digest; the signature is r || s. */
    public static boolean ecdsa(Curve curve, byte[] publicKey, byte[] digest, byte[] signature) {
        var key = curve.parameters().getCurve().decodePoint(publicKey);
        if (signature.length != 2 * COORDINATE_BYTES || key.isInfinity()) {
            return false;
        }
        var verifier = new ECDSASigner();
        verifier.init(false, new ECPublicKeyParameters(key, new ECDomainParameters(curve.parameters())));
        return verifier.verifySignature(
                digest,
                new BigInteger(1, Arrays.copyOf(signature, COORDINATE_BYTES)),
                new BigInteger(1, Arrays.copyOfRange(signature, COORDINATE_BYTES, signature.length)));
    }

    /** The same, with s in the lower half: of the two signatures that differ in the sign of s only that one. */
    public static boolean lowSEcdsa(Curve curve, byte[] publicKey, byte[] digest, byte[] signature) {
        if (!ecdsa(curve, publicKey, digest, signature)) {
            return false;
        }
        var s = new BigInteger(1, Arrays.copyOfRange(signature, COORDINATE_BYTES, signature.length));
        return s.compareTo(curve.order().shiftRight(1)) <= 0;
    }

    /**
     * The public key of an ECDSA signature (SEC 1, 4.1.6), compressed.
     *
     * @param recoveryId bit 0: y of the nonce point is odd; bit 1: its x is not below the order
     * @return nothing if there is no such point
     */
    public static Optional<byte[]> recover(Curve curve, byte[] digest, byte[] signature, int recoveryId) {
        if (signature.length != 2 * COORDINATE_BYTES || recoveryId < 0 || recoveryId > 3) {
            return Optional.empty();
        }
        var order = curve.order();
        var r = new BigInteger(1, Arrays.copyOf(signature, COORDINATE_BYTES));
        var s = new BigInteger(1, Arrays.copyOfRange(signature, COORDINATE_BYTES, signature.length));
        var x = (recoveryId & 2) == 0 ? r : r.add(order);
        if (r.signum() == 0 || s.signum() == 0 || x.bitLength() > 8 * COORDINATE_BYTES) {
            return Optional.empty();
        }
        var compressed = new byte[POINT_BYTES];
        compressed[0] = (byte) (2 + (recoveryId & 1));
        var magnitude = BigIntegers.asUnsignedByteArray(COORDINATE_BYTES, x);
        System.arraycopy(magnitude, 0, compressed, 1, COORDINATE_BYTES);
        // Q = r^-1 (s*R - m*G)
        return decode(curve, compressed)
                .map(nonce -> nonce.multiply(s)
                        .subtract(curve.generator().multiply(bits2int(order, digest)))
                        .multiply(r.modInverse(order))
                        .normalize())
                .filter(key -> !key.isInfinity())
                .map(key -> key.getEncoded(true));
    }

    private static BigInteger bits2int(BigInteger order, byte[] digest) {
        int excess = Math.max(0, 8 * digest.length - order.bitLength());
        return new BigInteger(1, digest).shiftRight(excess).mod(order);
    }

    /** expand_message_xmd of RFC 9380 with SHA-256. */
    static byte[] expandMessage(byte[] message, byte[] tag, int bytes) {
        return new XmdMessageExpansion(new SHA256Digest(), SECURITY_BITS).expandMessage(message, tag, bytes);
    }

    private static Optional<ECPoint> decode(Curve curve, byte[] compressed) {
        if (compressed.length != POINT_BYTES || (compressed[0] != 2 && compressed[0] != 3)) {
            return Optional.empty();
        }
        try {
            return Optional.of(curve.parameters().getCurve().decodePoint(compressed));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] sha256(byte[]... pieces) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var piece : pieces) {
                digest.update(piece);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this platform has no SHA-256", e);
        }
    }

    private static byte[] concat(byte[]... pieces) {
        var out = new byte[Arrays.stream(pieces).mapToInt(piece -> piece.length).sum()];
        int at = 0;
        for (var piece : pieces) {
            System.arraycopy(piece, 0, out, at, piece.length);
            at += piece.length;
        }
        return out;
    }
}
