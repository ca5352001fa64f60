package quorate.cli.outside;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.rsa.Pem;

/** PKCS#8 (RFC 5208, RFC 8410) and SEC1 (RFC 5915) in PEM. */
final class PemKey {
    private static final String SEC1 = "EC PRIVATE KEY";
    private static final byte[] SEC1_BEGIN = ("-----BEGIN " + SEC1).getBytes(StandardCharsets.US_ASCII);
    private static final int SCALAR_BYTES = 32;
    private static final int NAMED_CURVE = 0;

    private PemKey() {}

    static FoundKey read(byte[] text) throws UnreadableKey {
        var der = new byte[0];
        try {
            boolean sec1 = begins(text, SEC1_BEGIN);
            der = Pem.decode(sec1 ? SEC1 : Pem.PRIVATE_KEY, text);
            return sec1 ? sec1(ASN1Sequence.getInstance(der), Optional.empty()) : pkcs8(PrivateKeyInfo.getInstance(der));
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw new UnreadableKey("it is not a private key in PEM that this program understands");
        } finally {
            Arrays.fill(der, (byte) 0);
        }
    }

    private static boolean begins(byte[] text, byte[] with) {
        return text.length >= with.length && Arrays.equals(text, 0, with.length, with, 0, with.length);
    }

    private static FoundKey pkcs8(PrivateKeyInfo info) throws UnreadableKey, IOException {
        var algorithm = info.getPrivateKeyAlgorithm();
        if (algorithm.getAlgorithm().equals(EdECObjectIdentifiers.id_Ed25519)) {
            return Ed25519Seed.expand(ASN1OctetString.getInstance(info.parsePrivateKey()).getOctets());
        }
        if (!algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            throw new UnreadableKey("it is not a key of an elliptic curve or Ed25519");
        }
        var curve = ASN1ObjectIdentifier.getInstance(algorithm.getParameters());
        return sec1(ASN1Sequence.getInstance(info.parsePrivateKey()), Optional.of(curve));
    }

    /** ECPrivateKey: version, privateKey, [0] parameters, [1] publicKey. The octets of the key are all that is secret. */
    private static FoundKey sec1(ASN1Sequence key, Optional<ASN1ObjectIdentifier> outer) throws UnreadableKey {
        if (key.size() < 2) {
            throw new UnreadableKey("it is not a private key in PEM that this program understands");
        }
        var octets = ASN1OctetString.getInstance(key.getObjectAt(1)).getOctets();
        var curve = outer.or(() -> parameters(key))
                .orElseThrow(() -> new IllegalArgumentException("no curve is named"));
        if (octets.length > SCALAR_BYTES) {
            throw new UnreadableKey("its private key is longer than 32 bytes");
        }
        var scalar = new byte[SCALAR_BYTES];
        System.arraycopy(octets, 0, scalar, SCALAR_BYTES - octets.length, octets.length);
        Arrays.fill(octets, (byte) 0);
        return new FoundKey(group(curve), scalar, false);
    }

    private static Optional<ASN1ObjectIdentifier> parameters(ASN1Sequence key) {
        for (int i = 2; i < key.size(); i++) {
            if (key.getObjectAt(i) instanceof ASN1TaggedObject tagged && tagged.getTagNo() == NAMED_CURVE) {
                ASN1Primitive named = tagged.getExplicitBaseObject().toASN1Primitive();
                return Optional.of(ASN1ObjectIdentifier.getInstance(named));
            }
        }
        return Optional.empty();
    }

    private static Group group(ASN1ObjectIdentifier curve) throws UnreadableKey {
        if (curve.equals(SECObjectIdentifiers.secp256k1)) {
            return Groups.SECP256K1;
        }
        if (curve.equals(SECObjectIdentifiers.secp256r1)) {
            return Groups.P256;
        }
        throw new UnreadableKey("its curve is neither secp256k1 nor P-256");
    }
}
