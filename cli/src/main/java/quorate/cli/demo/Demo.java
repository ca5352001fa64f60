package quorate.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Map;
import java.util.TreeMap;
import quorate.api.KeyInfo;
import quorate.api.PauseRequest;
import quorate.api.ProblemCode;
import quorate.api.Signable;
import quorate.cli.backup.BackupCreation;
import quorate.cli.backup.BackupFiles;
import quorate.cli.cluster.Clients;
import quorate.cli.cluster.ClusterFile;
import quorate.cli.cluster.LocalNodes;
import quorate.cli.cluster.NodeStarter;
import quorate.cli.key.KeyKind;
import quorate.cli.node.Founding;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Progress;
import quorate.sdk.AdminClient;
import quorate.sdk.AdminNodes;
import quorate.sdk.NewKey;
import quorate.sdk.TsmException;

/**
 * The story: three nodes make three keys, any two of them sign, also from presignatures, all are backed up, one loses
 * its database, the others go on, it comes back from its backup, all get new shares. Everything is done by the code of the commands, and
 * every signature is checked by other people's code.
 */
final class Demo {
    private static final int NODES = 3;
    private static final int THRESHOLD = 2;
    private static final int LOST = 2;
    private static final List<List<Integer>> PAIRS = List.of(List.of(1, 2), List.of(1, 3), List.of(2, 3));
    private static final String DESCENDANT = "m/0/5";
    private static final Duration BACKUP_DEADLINE = Duration.ofMinutes(1);

    private final Host host;
    private final Founding founding;
    private final NodeStarter starter;
    private final BackupFiles backups;
    private final SignatureVerifier verifier;

    Demo(Host host, Founding founding, NodeStarter starter, BackupFiles backups, SignatureVerifier verifier) {
        this.host = host;
        this.founding = founding;
        this.starter = starter;
        this.backups = backups;
        this.verifier = verifier;
    }

    /**
     * Tells the story in this folder, which must not exist yet or be empty. No node runs when it ends, however it
     * ends.
     */
    void tell(Path folder, Steps steps, Progress progress) throws IOException, InterruptedException {
        steps.run("make a cluster of three nodes, any two of which sign", () ->
                founding.cluster(folder, NODES, THRESHOLD, FreePorts.base(NODES, host.random())));
        var cluster = ClusterFile.load(folder);
        var nodes = new LocalNodes(cluster, starter, host);
        try (var clients = new Clients(cluster, host)) {
            steps.run("start the nodes", () -> nodes.up(false, progress));
            play(clients, nodes, steps, progress);
        } finally {
            stop(nodes, steps, progress);
        }
    }

    private void play(Clients clients, LocalNodes nodes, Steps steps, Progress progress)
            throws IOException, InterruptedException {
        var keys = new ArrayList<KeyInfo>();
        steps.run("generate an Ed25519 key", () -> keys.add(generate(clients, KeyKind.ED25519)));
        steps.run("generate a BIP-340 key", () -> keys.add(generate(clients, KeyKind.BIP340)));
        steps.run("generate an ECDSA key on secp256k1", () -> keys.add(generate(clients, KeyKind.ECDSA_SECP256K1)));
        var ecdsa = keys.getLast();
        var signatures = new Signatures(clients.tsm(), verifier);
        for (var pair : PAIRS) {
            steps.run("sign with nodes " + pair, () -> signAll(signatures, keys, pair));
        }
        steps.run("sign as the derived key " + DESCENDANT, () -> signatures.sign(ecdsa, DESCENDANT, PAIRS.getLast()));
        var presigned = new PresignedStory(clients.tsm(), signatures, ecdsa, PAIRS.getFirst());
        presigned.begin(steps);
        var folder = clients.cluster().folder().resolve("backups");
        var files = new TreeMap<Integer, Path>();
        steps.run("pause all nodes", () -> pause(clients));
        steps.run("back up all databases", () -> backUp(clients, folder, files));
        steps.run("verify the backups", () -> verify(clients.cluster(), List.copyOf(files.values())));
        steps.run("resume", () -> resume(clients));
        steps.run("stop node " + LOST + " and delete its database", () -> loseDatabase(clients.cluster(), nodes));
        steps.run("sign with nodes [1, 3] meanwhile", () -> signAll(signatures, keys, List.of(1, 3)));
        steps.run("restore node " + LOST + " from its backup", () -> restore(clients.cluster(), files));
        steps.run("start node " + LOST, () -> nodes.up(LOST, false, progress));
        presigned.requireVoid(steps);
        steps.run("sign with nodes [1, 2] again", () -> signAll(signatures, keys, List.of(1, 2)));
        steps.run("sign with nodes [2, 3] again", () -> signAll(signatures, keys, List.of(2, 3)));
        steps.run("see that all pairs have set up anew", () -> requireAllPairs(clients));
        presigned.beginAnew(steps);
        new ReshareStory(clients, signatures, keys).tell(steps, PAIRS);
        presigned.requireGone(steps);
    }

