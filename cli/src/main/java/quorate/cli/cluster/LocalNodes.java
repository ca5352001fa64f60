package quorate.cli.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import quorate.api.ProblemCode;
import quorate.cli.cluster.ClusterFile.Node;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Progress;

/** The nodes of a cluster that run on this machine: one operating-system process each. */
public final class LocalNodes {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final int LOG_LINES = 5;
    private static final int LOG_BYTES = 8192;

    private final ClusterFile cluster;
    private final NodeStarter starter;
    private final Host host;

    public LocalNodes(ClusterFile cluster, NodeStarter starter, Host host) {
        this.cluster = cluster;
        this.starter = starter;
        this.host = host;
    }

    /** Whether the nodes that were started have come as far as they are needed. */
    @FunctionalInterface
    public interface Look {
        boolean isEnough();
    }

    /** One node as it is now: which process runs it, if one does, and whether it can sign. */
    public record State(int index, @Nullable Long pid, boolean ready) {}

    /**
     * Starts every node that does not run, and waits until they are ready. If one of them ends, the others go on when
     * they are detached, since a quorum of them can sign, and are stopped otherwise.
     */
    public List<State> up(boolean detached, Progress progress) throws IOException, InterruptedException {
        var started = new TreeMap<Integer, Process>();
        for (var node : local()) {
            if (running(node).isEmpty()) {
                started.put(node.index(), start(node, detached));
            }
        }
        try {
            awaitReady(started, progress);
            return states();
        } catch (RuntimeException | InterruptedException e) {
            if (!detached) {
                stop(started);
            }
            throw e;
        }
    }

    /** Starts one node and waits until it is ready. */
    public void up(int index, boolean detached, Progress progress) throws IOException, InterruptedException {
        var node = cluster.node(index);
        if (running(node).isEmpty()) {
            awaitReady(Map.of(index, start(node, detached)), progress);
        }
    }

    /** Starts every node that does not run, not detached, and waits until they are as far as they are needed. */
    public void up(Look look, Progress progress) throws IOException, InterruptedException {
        var started = new TreeMap<Integer, Process>();
        for (var node : local()) {
            if (running(node).isEmpty()) {
                started.put(node.index(), start(node, false));
            }
        }
        progress.show("waiting for " + started.size() + " nodes");
        await(started, look, () -> "after " + READY_WITHIN.toSeconds() + " s the nodes do not see one another");
    }

    /** Ends every node at once, whatever it is doing, and waits until they have: for nodes that nobody needs again. */
    public void kill() throws IOException {
        for (var node : local()) {
            running(node).ifPresent(ProcessHandle::destroyForcibly);
        }
        for (var node : local()) {
            awaitStopped(node);
        }
    }

    /** Asks every node to stop, and waits until they have. */
    public List<State> down(Progress progress) throws IOException {
        for (var node : local()) {
            running(node).ifPresent(ProcessHandle::destroy);
        }
        for (var node : local()) {
            progress.show("stopping node " + node.index());
            awaitStopped(node);
        }
        return states();
    }

    /** Asks one node to stop, and waits until it has. */
    public void down(int index) throws IOException {
        var node = cluster.node(index);
        running(node).ifPresent(ProcessHandle::destroy);
        awaitStopped(node);
    }

    public List<State> states() throws IOException {
        var states = new ArrayList<State>();
        try (var health = new Health(cluster, host)) {
            var ready = health.ready();
            for (var node : cluster.nodes()) {
                var pid = running(node).map(ProcessHandle::pid).orElse(null);
                states.add(new State(node.index(), pid, ready.contains(node.index())));
            }
        }
        return states;
    }

    /** The process of a node on this machine, if it runs. */
    public Optional<ProcessHandle> running(Node node) throws IOException {
        var folder = node.localFolder();
        return folder.isEmpty() ? Optional.empty() : new NodeProcessFile(folder.get()).running();
    }

    private List<Node> local() {
        var local = cluster.nodes().stream().filter(node -> node.localConfig().isPresent()).toList();
        if (local.isEmpty()) {
            throw new CommandFailed(
                    ProblemCode.CONFIGURATION,
                    "no node of this cluster runs on this machine",
                    "Start each node where it lives: quorate node run --config node.toml");
        }
        return local;
    }

    private Process start(Node node, boolean detached) throws IOException {
        var config = cluster.configOf(node.index());
        var process = starter.start(config, log(node), detached);
        new NodeProcessFile(folder(node)).write(process.toHandle());
        return process;
    }

    private void awaitReady(Map<Integer, Process> started, Progress progress) throws InterruptedException {
        try (var health = new Health(cluster, host)) {
            await(
                    started,
                    () -> {
                        var ready = health.ready();
                        progress.show("waiting for the nodes: " + ready.size() + " of " + cluster.nodes().size()
                                + " ready");
                        return ready.containsAll(started.keySet());
                    },
                    () -> "after " + READY_WITHIN.toSeconds() + " s only node " + health.ready()
                            + " can sign; the logs are " + cluster.folder() + "/node-*/node.log");
        }
    }

    private void await(Map<Integer, Process> started, Look look, Supplier<String> otherwise)
            throws InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (true) {
            requireAlive(started);
            if (look.isEnough()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new CommandFailed(ProblemCode.NODE_NOT_STARTED, otherwise.get());
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private void requireAlive(Map<Integer, Process> started) {
        started.forEach((index, process) -> {
            if (!process.isAlive()) {
                var log = log(cluster.node(index));
                throw new CommandFailed(
                        ProblemCode.NODE_NOT_STARTED,
                        "node " + index + " ended with exit code " + process.exitValue() + "; " + log + " ends with:\n"
                                + tail(log));
            }
        });
    }

    private void awaitStopped(Node node) throws IOException {
        var process = running(node);
        if (process.isPresent()) {
            try {
                process.get().onExit().get(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                throw new CommandFailed(
                        ProblemCode.NODE_RUNNING,
                        "node " + node.index() + " still runs as process " + process.get().pid() + " after "
                                + STOPPED_WITHIN.toSeconds() + " s",
                        "It may be finishing something: try again. As a last resort: kill -9 "
                                + process.get().pid());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandFailed(
                        ProblemCode.INTERRUPTED, "interrupted while node " + node.index() + " was stopping");
            } catch (ExecutionException e) {
                throw new IllegalStateException("cannot wait for process " + process.get().pid(), e);
            }
        }
        if (node.localFolder().isPresent()) {
            new NodeProcessFile(folder(node)).delete();
        }
    }

    /** Also after an interrupt, which must not keep it from waiting for the nodes. */
    private void stop(Map<Integer, Process> started) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            started.values().forEach(Process::destroy);
            for (int index : started.keySet()) {
                awaitStopped(cluster.node(index));
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Path folder(Node node) {
        return node.localFolder().orElseThrow();
    }

    private static Path log(Node node) {
        return folder(node).resolve("node.log");
    }

    private static String tail(Path log) {
        try (var channel = FileChannel.open(log, StandardOpenOption.READ)) {
            channel.position(Math.max(0, channel.size() - LOG_BYTES));
            var end = new String(Channels.newInputStream(channel).readNBytes(LOG_BYTES), StandardCharsets.UTF_8);
            var lines = end.lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
