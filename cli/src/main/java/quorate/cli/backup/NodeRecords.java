package quorate.cli.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import quorate.api.BackupRecord;
import quorate.api.BackupState;
import quorate.cli.backup.Ledger.Check;
import quorate.cli.backup.Ledger.Entry;
import quorate.cli.backup.Ledger.FileEntry;
import quorate.sdk.Answers;

/** What the nodes remember of their backups, put together by backup. */
final class NodeRecords {
    private NodeRecords() {}

    /** The backups, newest first. */
    static List<Entry> entries(Answers<List<BackupRecord>> answers) {
        answers.failure().filter(failure -> answers.given().isEmpty()).ifPresent(failure -> {
            throw failure;
        });
        var byId = new LinkedHashMap<String, List<BackupRecord>>();
        answers.given().values().forEach(records -> records.forEach(
                record -> byId.computeIfAbsent(record.backupId(), id -> new ArrayList<>()).add(record)));
        return byId.values().stream()
                .map(NodeRecords::entry)
                .sorted(Comparator.comparing(Entry::createdAt).reversed())
                .toList();
    }

    private static Entry entry(List<BackupRecord> records) {
        var files = records.stream()
                .sorted(Comparator.comparingInt(BackupRecord::player))
                .map(record -> new FileEntry(
                        record.player(), "", written(record), record.digest(), 0, record.keys(), record.detail()))
                .toList();
        var created = records.stream().map(BackupRecord::createdAt).min(Comparator.naturalOrder());
        return new Entry(
                records.getFirst().backupId(), created.orElse(Instant.EPOCH), files, verified(records), null);
    }

    /** A file that was verified or refused later was written once. */
    private static BackupState written(BackupRecord record) {
        return record.state() == BackupState.INCOMPLETE ? BackupState.INCOMPLETE : BackupState.COMPLETE;
    }

    private static @Nullable Check verified(List<BackupRecord> records) {
        return records.stream()
                .filter(record -> record.checkedAt() != null
                        && (record.state() == BackupState.VERIFIED || record.state() == BackupState.REFUSED))
                .map(record -> new Check(
                        Objects.requireNonNull(record.checkedAt()),
                        record.state() == BackupState.VERIFIED,
                        record.detail()))
                .min(Comparator.comparing(Check::ok).thenComparing(Check::at))
                .orElse(null);
    }
}
