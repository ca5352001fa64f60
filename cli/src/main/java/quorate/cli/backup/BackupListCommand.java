package quorate.cli.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import quorate.api.BackupState;
import quorate.api.KeyInfo;
import quorate.cli.backup.Ledger.Check;
import quorate.cli.backup.Ledger.Entry;
import quorate.cli.cluster.Clients;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Durations;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.AdminClient;
import quorate.sdk.AdminNodes;
import quorate.sdk.Answers;

/** {@code backup list}: which backups there are, how good they are, and what has happened since. */
@Command(
        name = "list",
        description = {
            "List backups: age, completeness, last verification, last drill, and keys created since.",
            "With DIR those in the folder, otherwise those that the nodes remember."
        },
        footer = {"  quorate backup list /srv/backups/quorate"})
public final class BackupListCommand extends Action {
    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The folder that 'backup create --out' wrote to.")
    private @Nullable Path folder;

    private record Report(List<BackupReport> backups, List<FileReport> files, boolean ok) {}

    /** {@code keysCreatedAfter} is null when the nodes cannot be asked. */
    private record BackupReport(
            String backupId,
            Instant createdAt,
            long ageSeconds,
            boolean complete,
            int files,
            @Nullable Check verified,
            @Nullable Check drilled,
            @Nullable Integer keysCreatedAfter) {}

    private record FileReport(String backupId, int node, String file, BackupState state, int keys, boolean present) {}

    public BackupListCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() throws IOException {
        if (folder != null) {
            var entries = new Ledger(host.resolve(folder)).read();
            return report(entries, host.resolve(folder), knownKeys());
        }
        try (var clients = cluster.open(host)) {
            var nodes = new AdminNodes(clients.admins());
            return report(NodeRecords.entries(nodes.askEach(AdminClient::backupList)), null, keys(clients));
        }
    }

    /** The keys that exist now, if there is a cluster that can be asked. */
    private Optional<Answers<List<KeyInfo>>> knownKeys() {
        try {
            return cluster.fileIfPresent(host).flatMap(file -> {
                try (var clients = new Clients(file, host)) {
                    return keys(clients);
                }
            });
        } catch (CommandFailed e) {
            return Optional.empty();
        }
    }

    private static Optional<Answers<List<KeyInfo>>> keys(Clients clients) {
        var keys = new AdminNodes(clients.admins()).askEach(AdminClient::keys);
        return keys.given().isEmpty() ? Optional.empty() : Optional.of(keys);
    }

    private Outcome report(List<Entry> entries, @Nullable Path where, Optional<Answers<List<KeyInfo>>> keys) {
        var now = host.clock().instant();
        var backups = entries.stream()
                .map(entry -> new BackupReport(
                        entry.backupId(),
                        entry.createdAt(),
                        Duration.between(entry.createdAt(), now).toSeconds(),
                        entry.complete() && allPresent(entry, where),
                        entry.files().size(),
                        entry.verified(),
                        entry.drilled(),
                        keys.map(known -> createdAfter(entry.createdAt(), known)).orElse(null)))
                .toList();
        var files = entries.stream()
                .flatMap(entry -> entry.files().stream()
                        .map(file -> new FileReport(
                                entry.backupId(),
                                file.node(),
                                file.file(),
                                file.state(),
                                file.keys(),
                                isPresent(file.file(), where))))
                .toList();
        boolean ok = backups.stream().anyMatch(BackupReport::complete);
        var outcome = Outcome.of(
                new Report(backups, files, ok),
                backups.stream().map(backup -> line(backup, now)).toList());
        return backups.isEmpty()
                ? outcome.noting("no backups yet").suggesting("quorate backup create --out DIR" + cluster.suffix())
                : outcome;
    }

    private static boolean allPresent(Entry entry, @Nullable Path where) {
        return entry.files().stream().allMatch(file -> isPresent(file.file(), where));
    }

    /** Nodes do not know where the files are; what they remember is taken as it is. */
    private static boolean isPresent(String file, @Nullable Path where) {
        return where == null || Files.isRegularFile(where.resolve(file));
    }

    private static int createdAfter(Instant backup, Answers<List<KeyInfo>> keys) {
        var after = new TreeSet<String>();
        keys.given().values().forEach(held -> held.stream()
                .filter(key -> key.createdAt().isAfter(backup))
                .forEach(key -> after.add(key.keyId())));
        return after.size();
    }

    private static String line(BackupReport backup, Instant now) {
        return "%s  %s ago  %s  verified %s  drill %s  keys created since: %s"
                .formatted(
                        backup.backupId(),
                        Durations.inWords(Duration.ofSeconds(backup.ageSeconds())),
                        backup.complete() ? "complete, " + backup.files() + " files" : "INCOMPLETE",
                        checked(backup.verified(), now),
                        checked(backup.drilled(), now),
                        backup.keysCreatedAfter() == null ? "unknown" : backup.keysCreatedAfter());
    }

    private static String checked(@Nullable Check check, Instant now) {
        if (check == null) {
            return "never";
        }
        return (check.ok() ? "good " : "BAD ") + Durations.inWords(Duration.between(check.at(), now)) + " ago";
    }
}
