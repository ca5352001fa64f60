package quorate.node.key;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.api.ProblemCode;
import quorate.ecdsa.EcdsaSignature;
import quorate.node.problem.ProblemException;

/**
 * "Verify once more with the platform verifier" (protocols.md 3.5): ECDSA of BouncyCastle, which shares no line with the
 * arithmetic that made the signature and that checked it against R'. BouncyCastle for both curves, because the JDK has
 * no secp256k1. Everything here is public; variable time.
 */
final class PlatformEcdsa {
    private PlatformEcdsa() {}

    /**
     * Lets a signature pass that verifies.
     *
     * @param hash h, 1 to 64 bytes
     * @throws ProblemException SIGNATURE_INVALID for any other
     */
    static void require(EcdsaSignature signature, Point publicKey, byte[] hash) {
        if (!verifies(publicKey.group(), publicKey.encode(), hash, signature.compact())) {
            throw new ProblemException(ProblemCode.SIGNATURE_INVALID, "the signature does not verify");
        }
    }

    /**
     * Whether r || s is a signature of the hash.
     *
     * @param publicKey a point of the curve, as SEC 1 encodes it
     */
    static boolean verifies(Group group, byte[] publicKey, byte[] hash, byte[] signature) {
        int scalarBytes = group.scalarBytes();
        if (signature.length != 2 * scalarBytes) {
            return false;
        }
        var curve = CustomNamedCurves.getByName(group.equals(Groups.P256) ? "P-256" : "secp256k1");
        var verifier = new ECDSASigner();
        verifier.init(
                false,
                new ECPublicKeyParameters(curve.getCurve().decodePoint(publicKey), new ECDomainParameters(curve)));
        var r = new BigInteger(1, Arrays.copyOf(signature, scalarBytes));
        var s = new BigInteger(1, Arrays.copyOfRange(signature, scalarBytes, signature.length));
        return verifier.verifySignature(hash, r, s);
    }
}
