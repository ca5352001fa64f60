package quorate.node;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import quorate.api.Bytes;
import quorate.api.GenerateKey;
import quorate.api.Json;
import quorate.api.MalformedJson;
import quorate.api.Peer;
import quorate.api.PlayerCard;
import quorate.api.Problem;
import quorate.api.Status;
import quorate.node.config.ClusterFiles;
import quorate.node.config.ClusterGrowth;
import quorate.node.config.ConfigException;
import quorate.node.config.NodeSetup;

/** Three nodes in this process, to which more can be added, on ports of this machine, and callers of their APIs. */
final class RunningCluster implements AutoCloseable {
    static final int NODES = 3;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 10_000;
    private static final int MPC_OFFSET = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofMillis(50);

    private static final int MOST_NODES = 8;

    private final ClusterFiles files;
    private final List<ClusterFiles.Node> nodes;
    private final String limits;
    private final Map<Integer, Node> running = new HashMap<>();
    private final Map<String, Map<Integer, String>> keys = new HashMap<>();
    private final HttpClient client;
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    /** An answer, read when it is asked for. */
    record Answer(int status, String contentType, byte[] body) {
        <T> T as(Class<T> type) {
            try {
                return Json.readAnswer(body, type);
            } catch (MalformedJson e) {
                throw new IllegalStateException(new String(body, StandardCharsets.UTF_8), e);
            }
        }

        Problem problem() {
            return as(Problem.class);
        }

        String text() {
            return status + " " + new String(body, StandardCharsets.UTF_8);
        }
    }

    /** The answers of several nodes. */
    record Answers(SortedMap<Integer, Answer> byPlayer) {
        Answer of(int player) {
            return Objects.requireNonNull(byPlayer.get(player));
        }

        Collection<Answer> all() {
            return byPlayer.values();
        }
    }

    private RunningCluster(ClusterFiles files, String limits) throws IOException, GeneralSecurityException {
        this.files = files;
        this.nodes = new ArrayList<>(files.nodes());
        this.limits = limits;
        client = HttpClient.newBuilder().sslContext(trustingAll()).connectTimeout(PATIENCE).build();
        readKeys();
    }

    private void readKeys() throws IOException {
        for (var who : new String[] {"user", "admin"}) {
            keys.put(who, keys(files.folder().resolve("credentials").resolve(who + ".key")));
        }
    }

    static Bytes id() {
        var id = new byte[GenerateKey.SESSION_ID_BYTES];
        RANDOM.nextBytes(id);
        return Bytes.of(id);
    }

    static String signatures(String keyId) {
        return "/v1/keys/" + keyId + "/signatures";
    }

    static RunningCluster start(Path folder) throws Exception {
        return start(folder, "");
    }

    /** @param limits of every node, besides the usual ones */
    static RunningCluster start(Path folder, String limits) throws Exception {
        var files = ClusterFiles.initialise(folder, NODES, 2, freePorts(), new SecureRandom());
        var cluster = new RunningCluster(files, limits);
        for (var node : files.nodes()) {
            cluster.limit(node);
        }
        cluster.awaitAll();
        return cluster;
    }

    private void limit(ClusterFiles.Node node) throws IOException {
        Files.writeString(
                node.config(),
                "\n[limits]\nsession-deadline = \"12s\"\ndrain-timeout = \"5s\"\n" + limits,
                StandardOpenOption.APPEND);
    }

    /** Makes and starts one more node, which the others do not know yet. */
    PlayerCard add() throws Exception {
        var node = ClusterGrowth.add(files.folder(), new SecureRandom());
        nodes.add(node);
        limit(node);
        readKeys();
        start(node.index());
        return card(node.index());
    }

    /** What the operator of a node gives to the others. */
    PlayerCard card(int player) throws ConfigException {
        var card = NodeSetup.load(config(player)).roster().player(player);
        return new PlayerCard(
                player,
                card.mpc().toString(),
                card.api().toString(),
                Bytes.of(card.tlsPin().bytes()),
                Bytes.of(card.statementKey().bytes()),
                Bytes.of(card.apiPin().bytes()));
    }