    private static KeyInfo generate(Clients clients, KeyKind kind) {
        return clients.tsm().generateKey(NewKey.of(kind.scheme(), kind.curve(), THRESHOLD));
    }

    private static void signAll(Signatures signatures, List<KeyInfo> keys, List<Integer> signers) {
        keys.forEach(key -> signatures.sign(key, Signable.ROOT_PATH, signers));
    }

    /** A pair of a restored node has none of its former state; the first signature that needs it makes it anew. */
    private static void requireAllPairs(Clients clients) {
        var states = clients.tsm().status();
        states.failure().ifPresent(Demo::fail);
        states.given().forEach((player, status) -> {
            if (!status.pairs().isEmpty()) {
                throw new CommandFailed(ProblemCode.INTERNAL, "node " + player + " says of pairs: " + status.pairs());
            }
        });
    }

    private void pause(Clients clients) {
        var request = new PauseRequest(BACKUP_DEADLINE.multipliedBy(5).toSeconds(), "demo", null);
        new AdminNodes(clients.admins()).askEach(admin -> admin.pause(request)).failure().ifPresent(Demo::fail);
        try {
            generate(clients, KeyKind.ED25519);
        } catch (TsmException refused) {
            if (refused.code() == ProblemCode.PAUSED) {
                return;
            }
            throw refused;
        }
        throw new CommandFailed(ProblemCode.INTERNAL, "a key was generated although the nodes are paused");
    }

    private static void resume(Clients clients) {
        new AdminNodes(clients.admins()).askEach(AdminClient::resume).failure().ifPresent(Demo::fail);
    }

    private void backUp(Clients clients, Path folder, Map<Integer, Path> files) throws IOException {
        var made = new BackupCreation(backups, host.clock(), host.random(), BACKUP_DEADLINE)
                .run(clients.admins(), folder);
        if (!made.ok()) {
            throw new CommandFailed(ProblemCode.BACKUP_FAILED, made.failures());
        }
        files.putAll(made.complete());
    }

    private void verify(ClusterFile cluster, List<Path> files) {
        var configs = new TreeMap<Integer, Path>();
        cluster.nodes().forEach(node -> configs.put(node.index(), cluster.configOf(node.index())));
        var verification = backups.verify(files, configs);
        verification.first().ifPresent(finding -> {
            throw new CommandFailed(finding.code(), finding.detail(), finding.remedy());
        });
        verification.keys().stream().filter(key -> !key.restorable()).findFirst().ifPresent(key -> {
            throw new CommandFailed(ProblemCode.BACKUP_INCONSISTENT, "key " + key.keyId() + ": " + key.why());
        });
    }

    private static void loseDatabase(ClusterFile cluster, LocalNodes nodes) throws IOException {
        nodes.down(LOST);
        var data = cluster.node(LOST).localFolder().orElseThrow().resolve("data");
        if (!Files.isDirectory(data)) {
            throw new CommandFailed(ProblemCode.INTERNAL, data + " is not where the database is");
        }
        Folders.delete(data);
    }

    private void restore(ClusterFile cluster, Map<Integer, Path> files) {
        var file = files.get(LOST);
        if (file == null) {
            throw new CommandFailed(ProblemCode.BACKUP_INCOMPLETE, "there is no backup of node " + LOST);
        }
        try (var restore = backups.open(file, cluster.configOf(LOST), Optional.empty(), false)) {
            restore.carryOut();
        }
    }

    /** Also after an interrupt, which must not keep it from waiting for the nodes. */
    private static void stop(LocalNodes nodes, Steps steps, Progress progress)
            throws IOException, InterruptedException {
        boolean interrupted = Thread.interrupted();
        try {
            steps.run("stop all nodes", () -> nodes.down(progress));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void fail(TsmException failure) {
        throw failure;
    }
}
