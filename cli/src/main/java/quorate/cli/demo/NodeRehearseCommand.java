package quorate.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.cli.cluster.Clients;
import quorate.cli.cluster.ClusterFile;
import quorate.cli.cluster.Health;
import quorate.cli.key.KeyKind;
import quorate.cli.node.Founding;
import quorate.cli.node.NodeHosting;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.NewKey;
import quorate.sdk.Signing;

/**
 * {@code node rehearse}: what a node does in its life, once, so that the Java runtime can record it. With {@code java
 * -XX:AOTCacheOutput=FILE} it makes a cache (JEP 514) with which nodes and commands start in half the time.
 */
@Command(
        name = "rehearse",
        description = {
            "Run two throw-away nodes in this process, make a key and sign with it, and remove them again.",
            "The launcher records a start-up cache meanwhile; images of nodes can do the same."
        },
        footer = {"  quorate node rehearse"})
public final class NodeRehearseCommand extends Action {
    private static final int NODES = 2;
    private static final int SIGNATURES = 100;
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Founding founding;
    private final NodeHosting hosting;

    private record Rehearsed(int nodes, int signatures) {}

    public NodeRehearseCommand(Host host, Founding founding, NodeHosting hosting) {
        super(host);
        this.founding = founding;
        this.hosting = hosting;
    }

    @Override
    protected Outcome run() throws IOException {
        var place = Files.createTempDirectory("quorate-rehearsal-");
        try {
            var folder = place.resolve("cluster");
            founding.cluster(folder, NODES, NODES, FreePorts.base(NODES, host.random()));
            play(ClusterFile.load(folder));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ProblemCode.INTERRUPTED, "interrupted; no node runs any more");
        } finally {
            Folders.delete(place);
        }
        return Outcome.of(
                new Rehearsed(NODES, SIGNATURES),
                List.of("Rehearsed " + SIGNATURES + " signatures with " + NODES + " nodes; nothing stays behind."));
    }

    private void play(ClusterFile cluster) throws InterruptedException {
        try (var _ = hosting.start(cluster.configOf(1));
                var _ = hosting.start(cluster.configOf(2));
                var clients = new Clients(cluster, host)) {
            awaitReady(cluster);
            var kind = KeyKind.ED25519;
            var key = clients.tsm().generateKey(NewKey.of(kind.scheme(), kind.curve(), NODES));
            for (int i = 0; i < SIGNATURES; i++) {
                var message = Bytes.of(("rehearsal " + i).getBytes(StandardCharsets.UTF_8));
                clients.tsm().sign(Signing.of(key.keyId(), message));
            }
        }
    }

    private void awaitReady(ClusterFile cluster) throws InterruptedException {
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        try (var health = new Health(cluster, host)) {
            while (health.ready().size() < NODES) {
                if (System.nanoTime() > deadline) {
                    throw new CommandFailed(
                            ProblemCode.NODE_NOT_STARTED, "the nodes do not reach each other on this machine");
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
        }
    }
}
