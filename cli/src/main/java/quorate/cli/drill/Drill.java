package quorate.cli.drill;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import quorate.api.KeyInfo;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.cli.backup.BackupFiles;
import quorate.cli.backup.BackupFiles.KeyVerdict;
import quorate.cli.backup.BackupFiles.Verification;
import quorate.cli.cluster.NodeStarter;
import quorate.cli.demo.SignatureVerifier;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Progress;
import quorate.sdk.TsmException;

/**
 * Proves that backups can be restored (product.md 2.1): verifies the files, restores them with the code of {@code
 * backup restore} into scratch nodes, starts these as processes on loopback, and has them sign with every key. However
 * it ends, no scratch node runs afterwards and nothing of them is left. The live nodes are not part of it.
 */
public final class Drill {
    private final Host host;
    private final BackupFiles backups;
    private final ScratchFounding founding;
    private final NodeStarter starter;
    private final SignatureVerifier verifier;
    private final Duration timeout;

    /**
     * A drill.
     *
     * @param starter of processes that end with this one
     * @param timeout after which no further key is begun
     */
    public Drill(
            Host host,
            BackupFiles backups,
            ScratchFounding founding,
            NodeStarter starter,
            SignatureVerifier verifier,
            Duration timeout) {
        this.host = host;
        this.backups = backups;
        this.founding = founding;
        this.starter = starter;
        this.verifier = verifier;
        this.timeout = timeout;
    }

    /**
     * Drills exactly these files.
     *
     * @param configs of the nodes that are configured on this machine, by player
     * @param taken ports of the live nodes, besides those in the configurations
     */
    public DrillResult run(
            List<Path> files, SortedMap<Integer, Path> configs, Set<Integer> taken, Progress progress)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (var scratch = ScratchFolder.create()) {
            scratch.removeLeftBehind(host.clock());
            progress.show("verifying " + files.size() + " files");
            var reader = backups.workingIn(scratch.spool());
            var verification = reader.verify(files, configs);
            var notRestored = new TreeMap<Integer, NotRestored>();
            var sources = sources(verification, configs, notRestored);
            if (sources.isEmpty()) {
                return nothing(verification, notRestored);
            }
            var originals = new TreeMap<>(configs);
            originals.keySet().retainAll(sources.keySet());
            try (var nodes = ScratchNodes.found(founding, scratch.cluster(), originals, taken, host)) {
                var restored = restore(reader, nodes, sources, notRestored, progress);
                return restored.isEmpty()
                        ? nothing(verification, notRestored)
                        : sign(nodes, verification, restored, notRestored, deadline, progress);
            }
        }
    }

    /** The file of each node that can be restored here; of two files of one node, which is a finding, the first. */
    private static SortedMap<Integer, Path> sources(
            Verification verification, SortedMap<Integer, Path> configs, Map<Integer, NotRestored> notRestored) {
        var sources = new TreeMap<Integer, Path>();
        for (var file : verification.files()) {
            var manifest = file.manifest();
            if (manifest == null) {
                continue;
            }
            if (configs.containsKey(manifest.node())) {
                sources.putIfAbsent(manifest.node(), file.file());
            } else {
                notRestored.put(
                        manifest.node(),
                        new NotRestored(
                                manifest.node(),
                                ProblemCode.CONFIGURATION,
                                "node " + manifest.node()
                                        + " has no configuration here, so neither identity nor master key",
                                "Drill where identity, master key and node.toml of the node are, and name that file as"
                                        + " its config in cluster.toml."));
            }
        }
        return sources;
    }

    private Set<Integer> restore(
            BackupFiles reader,
            ScratchNodes nodes,
            SortedMap<Integer, Path> sources,
            Map<Integer, NotRestored> notRestored,
            Progress progress)
            throws InterruptedException {
        var restored = new TreeSet<Integer>();
        for (var source : sources.entrySet()) {
            int player = source.getKey();
            progress.show("restoring node " + player);
            try (var restore = reader.open(source.getValue(), nodes.configOf(player), Optional.empty(), false)) {
                restore.carryOut();
                restored.add(player);
            } catch (CommandFailed e) {
                notRestored.put(player, NotRestored.of(player, e.problem()));
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return restored;
    }

    private DrillResult sign(
            ScratchNodes nodes,
            Verification verification,
            Set<Integer> restored,
            Map<Integer, NotRestored> notRestored,
            long deadline,
            Progress progress)
            throws IOException, InterruptedException {
        try (var running = nodes.start(restored, starter, progress)) {
            var held = new HashMap<Integer, Map<String, KeyInfo>>();
            for (int player : restored) {
                try (var node = running.clients().user(player)) {
                    var keys = node.keys().stream().collect(Collectors.toMap(KeyInfo::keyId, Function.identity()));
                    held.put(player, keys);
                }
            }
            var signatures = new DrillSignatures(running.clients().tsm(), verifier, host.random());
            var drill = new KeyDrill(held, notRestored, signatures::sign);
            return result(verification, restored, notRestored, keyId -> {
                if (System.nanoTime() > deadline) {
                    return DrilledKey.untried(
                            keyId,
                            "not reached within " + timeout.toSeconds() + " s",
                            "Give a longer --timeout.",
                            List.of());
                }
                progress.show("signing with key " + keyId);
                return drill.drill(keyId);
            });
        } catch (TsmException.Interrupted e) {
            throw e;
        } catch (TsmException e) {
            return broken(verification, restored, notRestored, e.problem());
        } catch (CommandFailed e) {
            return broken(verification, restored, notRestored, e.problem());
        }
    }

    /** The restored nodes do not run, or do not answer: that is what the drill found out. */
    private static DrillResult broken(
            Verification verification, Set<Integer> restored, Map<Integer, NotRestored> notRestored, Problem problem) {
        return result(verification, restored, notRestored, keyId -> DrilledKey.untried(
                keyId, problem.code() + ": " + problem.detail(), problem.remedy(), List.of()));
    }

    /** No node was restored: every key is named with the reasons. */
    private static DrillResult nothing(Verification verification, Map<Integer, NotRestored> notRestored) {
        var drill = new KeyDrill(Map.of(), notRestored, (key, quorum) -> {
            throw new IllegalStateException("there is nobody who could sign");
        });
        return result(verification, Set.of(), notRestored, drill::drill);
    }

    private static DrillResult result(
            Verification verification,
            Set<Integer> restored,
            Map<Integer, NotRestored> notRestored,
            Function<String, DrilledKey> drill) {
        var keys = verification.keys().stream().map(KeyVerdict::keyId).map(drill).toList();
        return new DrillResult(verification, new TreeSet<>(restored), new TreeMap<>(notRestored), keys);
    }
}
