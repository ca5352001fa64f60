package quorate.node.link;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import quorate.node.identity.Bytes32;
import quorate.node.identity.TlsKey;

/** Trusts exactly the keys it is given, by SHA-256 of their SubjectPublicKeyInfo: no authority, name or date. */
final class PinnedTrust extends X509ExtendedTrustManager {
    private final Set<Bytes32> pins;

    PinnedTrust(Set<Bytes32> pins) {
        this.pins = Set.copyOf(pins);
    }

    private void require(X509Certificate[] chain) throws CertificateException {
        if (chain.length != 1) {
            throw new CertificateException("a node shows exactly one certificate, this one " + chain.length);
        }
        var pin = TlsKey.pin(chain[0]);
        if (!pins.contains(pin)) {
            throw new CertificateException("the key " + pin + " is not pinned for this connection");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        require(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        require(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        require(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        require(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        require(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        require(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
