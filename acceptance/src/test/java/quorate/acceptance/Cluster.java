package quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import quorate.cli.cluster.Clients;
import quorate.cli.cluster.ClusterFile;
import quorate.sdk.ApiKey;
import quorate.sdk.NodeEndpoint;
import quorate.sdk.Timeouts;
import quorate.sdk.TsmClient;
import quorate.sdk.TsmException;

/**
 * Three nodes on this machine, any two of which sign, with short deadlines; two more can be added. Whatever is said to their API is judged by
 * its contract. Closing it kills what still runs, and fails if the contract was not kept.
 */
final class Cluster implements AutoCloseable {
    static final List<Integer> ALL = List.of(1, 2, 3);
    static final List<List<Integer>> PAIRS = List.of(List.of(1, 2), List.of(1, 3), List.of(2, 3));
    private static final int MOST_ADDED = 2;
    private static final String LIMITS =
            """

            [limits]
            session-deadline = "10s"
            pending-deadline = "5s"
            drain-timeout = "3s"
            """;

    /** What ECDSA does, above all the set-up of pairs, takes long enough for a busy machine to need these. */
    private static final String LIMITS_OF_ECDSA = LIMITS.replace("\"10s\"", "\"45s\"");

    private final Path work;
    private final ClusterFolder folder;
    private final String limits;
    private final Map<Integer, NodeEndpoint> nodes = new TreeMap<>();
    private final Map<Integer, NodeProcess> running = new TreeMap<>();
    private final Contract contract = new Contract();
    private final List<ApiWitness> witnesses = new ArrayList<>();
    private Clients clients;

    private Cluster(Path work, ClusterFolder folder, String limits) {
        this.limits = limits;
        this.work = work;
        this.folder = folder;
        ClusterFile.load(folder.path()).nodes().forEach(node -> nodes.put(node.index(), node.endpoint()));
        nodes.values().forEach(this::witness);
        this.clients = clientsOf(work, folder);
    }

    private static Clients clientsOf(Path work, ClusterFolder folder) {
        return new Clients(
                ClusterFile.load(folder.path()),
                Ran.host(work, OutputStream.nullOutputStream(), OutputStream.nullOutputStream()));
    }

    /** Makes two more nodes, starts them, and registers them with those that run; none of these is started again. */
    void addTwoNodes() {
        var added = Ran.command(
                        work, "cluster", "add-node", folder.path().toString(), "--nodes", "2", "--json")
                .done();
        clients.close();
        clients = clientsOf(work, folder);
        var cards = new ArrayList<String>(List.of("node", "register"));
        added.path("nodes").forEach(node -> {
            int index = node.path("index").asInt();
            cards.add(node.path("card").asText());
            var endpoint = clients.cluster().node(index).endpoint();
            nodes.put(index, endpoint);
            witness(endpoint);
            ClusterFolder.append(folder.config(index), limits);
            running.put(index, NodeProcess.start(folder.config(index)));
        });
        clients.close();
        clients = clientsOf(work, folder);
        Waiting.until("the new nodes answer", () -> running.keySet().stream().allMatch(this::answers));
        run(cards.toArray(String[]::new)).done();
        awaitReady();
    }

    private boolean answers(int node) {
        try {
            return clients.admin(node).ready().player() == node;
        } catch (TsmException notYet) {
            return false;
        }
    }

    /** Makes it with {@code cluster init}; no node runs yet. */
    static Cluster init(Path work) {
        return init(work, LIMITS);
    }

    /** The same with the patience that ECDSA needs. */
    static Cluster initForEcdsa(Path work) {
        return init(work, LIMITS_OF_ECDSA);
    }

