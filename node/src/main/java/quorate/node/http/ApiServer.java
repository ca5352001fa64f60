package quorate.node.http;

import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import quorate.node.config.NodeConfig;
import quorate.node.identity.TlsKey;

/** The HTTPS server of the API: TLS 1.3 with the node's own API key, which callers pin. */
public final class ApiServer implements AutoCloseable {
    private static final Duration IDLE = Duration.ofMinutes(2);
    private static final int CONNECTIONS = 1024;
    private static final int CONCURRENT_REQUESTS = 512;

    private final WebServer server;

    /**
     * Binds the port; answers from then on.
     *
     * @throws IOException if the address cannot be listened on
     */
    public ApiServer(NodeApi node, NodeConfig config, TlsKey key) throws IOException {
        int bodyBytes = config.limits().requestBytes();
        var exchange = new Exchange(config.player(), bodyBytes);
        var routes = new Routes(node, new Authentication(config), exchange);
        var direct = DirectHandlers.builder();
        for (var event : DirectHandler.EventType.values()) {
            direct.addHandler(event, new TransportProblems(config.player()));
        }
        var built = WebServer.builder()
                .host(config.api().host())
                .port(config.api().port())
                .shutdownHook(false)
                .shutdownGracePeriod(config.limits().drainTimeout())
                .maxPayloadSize((long) Exchange.READ_FACTOR * bodyBytes)
                .maxTcpConnections(CONNECTIONS)
                .maxConcurrentRequests(CONCURRENT_REQUESTS)
                .idleConnectionTimeout(IDLE)
                .connectionOptions(socket ->
                        socket.tcpNoDelay(true).socketKeepAlive(true).readTimeout(IDLE))
                .directHandlers(direct.build())
                .tls(Tls.builder()
                        .privateKey(key.privateKey())
                        .privateKeyCertChain(List.of(key.certificate()))
                        .enabledProtocols(List.of("TLSv1.3"))
                        .build())
                .routing(routes.routing())
                .build();
        server = started(built, config);
    }

    private static WebServer started(WebServer built, NodeConfig config) throws IOException {
        try {
            var started = built.start();
            if (started.isRunning()) {
                return started;
            }
            throw new IOException("the API cannot listen on " + config.api());
        } catch (RuntimeException e) {
            throw new IOException("the API cannot listen on " + config.api() + ": " + e.getMessage(), e);
        }
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }
}
