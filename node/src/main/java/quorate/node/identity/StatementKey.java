package quorate.node.identity;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import quorate.rounds.StatementSigner;

/** The key with which a node signs what it will be held to (protocols.md 0.4): Ed25519, RFC 8032. */
public final class StatementKey implements StatementSigner {
    private final Ed25519PrivateKeyParameters key;
    private final byte[] publicKey;

    private StatementKey(Ed25519PrivateKeyParameters key) {
        this.key = key;
        this.publicKey = key.generatePublicKey().getEncoded();
    }

    public static StatementKey create(SecureRandom random) {
        return new StatementKey(new Ed25519PrivateKeyParameters(random));
    }

    /** The key in a PKCS#8 structure, RFC 8410. */
    static StatementKey decode(byte[] pkcs8) throws IOException {
        try {
            if (PrivateKeyFactory.createKey(pkcs8) instanceof Ed25519PrivateKeyParameters key) {
                return new StatementKey(key);
            }
        } catch (IllegalArgumentException | IllegalStateException | ClassCastException e) {
            throw new IOException("not a PKCS#8 private key", e);
        }
        throw new IOException("not an Ed25519 key");
    }

    /** PKCS#8, RFC 8410, without the public key, which older readers do not accept. The caller wipes it. */
    byte[] encode() throws IOException {
        var seed = key.getEncoded();
        try {
            var algorithm = new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
            return new PrivateKeyInfo(algorithm, new DEROctetString(seed)).getEncoded();
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /** 32 bytes. */
    public Bytes32 publicKey() {
        return Bytes32.of(publicKey);
    }

    @Override
    public byte[] sign(byte[] digest) {
        var signature = new byte[Ed25519.SIGNATURE_SIZE];
        key.sign(Ed25519.Algorithm.Ed25519, null, digest, 0, digest.length, signature, 0);
        return signature;
    }

    @Override
    public String toString() {
        return "StatementKey[" + publicKey() + "]";
    }
}
