package quorate.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import quorate.api.Bytes;
import quorate.sdk.NodeEndpoint;
import quorate.testkit.http.ThrowAwayIdentity;

/**
 * Stands between all callers and the API of one node, whoever they are: passes every call on and has the contract
 * judge it. A node that is down is a connection that breaks.
 */
final class ApiWitness implements AutoCloseable {
    private static final ThrowAwayIdentity IDENTITY = ThrowAwayIdentity.make();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> PASSED_ON = List.of("Authorization", "Content-Type", "Accept");
    private static final int NO_BODY = -1;
    private static final int BACKLOG = 256;

    static {
        // Or every small answer waits for the acknowledgement of its head.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final URI node;
    private final Contract contract;
    private final HttpClient http;
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    ApiWitness(NodeEndpoint node, Contract contract) {
        this.node = node.api();
        this.contract = contract;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(Tls.to(node.apiSha256()))
                .build();
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(IDENTITY.context()));
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI api() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    Bytes apiSha256() {
        return IDENTITY.spkiSha256();
    }

    @Override
    public void close() {
        server.stop(0);
        http.shutdownNow();
        threads.shutdownNow();
    }

    private void handle(HttpExchange call) throws IOException {
        var sent = call.getRequestBody().readAllBytes();
        var answer = ask(call, sent);
        var type = answer.headers().firstValue("Content-Type").orElse("");
        contract.judge(new Contract.Exchange(
                call.getRequestMethod(),
                call.getRequestURI().getPath(),
                query(call.getRequestURI()),
                passedOn(call),
                sent,
                answer.statusCode(),
                type,
                answer.body()));
        call.getResponseHeaders().set("Content-Type", type);
        call.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? NO_BODY : answer.body().length);
        call.getResponseBody().write(answer.body());
        call.close();
    }

    /** An exception is a connection that ends without an answer. */
    private HttpResponse<byte[]> ask(HttpExchange call, byte[] sent) throws IOException {
        var uri = call.getRequestURI();
        var target = node.resolve(uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
        var request = HttpRequest.newBuilder(target)
                .timeout(PATIENCE)
                .method(
                        call.getRequestMethod(),
                        sent.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(sent));
        passedOn(call).forEach(request::header);
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the witness is closed", e);
        }
    }

    private static Map<String, String> passedOn(HttpExchange call) {
        var headers = new HashMap<String, String>();
        for (var name : PASSED_ON) {
            var value = call.getRequestHeaders().getFirst(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return headers;
    }

    private static Map<String, String> query(URI uri) {
        var query = new HashMap<String, String>();
        if (uri.getRawQuery() != null) {
            for (var parameter : uri.getRawQuery().split("&", NO_BODY)) {
                var parts = parameter.split("=", 2);
                var value = parts.length == 1 ? "" : parts[1];
                query.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(value, UTF_8));
            }
        }
        return query;
    }
}
