package quorate.cli.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quorate.api.ProblemCode;
import quorate.cli.cluster.ClusterFile;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.cluster.NodeStarter;
import quorate.cli.demo.SignatureVerifier;
import quorate.cli.drill.Drill;
import quorate.cli.drill.DrillResult;
import quorate.cli.drill.DrilledKey;
import quorate.cli.drill.LiveKeys;
import quorate.cli.drill.ScratchFounding;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Durations;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.TsmException;

/** {@code backup drill}: restore the files into scratch nodes, have them sign with every key, and tell every node. */
@Command(
        name = "drill",
        description = {
            "Restore backup files into scratch nodes on loopback, sign with every key, delete them, tell every node.",
            "Asks nothing and touches nothing that is live. With fewer files it says what it could not test."
        },
        footer = {
            "  quorate backup drill backups/20261122t033000z-5f1d0c0a-node-*.qbk",
            "  quorate backup drill --timeout 2h --json backups/20261122t033000z-5f1d0c0a-node-*.qbk"
        })
public final class BackupDrillCommand extends Action {
    private final BackupFiles files;
    private final ScratchFounding founding;
    private final NodeStarter starter;
    private final SignatureVerifier verifier;

    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files, one of each node; exactly these.")
    private List<Path> named = List.of();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Durations.class,
            defaultValue = "30m",
            description = "After this no further key is begun, and the drill fails; default ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // has a default value
    private Duration timeout;

    public BackupDrillCommand(
            Host host, BackupFiles files, ScratchFounding founding, NodeStarter starter, SignatureVerifier verifier) {
        super(host);
        this.files = files;
        this.founding = founding;
        this.starter = starter;
        this.verifier = verifier;
    }

    @Override
    protected Outcome run() throws IOException {
        var paths = named.stream().map(host::resolve).toList();
        try (var clients = cluster.open(host);
                var progress = progress()) {
            var admins = clients.admins();
            var drill = new Drill(host, files, founding, starter, verifier, timeout);
            var drilled = drill.run(paths, configs(clients.cluster()), ports(clients.cluster()), progress);
            var live = LiveKeys.of(admins);
            var result = drilled.beside(live);
            var told = DrillRecords.tell(clients.cluster(), admins, result, DrillReport.detail(result));
            var outcome = DrillReport.outcome(
                    result, live.besides(result.keys().stream().map(DrilledKey::keyId).toList()), told);
            return keep(result, outcome.suggesting("quorate backup list" + cluster.suffix()));
        } catch (InterruptedException | TsmException.Interrupted e) {
            throw interrupted();
        } catch (IOException | UncheckedIOException e) {
            // A file that is being read when the interrupt comes says so in its own words.
            if (Thread.interrupted()) {
                throw interrupted();
            }
            throw e;
        }
    }

    private static CommandFailed interrupted() {
        return new CommandFailed(
                ProblemCode.INTERRUPTED,
                "interrupted; no scratch node runs any more, nothing of them is left, nothing was recorded");
    }

    private static SortedMap<Integer, Path> configs(ClusterFile file) {
        var configs = new TreeMap<Integer, Path>();
        file.nodes().forEach(node -> node.localConfig().ifPresent(config -> configs.put(node.index(), config)));
        return configs;
    }

    private static Set<Integer> ports(ClusterFile file) {
        var ports = new HashSet<Integer>();
        file.nodes().forEach(node -> ports.add(node.endpoint().api().getPort()));
        return ports;
    }

    /** Every result is kept beside the files too. */
    private Outcome keep(DrillResult result, Outcome outcome) {
        try {
            for (var verdict : result.verification().files()) {
                var folder = verdict.file().toAbsolutePath().getParent();
                if (folder != null && Ledger.isIn(folder)) {
                    new Ledger(folder)
                            .recordDrill(
                                    String.valueOf(verdict.file().getFileName()),
                                    new Ledger.Check(host.clock().instant(), result.ok(), DrillReport.detail(result)));
                }
            }
            return outcome;
        } catch (IOException e) {
            return outcome.noting("the result could not be kept beside the files: " + e.getMessage());
        }
    }
}
