package quorate.acceptance;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/** Signs with a whole private key, by a library that shares no code with ours. */
final class RecoveredSigner {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RecoveredSigner() {}

    /** r || s. */
    static byte[] ecdsa(String curve, byte[] scalar, byte[] digest) {
        var parameters = ECNamedCurveTable.getByName(curve);
        var signer = new ECDSASigner();
        signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, scalar), new ECDomainParameters(parameters)));
        var signature = signer.generateSignature(digest);
        return concat(
                BigIntegers.asUnsignedByteArray(32, signature[0]), BigIntegers.asUnsignedByteArray(32, signature[1]));
    }

    /** Default signing of BIP-340, with a random nonce. */
    static byte[] bip340(byte[] scalar, byte[] message) throws GeneralSecurityException {
        X9ECParameters curve = ECNamedCurveTable.getByName("secp256k1");
        var n = curve.getN();
        var key = evenY(curve, new BigInteger(1, scalar));
        var nonce = evenY(curve, BigIntegers.createRandomInRange(BigInteger.ONE, n.subtract(BigInteger.ONE), RANDOM));
        var r = x(curve.getG().multiply(nonce));
        var publicKey = x(curve.getG().multiply(key));
        var tag = sha256("BIP0340/challenge".getBytes(StandardCharsets.US_ASCII));
        var challenge = new BigInteger(1, sha256(concat(tag, tag, r, publicKey, message))).mod(n);
        return concat(r, BigIntegers.asUnsignedByteArray(32, nonce.add(challenge.multiply(key)).mod(n)));
    }

    private static BigInteger evenY(X9ECParameters curve, BigInteger scalar) {
        var point = curve.getG().multiply(scalar).normalize();
        return point.getAffineYCoord().toBigInteger().testBit(0) ? curve.getN().subtract(scalar) : scalar;
    }

    private static byte[] x(ECPoint point) {
        return point.normalize().getAffineXCoord().getEncoded();
    }

    static byte[] sha256(byte[] message) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(message);
    }

    private static byte[] concat(byte[]... pieces) {
        var all = new ByteArrayOutputStream();
        for (var piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }
}
