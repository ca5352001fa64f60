package quorate.cli.backup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import quorate.api.BackupList;
import quorate.api.BackupRecord;
import quorate.api.BackupState;
import quorate.api.Drill;
import quorate.cli.backup.Ledger.Check;
import quorate.cli.backup.Ledger.Entry;
import quorate.cli.backup.Ledger.FileEntry;
import quorate.sdk.Answers;

/** What the nodes remember of their backups, put together by backup. */
final class NodeRecords {
    private NodeRecords() {}

    /** The backups, newest first. */
    static List<Entry> entries(Answers<BackupList> answers) {
        answers.failure().filter(failure -> answers.given().isEmpty()).ifPresent(failure -> {
            throw failure;
        });
        var byId = new LinkedHashMap<String, List<BackupRecord>>();
        answers.given().values().forEach(list -> list.backups().forEach(
                record -> byId.computeIfAbsent(record.backupId(), id -> new ArrayList<>()).add(record)));
        var drills = answers.given().values().stream().flatMap(list -> list.drills().stream()).toList();
        return byId.values().stream()
                .map(records -> entry(records, drills))
                .sorted(Comparator.comparing(Entry::createdAt).reversed())
                .toList();
    }

    private static Entry entry(List<BackupRecord> records, List<Drill> drills) {
        var backupId = records.getFirst().backupId();
        var files = records.stream()
                .sorted(Comparator.comparingInt(BackupRecord::player))
                .map(record -> new FileEntry(
                        record.player(), "", written(record), record.digest(), 0, record.keys(), record.detail()))
                .toList();
        var created = records.stream().map(BackupRecord::createdAt).min(Comparator.naturalOrder());
        return new Entry(
                backupId,
                created.orElse(Instant.EPOCH),
                files,
                verified(records),
                drills.stream()
                        .filter(drill -> drill.backupId().equals(backupId))
                        .max(Comparator.comparing(Drill::at))
                        .map(drill -> new Check(drill.at(), drill.ok(), drill.detail()))
                        .orElse(null));
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
