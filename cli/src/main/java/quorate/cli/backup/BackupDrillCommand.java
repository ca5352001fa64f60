package quorate.cli.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.cli.backup.BackupFiles.FileVerdict;
import quorate.cli.backup.BackupFiles.Finding;
import quorate.cli.backup.DrillRecords.Unrecorded;
import quorate.cli.cluster.ClusterFile;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.cluster.NodeStarter;
import quorate.cli.demo.SignatureVerifier;
import quorate.cli.drill.Drill;
import quorate.cli.drill.DrillResult;
import quorate.cli.drill.DrilledKey;
import quorate.cli.drill.LiveKey;
import quorate.cli.drill.LiveKeys;
import quorate.cli.drill.NotRestored;
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

    /** {@code notInBackup} are keys of the live nodes that no file has. */
    private record Report(
            List<FileReport> files,
            List<DrilledKey> keys,
            SortedSet<Integer> restored,
            List<NotRestored> notRestored,
            List<String> notInBackup,
            List<Integer> recorded,
            List<Unrecorded> notRecorded,
            boolean ok) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record FileReport(
            String file,
            @Nullable Integer node,
            @Nullable String backupId,
            boolean sharesOpened,
            boolean ok,
            List<Finding> findings) {}

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
            var told = DrillRecords.tell(clients.cluster(), admins, result, detail(result));
            var outcome = report(
                    result, live.besides(result.keys().stream().map(DrilledKey::keyId).toList()), told);
            return keep(result, outcome);
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
                ProblemCode.INTERRUPTED, "interrupted; no scratch node runs any more, nothing of them is left or recorded");
    }

    private static SortedMap<Integer, Path> configs(ClusterFile file) {
        var configs = new TreeMap<Integer, Path>();
        file.nodes().forEach(node -> node.localConfig().ifPresent(config -> configs.put(node.index(), config)));
        return configs;
    }

    private static HashSet<Integer> ports(ClusterFile file) {
        var ports = new HashSet<Integer>();
        file.nodes().forEach(node -> ports.add(node.endpoint().api().getPort()));
        return ports;
    }

    /** The first thing that is wrong; empty if nothing is. */
    private static Optional<Problem> failure(DrillResult result) {
        if (result.ok()) {
            return Optional.empty();
        }
        var finding = result.verification().first().map(found -> failed(found.code()
                + (found.keyId() == null ? "" : ", key " + found.keyId()) + ": " + found.detail(), found.remedy()));
        var node = result.notRestored().values().stream()
                .findFirst()
                .map(refused -> failed(
                        "node " + refused.node() + ": " + refused.code() + ": " + refused.reason(), refused.remedy()));
        return result.keys().stream()
                .filter(key -> !key.isGood())
                .findFirst()
                .map(BackupDrillCommand::failed)
                .or(() -> finding)
                .or(() -> node);
    }

    private static Problem failed(DrilledKey key) {
        var live = key.live();
        var remedy = key.remedy();
        return live != null && live.state() == LiveKey.State.DIFFERENT
                ? failed("key " + key.keyId() + ": " + live.detail(), live.remedy())
                : failed("key " + key.keyId() + ": " + key.why(), remedy);
    }

    private static Problem failed(String detail, @Nullable String remedy) {
        var problem = Problem.of(ProblemCode.DRILL_FAILED, detail);
        return remedy == null ? problem : problem.advising(remedy);
    }

    private static String detail(DrillResult result) {
        return "nodes " + result.restored() + " restored, " + result.signed() + " of " + result.keys().size()
                + " keys signed" + failure(result).map(problem -> "; " + problem.detail()).orElse("");
    }

    private Outcome report(DrillResult result, List<String> notInBackup, DrillRecords.Told told) {
        var rows = result.verification().files().stream().map(BackupDrillCommand::row).toList();
        boolean recorded = !told.recorded().isEmpty();
        var report = new Report(
                rows,
                result.keys(),
                result.restored(),
                List.copyOf(result.notRestored().values()),
                notInBackup,
                told.recorded(),
                told.notRecorded(),
                result.ok() && recorded);
        var outcome = Outcome.of(report, lines(rows, result));
        if (!notInBackup.isEmpty()) {
            outcome = outcome.noting("keys of the live nodes that no file has: " + notInBackup);
        }
        for (var unrecorded : told.notRecorded()) {
            outcome = outcome.noting(
                    "node " + unrecorded.node() + " was not told: " + unrecorded.code() + ": " + unrecorded.detail());
        }
        var failure = failure(result);
        if (failure.isPresent()) {
            return outcome.failing(failure.get());
        }
        return recorded
                ? outcome.suggesting("quorate backup list" + cluster.suffix())
                : outcome.failing(Problem.of(ProblemCode.DRILL_NOT_RECORDED, told.words()));
    }

    private static List<String> lines(List<FileReport> rows, DrillResult result) {
        var lines = new ArrayList<String>();
        for (var row : rows) {
            lines.add(row.file() + (row.ok() ? "  good" : "  BAD"));
            row.findings().forEach(finding -> {
                lines.add("  " + finding.code() + (finding.keyId() == null ? "" : " key " + finding.keyId()) + ": "
                        + finding.detail());
                lines.add("    what to do: " + finding.remedy());
            });
        }
        result.notRestored().values().forEach(refused -> {
            lines.add("node " + refused.node() + "  NOT restored: " + refused.code() + ": " + refused.reason());
            lines.add("    what to do: " + refused.remedy());
        });
        result.keys().forEach(key -> lines.addAll(lines(key)));
        return lines;
    }

    private static List<String> lines(DrilledKey key) {
        var lines = new ArrayList<String>();
        lines.add("key " + key.keyId() + (key.restorable() ? "  signs" : "  does NOT sign") + ": " + key.why());
        if (key.remedy() != null) {
            lines.add("    what to do: " + key.remedy());
        }
        key.untested().forEach(node -> {
            lines.add("  node " + node.node() + " not tested: " + node.reason());
            lines.add("    what to do: " + node.remedy());
        });
        var live = key.live();
        if (live != null && live.remedy() != null) {
            lines.add("  " + live.state().wireName() + ": " + live.detail());
            lines.add("    what to do: " + live.remedy());
        }
        return lines;
    }

    private static FileReport row(FileVerdict verdict) {
        var manifest = verdict.manifest();
        return new FileReport(
                verdict.file().toString(),
                manifest == null ? null : manifest.node(),
                manifest == null ? null : manifest.backupId(),
                verdict.sharesOpened(),
                verdict.findings().isEmpty(),
                verdict.findings());
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
                                    new Ledger.Check(host.clock().instant(), result.ok(), detail(result)));
                }
            }
            return outcome;
        } catch (IOException e) {
            return outcome.noting("the result could not be kept beside the files: " + e.getMessage());
        }
    }
}
