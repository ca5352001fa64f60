package quorate.cli.backup;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import quorate.api.BackupResult;
import quorate.api.BackupState;
import quorate.api.Bytes;
import quorate.api.PauseState;
import quorate.api.ProblemCode;
import quorate.cli.backup.BackupFiles.Manifest;
import quorate.cli.backup.Ledger.Entry;
import quorate.cli.backup.Ledger.FileEntry;
import quorate.cli.cluster.OwnerFiles;
import quorate.cli.terminal.CommandFailed;
import quorate.sdk.AdminClient;
import quorate.sdk.AdminNodes;
import quorate.sdk.Answers;
import quorate.sdk.ClusterPause;
import quorate.sdk.NodeAnswer;
import quorate.sdk.TsmException;

/**
 * The whole dance of a backup over all nodes: pause, take every node's stream, write it under a temporary name, sync,
 * rename, read back and check, and resume, on every path. One node that fails, hangs or is slow spoils only its own
 * file.
 */
public final class BackupCreation {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmss'z'").withZone(ZoneOffset.UTC);
    private static final int SUFFIX_BYTES = 4;
    private static final String INCOMPLETE = ".incomplete";

    /** The pause outlasts the deadline by so much, for waiting at the nodes and for reading back. */
    private static final Duration MARGIN = Duration.ofMinutes(3);

    private final BackupFiles files;
    private final Clock clock;
    private final SecureRandom random;
    private final Duration deadline;

    /**
     * A creation of backups.
     *
     * @param deadline how long one node may take to deliver
     */
    public BackupCreation(BackupFiles files, Clock clock, SecureRandom random, Duration deadline) {
        this.files = files;
        this.clock = clock;
        this.random = random;
        this.deadline = deadline;
    }

    /**
     * What was made, and which nodes could not be resumed and will do so by themselves.
     *
     * @param folder where the files are
     */
    public record Made(Path folder, Entry entry, Answers<PauseState> resumed) {
        public boolean ok() {
            return entry.complete();
        }

        /** The complete files, by node. */
        public SortedMap<Integer, Path> complete() {
            var complete = new TreeMap<Integer, Path>();
            entry.files().stream()
                    .filter(file -> file.state() == BackupState.COMPLETE)
                    .forEach(file -> complete.put(file.node(), folder.resolve(file.file())));
            return complete;
        }

        /** Why there is no backup of some nodes; empty if there is of all. */
        public String failures() {
            return entry.files().stream()
                    .filter(file -> file.state() != BackupState.COMPLETE)
                    .map(file -> "node " + file.node() + ": " + file.detail())
                    .collect(Collectors.joining("; "));
        }
    }

    /** Backs up these nodes into the folder, which is made if it is missing. */
    public Made run(List<AdminClient> nodes, Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var ledger = new Ledger(folder);
        ledger.read();
        var began = clock.instant();
        var backupId = TIME.format(began) + "-" + suffix();
        var entries = new ArrayList<FileEntry>();
        Answers<PauseState> resumed;
        var pause = ClusterPause.begin(nodes, deadline.plus(MARGIN), "backup " + backupId);
        try {
            var unpaused = pause.notPausedUntil(clock.instant().plus(deadline));
            entries.addAll(takeAll(nodes, folder, backupId, unpaused));
        } finally {
            resumed = pause.end();
        }
        var entry = new Entry(backupId, began, entries, null, null);
        ledger.add(entry);
        return new Made(folder, entry, resumed);
    }

    private List<FileEntry> takeAll(
            List<AdminClient> nodes, Path folder, String backupId, Map<Integer, TsmException> unpaused) {
        return new AdminNodes(nodes)
                .askEach(node -> {
                    var notPaused = unpaused.get(node.player());
                    return notPaused == null
                            ? take(node, folder, backupId)
                            : failed(node.player(), backupId, words(notPaused));
                })
                .all()
                .stream()
                .map(answer -> switch (answer) {
                    case NodeAnswer.Given<FileEntry>(int player, FileEntry entry) -> entry;
                    case NodeAnswer.Failed<FileEntry>(int player, TsmException failure) ->
                        failed(player, backupId, words(failure));
                })
                .toList();
    }

    /** One node: its failure is the state of its file, and stops nobody else. */
    private FileEntry take(AdminClient node, Path folder, String backupId) {
        var target = folder.resolve(name(backupId, node.player()));
        var temporary = folder.resolve(target.getFileName() + INCOMPLETE);
        FileEntry entry;
        try {
            write(node, backupId, temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            OwnerFiles.syncFolder(target);
            entry = readBack(node.player(), backupId, target, temporary);
        } catch (TsmException | IOException e) {
            entry = failed(node.player(), backupId, String.valueOf(e.getMessage()));
        }
        return tell(node, backupId, entry);
    }

    private void write(AdminClient node, String backupId, Path temporary) throws IOException {
        try (var channel = OwnerFiles.create(temporary);
                var out = Channels.newOutputStream(channel)) {
            node.backup(backupId, out, deadline);
            channel.force(true);
        } catch (TsmException | IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    /** A file that does not pass loses its name again: nobody shall take it for a backup. */
    private FileEntry readBack(int node, String backupId, Path target, Path temporary) throws IOException {
        try {
            var manifest = files.check(target);
            requireSame(manifest, node, backupId);
            return new FileEntry(
                    node,
                    String.valueOf(target.getFileName()),
                    BackupState.COMPLETE,
                    manifest.digest(),
                    Files.size(target),
                    manifest.keys(),
                    "");
        } catch (CommandFailed e) {
            Files.move(target, temporary, StandardCopyOption.ATOMIC_MOVE);
            return failed(node, backupId, e.getMessage());
        }
    }

    private static void requireSame(Manifest manifest, int node, String backupId) {
        if (manifest.node() != node || !manifest.backupId().equals(backupId)) {
            throw new CommandFailed(
                    ProblemCode.BACKUP_NODE,
                    "the file says that it is backup " + manifest.backupId() + " of node " + manifest.node());
        }
    }

    /** The node keeps a record too. That it cannot be told makes the file no worse. */
    private static FileEntry tell(AdminClient node, String backupId, FileEntry entry) {
        try {
            node.recordBackup(backupId, new BackupResult(entry.state(), entry.digest(), shortened(entry.detail())));
            return entry;
        } catch (TsmException e) {
            return entry.state() == BackupState.COMPLETE
                    ? new FileEntry(
                            entry.node(),
                            entry.file(),
                            entry.state(),
                            entry.digest(),
                            entry.bytes(),
                            entry.keys(),
                            "the node could not be told: " + words(e))
                    : entry;
        }
    }

    private static FileEntry failed(int node, String backupId, String why) {
        return new FileEntry(
                node, name(backupId, node) + INCOMPLETE, BackupState.INCOMPLETE, Bytes.of(), 0, 0, shortened(why));
    }

    /** Within the limit of the API, whatever the characters. */
    private static String shortened(String text) {
        int most = 250;
        return text.length() <= most ? text : text.substring(0, most) + "...";
    }

    private static String words(TsmException failure) {
        return failure.code() + ": " + failure.problem().detail();
    }

    private static String name(String backupId, int node) {
        return backupId + "-node-" + node + ".qbk";
    }

    private String suffix() {
        var bytes = new byte[SUFFIX_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
