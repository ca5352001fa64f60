package quorate.node.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.api.BackupList;
import quorate.api.BackupResult;
import quorate.api.BackupState;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.node.config.Roster;
import quorate.node.http.NodeApi;
import quorate.node.key.Self;
import quorate.node.key.UnsoundKeyRecord;
import quorate.node.problem.ProblemException;
import quorate.store.BackupRecord;
import quorate.store.Database;
import quorate.store.SchemaVersion;
import quorate.store.Snapshot;

/**
 * Makes backups of the running node: a consistent snapshot of the database, taken beside all other work, and
 * a signed manifest of what is in it. Whether the file arrived whole is for its receiver to find and report.
 */
public final class BackupCreation {
    private static final Logger LOG = LoggerFactory.getLogger(BackupCreation.class);

    private final Database database;
    private final Self self;
    private final Supplier<Roster> roster;
    private final Path folder;
    private final String software;
    private final Clock clock;
    private final Map<String, Taken> taken = new ConcurrentHashMap<>();

    /** What a backup holds, until its receiver says that it is complete. */
    private record Taken(long bytes, int keys) {}

    /**
     * Backs up this database.
     *
     * @param folder where snapshots are kept while they are sent, owner only
     */
    public BackupCreation(Database database, Self self, Supplier<Roster> roster, Path folder, String software, Clock clock) {
        this.database = database;
        this.self = self;
        this.roster = roster;
        this.folder = folder;
        this.software = software;
        this.clock = clock;
    }

    /** A folder beside the configuration for snapshots that are being sent; what a crash left in it is removed. */
    public static Path spool(Path configuration) throws IOException {
        var folder = configuration.toAbsolutePath().resolveSibling("spool");
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        try (var left = Files.list(folder)) {
            left.forEach(path -> new Spool(path).close());
        }
        return folder;
    }

    /** Takes the snapshot. The caller sends it and closes it. */
    public NodeApi.BackupStream create(String backupId) throws IOException {
        if (!database.backups().begin(backupId)) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "backup " + backupId + " exists on this node");
        }
        var spool = Spool.in(folder);
        try {
            var content = spool.file("snapshot.db");
            database.writeSnapshot(content);
            var manifest = manifest(backupId, content);
            LOG.info("backup {} of {} keys, {} bytes", backupId, manifest.keyCount(), manifest.contentBytes());
            var file = spool.file("backup");
            try (var out = Files.newOutputStream(file);
                    var in = Files.newInputStream(content)) {
                BackupFile.write(out, manifest, self.identity().statements(), in);
            }
            Files.delete(content);
            var prepared = new Prepared(spool, file, Files.size(file));
            taken.put(backupId, new Taken(prepared.bytes(), manifest.keyCount()));
            return prepared;
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    private BackupManifest manifest(String backupId, Path content) throws IOException {
        try (var snapshot = Snapshot.open(content)) {
            var node = snapshot.node();
            var keys = ManifestKeys.of(snapshot);
            keys.unsound().forEach(key -> LOG.error(
                    "backup {} holds key {}, which this node cannot use: {}: {}",
                    backupId,
                    key.keyId(),
                    UnsoundKeyRecord.CHECK,
                    key.defect()));
            return new BackupManifest(
                    BackupManifest.FORMAT,
                    backupId,
                    self.player(),
                    self.id().hex(),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(),
                    software,
                    SchemaVersion.current().number(),
                    node.dbi().hex(),
                    node.masterKeyFingerprint(),
                    roster.get().threshold(),
                    Rosters.members(roster.get()),
                    keys.sound(),
                    keys.unsound(),
                    Files.size(content),
                    sha256(content));
        }
    }

    private static String sha256(Path file) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(file), BackupFile.sha256())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        }
    }

    /** What became of the file. */
    public quorate.api.BackupRecord record(String backupId, BackupResult result) {
        var record = find(backupId);
        boolean known =
                switch (result.state()) {
                    case COMPLETE -> complete(backupId, result);
                    case VERIFIED -> database.backups().verified(backupId, true, result.detail());
                    case REFUSED -> database.backups().verified(backupId, false, result.detail());
                    case INCOMPLETE -> !record.isComplete();
                };
        if (!known) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST, "backup " + backupId + " cannot become " + result.state().wireName());
        }
        return shown(find(backupId));
    }

    /** After a restart in between, what the snapshot held is not known any more: then it is what is here now. */
    private boolean complete(String backupId, BackupResult result) {
        var content = taken.getOrDefault(backupId, new Taken(0, database.keys().all().size()));
        boolean completed = database.backups()
                .complete(
                        backupId,
                        new BackupRecord.Content(
                                quorate.store.Bytes.of(result.digest().toArray()), content.bytes(), content.keys()));
        taken.remove(backupId);
        return completed;
    }

    public BackupList list() {
        return new BackupList(
                self.player(),
                database.backups().all().stream().map(this::shown).toList(),
                new BackupDrills(database).latest());
    }

    private BackupRecord find(String backupId) {
        return database.backups().all().stream()
                .filter(record -> record.backupId().equals(backupId))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND, "this node made no backup " + backupId));
    }

    private quorate.api.BackupRecord shown(BackupRecord record) {
        var content = record.content();
        var verified = record.verified();
        var state = content.isEmpty()
                ? BackupState.INCOMPLETE
                : verified.map(found -> found.ok() ? BackupState.VERIFIED : BackupState.REFUSED)
                        .orElse(BackupState.COMPLETE);
        return new quorate.api.BackupRecord(
                self.player(),
                record.backupId(),
                record.createdAt(),
                content.map(BackupRecord.Content::keys).orElse(0),
                state,
                content.map(in -> Bytes.of(in.digest().toArray())).orElseGet(Bytes::of),
                verified.map(BackupRecord.Finding::detail).orElse(""),
                verified.map(BackupRecord.Finding::at).orElse(null));
    }

    private record Prepared(Spool spool, Path file, long bytes) implements NodeApi.BackupStream {
        @Override
        public void writeTo(OutputStream out) throws IOException {
            Files.copy(file, out);
        }

        @Override
        public void close() {
            spool.close();
        }
    }
}
