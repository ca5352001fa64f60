package quorate.rsa;

import java.io.IOException;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import javax.security.auth.login.LoginException;

/**
 * An RSA private key in a PKCS#11 token, which decrypts and never gives it out. The configuration is that of the JDK's
 * SunPKCS11 (docs/runbooks/emergency-recovery.md has it for SoftHSM and a cloud HSM); the key is found by the label
 * of its
 * certificate.
 */
public final class TokenRsaKey implements RsaDecryptor {
    private final Provider token;
    private final RawRsa key;
    private final Fingerprint fingerprint;

    private TokenRsaKey(Provider token, RawRsa key, Fingerprint fingerprint) {
        this.token = token;
        this.key = key;
        this.fingerprint = fingerprint;
    }

    /**
     * Opens a session and finds the key.
     *
     * @param configuration a file for SunPKCS11: name, library, slot
     * @param label of the key, and of its certificate
     * @param pin of the token; the caller wipes it
     * @throws IOException saying what is missing
     */
    public static TokenRsaKey open(Path configuration, String label, char[] pin) throws IOException {
        var base = Security.getProvider("SunPKCS11");
        if (base == null) {
            throw new IOException("this Java has no SunPKCS11 (module jdk.crypto.cryptoki)");
        }
        try {
            var token = base.configure(configuration.toString());
            var store = KeyStore.getInstance("PKCS11", token);
            store.load(null, pin);
            if (!(store.getKey(label, null) instanceof PrivateKey key)
                    || !(store.getCertificate(label).getPublicKey() instanceof RSAPublicKey held)) {
                throw new IOException(configuration + ": the token has no RSA key with a certificate labelled \""
                        + label + "\"");
            }
            var recipient = RsaRecipient.of(held.getEncoded());
            return new TokenRsaKey(
                    token, RawRsa.of(key, recipient.kemBytes(), token), recipient.fingerprint());
        } catch (InvalidParameterException | ProviderException e) {
            throw new IOException(configuration + ": not a configuration of a PKCS#11 token: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(configuration + ": the key \"" + label + "\": " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IOException(configuration + ": the token cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    @Override
    public Optional<byte[]> unwrap(byte[] kem) {
        return key.unwrap(kem);
    }

    @Override
    public void close() {
        if (token instanceof AuthProvider session) {
            try {
                session.logout();
            } catch (LoginException e) {
                throw new IllegalStateException("the session with the token does not end", e);
            }
        }
    }

    @Override
    public String toString() {
        return "TokenRsaKey[" + fingerprint + "]";
    }
}
