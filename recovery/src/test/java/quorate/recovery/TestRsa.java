package quorate.recovery;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import quorate.rsa.Pem;
import quorate.rsa.PemRsaKey;
import quorate.rsa.PrivateFile;
import quorate.rsa.RsaRecipient;
import quorate.testkit.vectors.Vectors;

/** RSA keys for tests: that of the known answers, and new ones. */
record TestRsa(RsaRecipient recipient, byte[] pkcs8) {
    static final SecureRandom RANDOM = new SecureRandom();

    static TestRsa kat() {
        var rsa = Vectors.known("rsa");
        return new TestRsa(RsaRecipient.of(Vectors.hex(rsa, "spki")), Vectors.hex(rsa, "pkcs8"));
    }

    static TestRsa fresh(int bits) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        var pair = generator.generateKeyPair();
        return new TestRsa(RsaRecipient.of(pair.getPublic().getEncoded()), pair.getPrivate().getEncoded());
    }

    /** The private half, in a file of this folder. */
    Path privatePem(Path folder) throws IOException {
        var file = folder.resolve(recipient.fingerprint().hex() + ".pem");
        if (!file.toFile().exists()) {
            PrivateFile.create(file, Pem.encode(Pem.PRIVATE_KEY, pkcs8));
        }
        return file;
    }

    Path publicPem(Path folder) throws IOException {
        var file = folder.resolve(recipient.fingerprint().hex() + ".pub");
        if (!file.toFile().exists()) {
            PrivateFile.create(file, Pem.encode(Pem.PUBLIC_KEY, recipient.spki()));
        }
        return file;
    }

    PemRsaKey key(Path folder) throws IOException {
        return PemRsaKey.read(privatePem(folder), RANDOM);
    }
}
