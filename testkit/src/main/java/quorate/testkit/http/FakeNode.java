package quorate.testkit.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import quorate.api.Bytes;
import quorate.api.Json;
import quorate.api.Problem;
import quorate.api.ProblemCode;

/**
 * An HTTPS server that answers like one node of a {@link FakeCluster}. Every route can be made to answer something
 * else. It keeps the requests it was sent.
 */
public final class FakeNode implements AutoCloseable {
    private static final ThrowAwayIdentity IDENTITY = ThrowAwayIdentity.make();

    private final int player;
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Reply usual;

    /** A request as it came. */
    public record Call(String method, String path, String query, String authorization, byte[] body) {
        public String route() {
            return method + " " + path;
        }
    }

    /** Writes the answer to a request. */
    @FunctionalInterface
    public interface Reply {
        void to(Call call, HttpExchange exchange) throws IOException, InterruptedException;
    }

    FakeNode(int player, Reply usual) {
        this.player = player;
        this.usual = usual;
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(IDENTITY.context()));
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public int player() {
        return player;
    }

    /** Where it listens. */
    public URI api() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    /** SHA-256 of the SubjectPublicKeyInfo of its certificate. */
    public Bytes apiSha256() {
        return IDENTITY.spkiSha256();
    }

    /** Answers this route, such as {@code "GET /v1/status"}, differently from now on. */
    public FakeNode when(String route, Reply reply) {
        replies.put(route, reply);
        return this;
    }

    public FakeNode asUsual(String route) {
        replies.remove(route);
        return this;
    }

    /** Every request so far that went to this route. */
    public List<Call> calls(String route) {
        return calls.stream().filter(call -> call.route().equals(route)).toList();
    }

    public List<Call> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    public static Reply ok(Object body) {
        return (call, exchange) -> send(exchange, 200, "application/json", Json.write(body));
    }

    public static Reply problem(Problem problem) {
        return (call, exchange) -> send(exchange, problem.status(), Problem.MEDIA_TYPE, Json.write(problem));
    }

    public static Reply problem(ProblemCode code, String detail) {
        return problem(Problem.of(code, detail));
    }

    public static Reply raw(int status, String body) {
        return (call, exchange) ->
                send(exchange, status, "text/plain", body.getBytes(StandardCharsets.UTF_8));
    }

    /** Accepts the request and never answers. */
    public static Reply silence() {
        return (call, exchange) -> Thread.sleep(600_000);
    }

    /** Accepts the request and drops the connection. */
    public static Reply hangUp() {
        return (call, exchange) -> {
            throw new IOException("hung up");
        };
    }

    static void reply(HttpExchange exchange, int status, Object body) throws IOException {
        send(exchange, status, "application/json", Json.write(body));
    }

    static void refuse(HttpExchange exchange, int player, ProblemCode code, String detail) throws IOException {
        var problem = Problem.of(code, detail).from(player);
        send(exchange, problem.status(), Problem.MEDIA_TYPE, Json.write(problem));
    }

    public static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        var uri = exchange.getRequestURI();
        var query = uri.getQuery();
        var authorization = exchange.getRequestHeaders().getFirst("Authorization");
        var call = new Call(
                exchange.getRequestMethod(),
                uri.getPath(),
                query == null ? "" : query,
                authorization == null ? "" : authorization,
                exchange.getRequestBody().readAllBytes());
        calls.add(call);
        try {
            replies.getOrDefault(call.route(), usual).to(call, exchange);
            exchange.close();
        } catch (InterruptedException e) {
            // Without a proper end, so that the server drops the connection.
            Thread.currentThread().interrupt();
            throw new IOException("stopped", e);
        }
    }
}
