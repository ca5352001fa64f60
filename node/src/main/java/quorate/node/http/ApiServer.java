package quorate.node.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import quorate.node.config.NodeConfig;
import quorate.node.identity.TlsKey;
import quorate.recovery.Proof;

/** The HTTPS server of the API: TLS 1.3 with the node's own API key, which callers pin. */
public final class ApiServer implements AutoCloseable {
    private static final Duration IDLE = Duration.ofMinutes(2);
    static final int CONNECTIONS = 1024;
    private static final int CONCURRENT_REQUESTS = 512;

    private final WebServer server;
    private final Admission admission;

    /**
     * Binds the port; answers from then on.
     *
     * @throws IOException if the address cannot be listened on
     */
    public ApiServer(NodeApi node, NodeConfig config, TlsKey key) throws IOException {
        this(node, config, key, new Admission());
    }

    ApiServer(NodeApi node, NodeConfig config, TlsKey key, Admission admission) throws IOException {
        this.admission = admission;
        int bodyBytes = config.limits().requestBytes();
        var exchange = new Exchange(config.player(), bodyBytes);
        var routes = new Routes(
                node, new Authentication(config), exchange, config.limits().readerTimeout());
        var direct = DirectHandlers.builder();
        for (var event : DirectHandler.EventType.values()) {
            direct.addHandler(event, new TransportProblems(config.player()));
        }
        var built = WebServer.builder()
                .host(config.api().host())
                .port(config.api().port())
                .shutdownHook(false)
                .shutdownGracePeriod(config.limits().drainTimeout())
                .maxPayloadSize(Math.max((long) Exchange.READ_FACTOR * bodyBytes, Proof.LARGEST_BYTES))
                .maxTcpConnections(CONNECTIONS)
                .maxConcurrentRequests(CONCURRENT_REQUESTS)
                .idleConnectionTimeout(IDLE)
                .connectionOptions(new AdmittedSockets(
                        SocketOptions.builder()
                                .tcpNoDelay(true)
                                .socketKeepAlive(true)
                                .readTimeout(IDLE)
                                .build(),
                        admission))
                .directHandlers(direct.build())
                .tls(Tls.builder()
                        .privateKey(key.privateKey())
                        .privateKeyCertChain(List.of(key.certificate()))
                        .enabledProtocols(List.of("TLSv1.3"))
                        .build())
                .routing(routes.routing().addFilter((chain, request, response) -> {
                    admission.spoke(request.remotePeer().address());
                    chain.proceed();
                }))
                .build();
        try {
            server = started(built, config);
        } catch (IOException e) {
            admission.close();
            throw e;
        }
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
        admission.close();
    }
}