    private static Cluster init(Path work, String limits) {
        var folder = work.resolve("cluster");
        var basePort = String.valueOf(FreePorts.base(ALL.size() + MOST_ADDED));
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
                        basePort,
                        "--json")
                .done();
        var cluster = new Cluster(work, new ClusterFolder(folder), limits);
        ALL.forEach(node -> ClusterFolder.append(cluster.folder.config(node), limits));
        return cluster;
    }

    /** From now on cluster.toml leads everybody who wants to talk to this node through a witness. */
    private void witness(NodeEndpoint node) {
        var witness = new ApiWitness(node, contract);
        witnesses.add(witness);
        ClusterFolder.edit(folder.clusterFile(), text -> text.replace(node.api().toString(), witness.api().toString())
                .replace(node.apiSha256().hex(), witness.apiSha256().hex()));
    }

    /** Makes it and starts all nodes. */
    static Cluster up(Path work) {
        return up(init(work));
    }

    /** The same with the patience that ECDSA needs. */
    static Cluster upForEcdsa(Path work) {
        return up(initForEcdsa(work));
    }

    private static Cluster up(Cluster cluster) {
        try {
            cluster.start(1, 2, 3);
            return cluster;
        } catch (RuntimeException | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    Path work() {
        return work;
    }

    ClusterFolder folder() {
        return folder;
    }

    /** Where callers reach a node. */
    URI api(int node) {
        return clients.cluster().node(node).endpoint().api();
    }

    /** Where a node itself listens for callers. */
    int apiPort(int node) {
        return endpoint(node).api().getPort();
    }

    /** Where a node listens for the others. */
    int mpcPort(int node) {
        return apiPort(node) + FreePorts.LINKS;
    }

    private NodeEndpoint endpoint(int node) {
        return Objects.requireNonNull(nodes.get(node));
    }

    /** What everybody has said to the nodes so far, and they to everybody, was as openapi.yaml describes it. */
    void assertContractKept() {
        contract.assertKept();
    }

    Clients clients() {
        return clients;
    }

    /** One node as the key user. */
    TsmClient user(int node) {
        return user(node, Timeouts.standard());
    }

    /** Past the witness: for so many calls alike that the contract has judged enough of them. */
    TsmClient unjudgedUser(int node) {
        return new TsmClient(
                Objects.requireNonNull(nodes.get(node)), ApiKey.of(folder.apiKey("user", node)), Timeouts.standard());
    }

    /** The same, for so many at once that the answers take longer. */
    TsmClient user(int node, Timeouts timeouts) {
        return new TsmClient(
                clients.cluster().node(node).endpoint(), ApiKey.of(folder.apiKey("user", node)), timeouts);
    }

    /** Starts these and waits until each of them sees all nodes that run. */
    void start(int... nodes) {
        for (int node : nodes) {
            running.put(node, NodeProcess.start(folder.config(node)));
        }
        awaitReady();
    }

    /** Until every node that runs is ready and sees all the others that run. */
    void awaitReady() {
        var alive = List.copyOf(running.keySet());
        Waiting.until("nodes " + alive + " are ready", () -> alive.stream().allMatch(node -> ready(node, alive)));
    }

    /** The same for one node, which waits for a debugger's commands. */
    int startForDebugger(int node) {
        return startForDebugger(node, List.of());
    }

    int startForDebugger(int node, List<String> jvmOptions) {
        var process = NodeProcess.startForDebugger(folder.config(node), jvmOptions);
        running.put(node, process);
        awaitReady();
        return process.debugPort();
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

    String log(int node) {
        return process(node).log();
    }

    void deleteDatabase(int node) {
        assertThat(folder.data(node)).isDirectory();
        ClusterFolder.delete(folder.data(node));
    }

    /** Runs a command on this cluster, with {@code --json}. */
    Ran run(String... arguments) {
        return Ran.command(work, onThisCluster(arguments));
    }

    /** The same as a process of its own. */
    Ran runProcess(String... arguments) {
        return Ran.process(work, List.of(), onThisCluster(arguments));
    }

    private String[] onThisCluster(String... arguments) {
        return Stream.concat(Arrays.stream(arguments), Stream.of("--cluster", folder.path().toString(), "--json"))
                .toArray(String[]::new);
    }

    JsonNode generate(String curve, String id) {
        return run("key", "generate", "--scheme", "schnorr", "--curve", curve, "--id", id).done();
    }

    /** The same for these nodes. */
    JsonNode generate(String curve, String id, int threshold, Integer... nodes) {
        var players = Arrays.stream(nodes).map(String::valueOf).collect(Collectors.joining(","));
        return run(
                        "key", "generate", "--scheme", "schnorr", "--curve", curve, "--id", id, "--threshold",
                        String.valueOf(threshold), "--players", players)
                .done();
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

    @Override
    public void close() {
        clients.close();
        running.values().forEach(NodeProcess::kill);
        running.clear();
        witnesses.forEach(ApiWitness::close);
        assertContractKept();
    }
}
