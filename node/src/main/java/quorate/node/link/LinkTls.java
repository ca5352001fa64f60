package quorate.node.link;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import quorate.node.config.Card;
import quorate.node.config.Roster;
import quorate.node.identity.Bytes32;
import quorate.node.identity.NodeIdentity;
import quorate.node.identity.TlsKey;

/**
 * Mutual TLS 1.3 between pinned keys. The lower player of a pair dials and takes exactly the key of the one
 * it dials; the higher accepts the keys of all lower players, and the key says which of them it is.
 */
final class LinkTls {
    private static final String[] PROTOCOLS = {"TLSv1.3"};
    private static final String[] SUITES = {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"};

    private final NodeIdentity me;
    private final SecureRandom random;
    private final Map<Bytes32, Integer> diallers;
    private final SSLContext accepting;

    LinkTls(NodeIdentity me, Roster roster, SecureRandom random) {
        this.me = me;
        this.random = random;
        this.diallers = roster.players().stream()
                .filter(card -> card.player() < me.player())
                .collect(Collectors.toUnmodifiableMap(Card::tlsPin, Card::player));
        this.accepting = context(diallers.keySet());
    }

    private SSLContext context(Set<Bytes32> pins) {
        try {
            var context = SSLContext.getInstance(PROTOCOLS[0]);
            context.init(
                    new KeyManager[] {new OwnKey(me.tls())}, new TrustManager[] {new PinnedTrust(pins)}, random);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS 1.3", e);
        }
    }

    /** The handshake with a player that was dialled. Its own context, so that no earlier session is resumed. */
    SSLSocket dialled(Socket raw, Card player) throws IOException {
        var pins = Set.of(player.tlsPin());
        var socket = (SSLSocket) context(pins).getSocketFactory().createSocket(raw, "", raw.getPort(), true);
        socket.setUseClientMode(true);
        return handshake(socket);
    }

    /** The handshake with whoever has dialled this node. */
    SSLSocket accepted(Socket raw) throws IOException {
        var socket = (SSLSocket) accepting.getSocketFactory().createSocket(raw, "", raw.getPort(), true);
        socket.setUseClientMode(false);
        return handshake(socket);
    }

    private static SSLSocket handshake(SSLSocket socket) throws IOException {
        var parameters = socket.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setCipherSuites(SUITES);
        parameters.setNeedClientAuth(true);
        parameters.setServerNames(List.of());
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** Which player the other end of an accepted connection is: what its certificate says, nothing else. */
    int dialler(SSLSocket socket) throws IOException {
        var pin = TlsKey.pin(socket.getSession().getPeerCertificates()[0]);
        var player = diallers.get(pin);
        if (player == null) {
            throw new IOException("the key " + pin + " is not pinned for this connection");
        }
        return player;
    }
}
