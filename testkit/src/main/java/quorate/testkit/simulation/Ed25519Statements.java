package quorate.testkit.simulation;

import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import quorate.rounds.StatementSigner;
import quorate.rounds.StatementVerifier;

/** A statement key (protocols.md 0.4) on BouncyCastle's Ed25519. */
public final class Ed25519Statements implements StatementSigner {
    /** Verifies everybody's statements. */
    public static final StatementVerifier VERIFIER = Ed25519Statements::verify;

    private final Ed25519PrivateKeyParameters key;

    /** @param seed 32 bytes */
    public Ed25519Statements(byte[] seed) {
        this.key = new Ed25519PrivateKeyParameters(seed);
    }

    public byte[] publicKey() {
        return key.generatePublicKey().getEncoded();
    }

    @Override
    public byte[] sign(byte[] digest) {
        var signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(digest, 0, digest.length);
        return signer.generateSignature();
    }

    private static boolean verify(byte[] publicKey, byte[] digest, byte[] signature) {
        if (publicKey.length != Ed25519PublicKeyParameters.KEY_SIZE) {
            return false;
        }
        try {
            var verifier = new Ed25519Signer();
            verifier.init(false, new Ed25519PublicKeyParameters(publicKey));
            verifier.update(digest, 0, digest.length);
            return verifier.verifySignature(signature);
        } catch (IllegalArgumentException e) {
            return false; // not a point
        }
    }
}
