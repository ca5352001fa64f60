package quorate.cli.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.cli.backup.DrillRecords.Told;
import quorate.cli.backup.DrillRecords.Unrecorded;
import quorate.cli.drill.DrillResult;
import quorate.cli.drill.DrilledKey;
import quorate.cli.drill.LiveKey;
import quorate.cli.drill.NotRestored;
import quorate.cli.terminal.Outcome;

/**
 * A drill as it is printed.
 *
 * @param notInBackup keys of the live nodes that no file has
 * @param recorded the nodes that know of it now
 */
record DrillReport(
        List<FileReport> files,
        List<DrilledKey> keys,
        SortedSet<Integer> restored,
        List<NotRestored> notRestored,
        List<String> notInBackup,
        List<Integer> recorded,
        List<Unrecorded> notRecorded,
        boolean ok) {
    static DrillReport of(DrillResult result, List<String> notInBackup, Told told) {
        return new DrillReport(
                result.verification().files().stream().map(FileReport::of).toList(),
                result.keys(),
                result.restored(),
                List.copyOf(result.notRestored().values()),
                notInBackup,
                told.recorded(),
                told.notRecorded(),
                result.ok() && !told.recorded().isEmpty());
    }

    /** The result, what is to be said beside it, and whether it is a failure. */
    static Outcome outcome(DrillResult result, List<String> notInBackup, Told told) {
        var report = of(result, notInBackup, told);
        var outcome = Outcome.of(report, report.lines());
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
        return told.recorded().isEmpty()
                ? outcome.failing(Problem.of(ProblemCode.DRILL_NOT_RECORDED, told.words()))
                : outcome;
    }

    /** In one line, as it is recorded. */
    static String detail(DrillResult result) {
        return "nodes " + result.restored() + " restored, " + result.signed() + " of " + result.keys().size()
                + " keys signed" + failure(result).map(problem -> "; " + problem.detail()).orElse("");
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
                .map(DrillReport::failed)
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

    private List<String> lines() {
        var lines = new ArrayList<String>();
        files.forEach(file -> lines.addAll(file.lines()));
        notRestored.forEach(refused -> {
            lines.add("node " + refused.node() + "  NOT restored: " + refused.code() + ": " + refused.reason());
            lines.add("    what to do: " + refused.remedy());
        });
        keys.forEach(key -> lines.addAll(lines(key)));
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
}
