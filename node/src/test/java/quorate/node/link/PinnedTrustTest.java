package quorate.node.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PinnedTrustTest {
    private static final X509Certificate ONE = Samples.identity(1).tls().certificate();
    private static final X509Certificate TWO = Samples.identity(2).tls().certificate();
    private final PinnedTrust trust = new PinnedTrust(Set.of(Samples.identity(1).tls().pin()));

    @Test
    void trustsThePinnedKey() throws CertificateException {
        trust.checkServerTrusted(new X509Certificate[] {ONE}, "any", new Socket());
        trust.checkClientTrusted(new X509Certificate[] {ONE}, "any", new Socket());
        assertThat(trust.getAcceptedIssuers()).isEmpty();
    }

    @Test
    void refusesEveryOtherKey() {
        var pin = Samples.identity(2).tls().pin();
        assertRefused("the key " + pin + " is not pinned for this connection", TWO);
    }

    @Test
    void refusesAChain() {
        assertRefused("a node shows exactly one certificate, this one 2", ONE, TWO);
        assertRefused("a node shows exactly one certificate, this one 2", TWO, ONE);
        assertRefused("a node shows exactly one certificate, this one 0");
    }

    private void assertRefused(String message, X509Certificate... chain) {
        assertThatThrownBy(() -> trust.checkServerTrusted(chain, "any", new Socket()))
                .isInstanceOf(CertificateException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> trust.checkClientTrusted(chain, "any", new Socket()))
                .isInstanceOf(CertificateException.class)
                .hasMessage(message);
    }
}
