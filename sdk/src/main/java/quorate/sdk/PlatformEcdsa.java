package quorate.sdk;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;

/**
 * "Verify once more with the platform verifier" (protocols.md 3.5) where parts of a signature are put together: ECDSA on
 * P-256 of the JDK, which shares no line with our arithmetic.
 *
 * <p>The JDK has no secp256k1 since version 16, and this client depends on no library of cryptography: on that curve a
 * signature put together here was verified by our own equation alone, against the whole point R'. Whoever wants more
 * verifies with a library of theirs; a signature made interactively was verified by BouncyCastle on every node.
 */
final class PlatformEcdsa {
    private static final int SIGNATURE_BYTES = 64;
    private static final BigInteger THREE = BigInteger.valueOf(3);
    private static final ECParameterSpec P256 = parameters();

    private PlatformEcdsa() {}

    /**
     * Whether r || s is a signature of the hash on P-256.
     *
     * @param publicKey a point of the curve, compressed as SEC 1 says
     * @param hash 1 to 64 bytes
     */
    static boolean verifiesP256(byte[] publicKey, byte[] hash, byte[] signature) {
        if (signature.length != SIGNATURE_BYTES) {
            return false; // the JDK takes r and s of any length
        }
        try {
            var verifier = Signature.getInstance("NONEwithECDSAinP1363Format");
            verifier.initVerify(key(publicKey));
            verifier.update(hash);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false; // the JDK says so of an r or s that is none
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime verifies no ECDSA on P-256", e);
        }
    }

    /** The JDK takes points with both coordinates: y is the root of x^3 - 3x + b with the parity of the first byte. */
    private static PublicKey key(byte[] compressed) throws GeneralSecurityException {
        var curve = P256.getCurve();
        var p = ((ECFieldFp) curve.getField()).getP();
        var x = new BigInteger(1, Arrays.copyOfRange(compressed, 1, compressed.length));
        var square = x.modPow(THREE, p).subtract(x.multiply(THREE)).add(curve.getB()).mod(p);
        // p = 3 mod 4, so that a root of a square is its power of (p + 1) / 4.
        var root = square.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
        var y = root.testBit(0) == (compressed[0] == 3) ? root : p.subtract(root);
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), P256));
    }

    private static ECParameterSpec parameters() {
        try {
            var parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no P-256", e);
        }
    }
}
