package quorate.cli.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import quorate.api.ProblemCode;
import quorate.api.RecordDrill;
import quorate.cli.cluster.ClusterFile;
import quorate.cli.drill.DrillResult;
import quorate.sdk.AdminClient;
import quorate.sdk.AdminNodes;

/** Tells every live node what a drill came to, for each of the backups that its files are of. */
final class DrillRecords {
    private DrillRecords() {}

    /** A node that could not be told. */
    record Unrecorded(int node, ProblemCode code, String detail) {}

    /** Who knows of the drill now. */
    record Told(List<Integer> recorded, List<Unrecorded> notRecorded) {
        Told {
            recorded = List.copyOf(recorded);
            notRecorded = List.copyOf(notRecorded);
        }

        String words() {
            return notRecorded.isEmpty()
                    ? "no file says which backup it is of"
                    : notRecorded.stream()
                            .map(node -> "node " + node.node() + ": " + node.code() + ": " + node.detail())
                            .collect(Collectors.joining("; "));
        }
    }

    static Told tell(ClusterFile cluster, List<AdminClient> admins, DrillResult result, String detail) {
        var backups = result.verification().files().stream()
                .map(BackupFiles.FileVerdict::manifest)
                .filter(Objects::nonNull)
                .map(manifest -> Objects.requireNonNull(manifest).backupId())
                .collect(Collectors.toCollection(TreeSet::new));
        if (backups.isEmpty()) {
            return new Told(List.of(), List.of());
        }
        var record = new RecordDrill(result.ok(), result.keys().size(), result.signed(), shortened(detail));
        var answers = new AdminNodes(admins).askEach(node -> {
            backups.forEach(backupId -> node.recordDrill(backupId, record));
            return record;
        });
        var missing = new TreeMap<Integer, Unrecorded>();
        answers.failures().forEach((player, failure) ->
                missing.put(player, new Unrecorded(player, failure.code(), failure.problem().detail())));
        for (var node : cluster.nodes()) {
            if (admins.stream().noneMatch(admin -> admin.player() == node.index())) {
                missing.put(
                        node.index(),
                        new Unrecorded(node.index(), ProblemCode.CREDENTIALS, "no administrator's credentials here"));
            }
        }
        return new Told(List.copyOf(answers.given().keySet()), new ArrayList<>(missing.values()));
    }

    /** Within the limit of the API, whatever the characters. */
    private static String shortened(String text) {
        int most = 250;
        return text.length() <= most ? text : text.substring(0, most) + "...";
    }
}
