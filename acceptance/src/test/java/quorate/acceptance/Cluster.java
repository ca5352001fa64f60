package quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import quorate.cli.cluster.ClusterFile;
import quorate.cli.cluster.Clients;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Terminal;
import quorate.sdk.ApiKey;
import quorate.sdk.Timeouts;
import quorate.sdk.TsmClient;
import quorate.sdk.TsmException;

/** Three nodes on this machine, any two of which sign, with short deadlines. Closing it kills what still runs. */
final class Cluster implements AutoCloseable {
    static final List<Integer> ALL = List.of(1, 2, 3);
    static final List<List<Integer>> PAIRS = List.of(List.of(1, 2), List.of(1, 3), List.of(2, 3));
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String LIMITS =
            """

            [limits]
            session-deadline = "10s"
            pending-deadline = "5s"
            drain-timeout = "3s"
            """;

    private final Path work;
    private final Path folder;
    private final Map<Integer, NodeProcess> running = new TreeMap<>();
    private final Clients clients;

    private Cluster(Path work, Path folder) {
        this.work = work;
        this.folder = folder;
        this.clients = new Clients(ClusterFile.load(folder), host());
    }

    /** Makes it with {@code cluster init}; no node runs yet. */
    static Cluster init(Path work) {
        var folder = work.resolve("cluster");
        Ran.command(
                        work,
                        "cluster",
                        "init",
                        folder.toString(),
                        "--nodes",
                        "3",
                        "--threshold",
                        "2",
                        "--base-port",
                        String.valueOf(freePorts()),
                        "--json")
                .done();
        var cluster = new Cluster(work, folder);
        ALL.forEach(node -> cluster.append(cluster.config(node), LIMITS));
        return cluster;
    }

    /** Makes it and starts all nodes. */
    static Cluster up(Path work) {
        var cluster = init(work);
        try {
            cluster.start(1, 2, 3);
            return cluster;
        } catch (RuntimeException | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    private Host host() {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Host(
                new Terminal(InputStream.nullInputStream(), nowhere, nowhere, false, false),
                Map.of(),
                work,
                Clock.systemUTC(),
                new SecureRandom(),
                Timeouts.standard());
    }

    private static int freePorts() {
        var random = new SecureRandom();
        while (true) {
            int base = 20_000 + random.nextInt(10_000);
            if (IntStream.rangeClosed(1, 3).allMatch(node -> free(base + node) && free(base + 100 + node))) {
                return base;
            }
        }
    }

    private static boolean free(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    Path work() {
        return work;
    }

    Path folder(int node) {
        return folder.resolve("node-" + node);
    }

    Path config(int node) {
        return folder(node).resolve("node.toml");
    }

    Path data(int node) {
        return folder(node).resolve("data");
    }

    URI api(int node) {
        return clients.cluster().node(node).endpoint().api();
    }

    /** Where a node listens for the others. */
    int mpcPort(int node) {
        return api(node).getPort() + 100;
    }

    Clients clients() {
        return clients;
    }

    /** One node as the key user. */
    TsmClient user(int node) {
        return new TsmClient(
                clients.cluster().node(node).endpoint(), ApiKey.of(apiKey("user", node)), Timeouts.standard());
    }

    /** The API key of {@code user} or {@code admin} at a node. */
    String apiKey(String person, int node) {
        var line = Pattern.compile("(?m)^" + node + " = \"(.*)\"$");
        try {
            var found = line.matcher(Files.readString(folder.resolve("credentials").resolve(person + ".key")));
            assertThat(found.find()).isTrue();
            return found.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void append(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts these and waits until each of them sees all nodes that run. */
    void start(int... nodes) {
        for (int node : nodes) {
            running.put(node, NodeProcess.start(config(node)));
        }
        awaitReady();
    }

    /** Until every node that runs is ready and sees all the others that run. */
    void awaitReady() {
        var alive = List.copyOf(running.keySet());
        await("nodes " + alive + " are ready", () -> alive.stream().allMatch(node -> ready(node, alive)));
    }

    private boolean ready(int node, List<Integer> alive) {
        assertThat(process(node).alive()).as(process(node).log()).isTrue();
        try {
            var readiness = clients.admin(node).readiness();
            var seen = new ArrayList<>(readiness.canSignWith());
            seen.add(node);
            return (readiness.ready() || alive.size() == 1) && seen.containsAll(alive);
        } catch (TsmException notYet) {
            return false;
        }
    }

    private NodeProcess process(int node) {
        var process = running.get(node);
        if (process == null) {
            throw new AssertionError("node " + node + " does not run");
        }
        return process;
    }

    /** {@code kill -9}. */
    void kill(int node) {
        process(node).kill();
        running.remove(node);
    }

    /** SIGTERM; answers the exit code. */
    int stop(int node) {
        var process = process(node);
        running.remove(node);
        process.terminate();
        return process.exit();
    }

    void deleteDatabase(int node) {
        assertThat(data(node)).isDirectory();
        try (var files = Files.walk(data(node))) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command on this cluster, with {@code --json}. */
    Ran run(String... arguments) {
        var all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--cluster", folder.toString(), "--json"));
        return Ran.command(work, all.toArray(String[]::new));
    }

    JsonNode generate(String curve, String id) {
        return run("key", "generate", "--scheme", "schnorr", "--curve", curve, "--id", id).done();
    }

    /** Backs up all nodes. */
    Backup backUp() {
        var made = run("backup", "create", "--out", work.resolve("backups").toString()).done();
        assertThat(made.path("ok").asBoolean()).isTrue();
        var files = new TreeMap<Integer, Path>();
        made.path("files").forEach(file -> files.put(
                file.path("node").asInt(), work.resolve("backups").resolve(file.path("file").asText())));
        assertThat(files).containsOnlyKeys(1, 2, 3);
        return new Backup(files);
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("after " + PATIENCE + " still not: " + what);
            }
            sleep(Duration.ofMillis(100));
        }
    }

    static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        clients.close();
        running.values().forEach(NodeProcess::kill);
        running.clear();
    }
}
