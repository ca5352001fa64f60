package quorate.acceptance;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import quorate.api.Bytes;
import quorate.node.identity.TlsKey;

/** TLS of somebody who does not care whom he talks to, unless he names a pin: what is tested is what nodes accept. */
final class Tls {
    private Tls() {}

    static SSLContext withoutCertificate() {
        return context(new KeyManager[0], new Anybody());
    }

    /** Talks only to the holder of this key. */
    static SSLContext to(Bytes spkiSha256) {
        return context(new KeyManager[0], new Pinned(spkiSha256));
    }

    static SSLContext with(TlsKey key) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("own", key.privateKey(), new char[0], new Certificate[] {key.certificate()});
            var keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, new char[0]);
            return context(keys.getKeyManagers(), new Anybody());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext context(KeyManager[] keys, TrustManager trust) {
        try {
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(keys, new TrustManager[] {trust}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static final class Pinned extends Anybody {
        private final Bytes spkiSha256;

        Pinned(Bytes spkiSha256) {
            this.spkiSha256 = spkiSha256;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            if (!TlsKey.pin(chain[0]).hex().equals(spkiSha256.hex())) {
                throw new CertificateException("another key than the pinned one");
            }
        }
    }
}
