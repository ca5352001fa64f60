package quorate.node.identity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A P-256 key and the self-signed certificate that carries its public half through TLS. Trust is the
 * pin: SHA-256 of the SubjectPublicKeyInfo. Names, dates and the signature of the certificate mean
 * nothing, so it is valid from 2000 to the end of time of RFC 5280 4.1.2.5.
 */
public final class TlsKey {
    private static final Instant NOT_BEFORE = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant NOT_AFTER = Instant.parse("9999-12-31T23:59:59Z");
    private static final int SERIAL_BITS = 127;
    private static final Pattern IP_LITERAL =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]+");

    private final PrivateKey privateKey;
    private final X509Certificate certificate;

    private TlsKey(PrivateKey privateKey, X509Certificate certificate) {
        this.privateKey = privateKey;
        this.certificate = certificate;
    }

    /**
     * A fresh key.
     *
     * @param name the common name, for people who look at the certificate
     * @param hosts host names and addresses for the certificate; may be empty
     */
    static TlsKey create(String name, List<String> hosts, SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            var pair = generator.generateKeyPair();
            var subject = new X500Name("CN=" + name);
            var serial = new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE);
            var builder = new JcaX509v3CertificateBuilder(
                    subject, serial, Date.from(NOT_BEFORE), Date.from(NOT_AFTER), subject, pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            if (!hosts.isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames(hosts));
            }
            var signer = new JcaContentSignerBuilder("SHA256withECDSA")
                    .setSecureRandom(random)
                    .build(pair.getPrivate());
            X509CertificateHolder holder = builder.build(signer);
            return new TlsKey(pair.getPrivate(), certificate(holder.getEncoded()));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("the platform cannot make a P-256 certificate", e);
        }
    }

    private static GeneralNames alternativeNames(List<String> hosts) {
        return new GeneralNames(hosts.stream()
                .distinct()
                .map(host -> new GeneralName(
                        IP_LITERAL.matcher(host).matches() ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new));
    }

    /** Refuses a certificate of another key. */
    static TlsKey decode(byte[] pkcs8, byte[] certificateDer) throws IOException {
        try {
            var privateKey = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            var certificate = certificate(certificateDer);
            var key = new TlsKey(privateKey, certificate);
            key.requireMatch();
            return key;
        } catch (GeneralSecurityException e) {
            throw new IOException("not a P-256 key and its certificate", e);
        }
    }

    private void requireMatch() throws GeneralSecurityException, IOException {
        var message = certificate.getEncoded();
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(privateKey);
        signature.update(message);
        var signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(message);
        if (!signature.verify(signed)) {
            throw new IOException("the certificate is of another key");
        }
    }

    private static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    /** SHA-256 of the SubjectPublicKeyInfo of a certificate: what peers pin. */
    public static Bytes32 pin(Certificate certificate) {
        return Bytes32.sha256(certificate.getPublicKey().getEncoded());
    }

    public Bytes32 pin() {
        return pin(certificate);
    }

    public PrivateKey privateKey() {
        return privateKey;
    }

    public X509Certificate certificate() {
        return certificate;
    }

    @Override
    public String toString() {
        return "TlsKey[" + pin() + "]";
    }
}