    private static int freePorts() {
        var random = new Random();
        while (true) {
            int base = FIRST_PORT + random.nextInt(PORTS);
            boolean free = true;
            for (int node = 1; node <= MOST_NODES; node++) {
                free &= isFree(base + node) && isFree(base + MPC_OFFSET + node);
            }
            if (free) {
                return base;
            }
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static Map<Integer, String> keys(Path file) throws IOException {
        var keys = new HashMap<Integer, String>();
        for (var line : Files.readAllLines(file)) {
            if (!line.startsWith("#")) {
                var parts = line.split(" = ", 2);
                keys.put(Integer.valueOf(parts[0]), parts[1].replace("\"", ""));
            }
        }
        return keys;
    }

    Path config(int player) {
        return nodes.get(player - 1).config();
    }

    Node node(int player) {
        return Objects.requireNonNull(running.get(player), () -> "player " + player + " does not run");
    }

    void start(int player) throws IOException, ConfigException {
        start(player, Clock.systemUTC());
    }

    void start(int player, Clock clock) throws IOException, ConfigException {
        start(player, clock, System::nanoTime);
    }

    void start(int player, Clock clock, LongSupplier nanos) throws IOException, ConfigException {
        running.put(player, Node.start(config(player), new SecureRandom(), clock, nanos));
    }

    void stop(int player) {
        var node = running.remove(player);
        if (node != null) {
            node.close();
        }
    }

    /** Starts whatever does not run, and waits until every node sees all others. */
    void awaitAll() throws Exception {
        for (int player = 1; player <= nodes.size(); player++) {
            if (!running.containsKey(player)) {
                start(player);
            }
        }
        awaitLinks(nodes.size() - 1);
    }

    /** Waits until every running node has so many links. */
    void awaitLinks(int links) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (int player : running.keySet()) {
            while (links(player) != links) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("player " + player + " does not see " + links + " others");
                }
                Thread.sleep(STEP);
            }
        }
    }

    private long links(int player) throws IOException, InterruptedException {
        var status = call(player, "admin", "GET", "/v1/status", null).as(Status.class);
        return status.peers().stream().filter(Peer::connected).count();
    }

    String key(String who, int player) {
        return keys.getOrDefault(who, Map.of()).getOrDefault(player, "");
    }

    /** One request by a caller; {@code who} is a name of credentials, or an API key, or empty. */
    Answer call(int player, String who, String method, String path, @Nullable Object body)
            throws IOException, InterruptedException {
        var publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(body instanceof byte[] raw ? raw : Json.write(body));
        return call(player, who, "application/json", HttpRequest.newBuilder(uri(player, path)).method(method, publisher));
    }

    Answer call(int player, String who, String contentType, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        request.header("Content-Type", contentType).timeout(PATIENCE);
        if (!who.isEmpty()) {
            request.header("Authorization", "Bearer " + (keys.containsKey(who) ? key(who, player) : who));
        }
        var response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(
                response.statusCode(), response.headers().firstValue("content-type").orElse(""), response.body());
    }

    URI uri(int player, String path) {
        return URI.create("https://" + nodes.get(player - 1).api() + path);
    }

    /** The requests of a key user to several nodes at once; the answers by player. */
    Answers post(Collection<Integer> players, String path, IntFunction<Object> body) throws Exception {
        return post("user", players, path, body);
    }

    /** The same of any caller. */
    Answers post(String who, Collection<Integer> players, String path, IntFunction<Object> body) throws Exception {
        var pending = new TreeMap<Integer, Future<Answer>>();
        for (int player : players) {
            pending.put(player, callers.submit(() -> call(player, who, "POST", path, body.apply(player))));
        }
        var answers = new TreeMap<Integer, Answer>();
        for (var entry : pending.entrySet()) {
            answers.put(entry.getKey(), entry.getValue().get());
        }
        return new Answers(answers);
    }

    Future<Answer> begin(int player, String path, Object body) {
        return callers.submit(() -> call(player, "user", "POST", path, body));
    }

    @Override
    public void close() {
        for (int player = 1; player <= nodes.size(); player++) {
            stop(player);
        }
        callers.shutdownNow();
        client.shutdownNow();
    }

    /** Which node answers is not what these tests are about: clients that pin it are tested with the client. */
    private static SSLContext trustingAll() throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        return context;
    }

    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
