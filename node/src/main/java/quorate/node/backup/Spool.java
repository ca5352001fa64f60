package quorate.node.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/** A private folder for files that live only while they are worked on. Deleted when closed. */
final class Spool implements AutoCloseable {
    private final Path folder;

    Spool(Path folder) {
        this.folder = folder;
    }

    /** A new folder in {@code parent}. */
    static Spool in(Path parent) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        return new Spool(Files.createTempDirectory(parent, "backup-", ownerOnly));
    }

    /** A new folder where the system keeps temporary files. */
    static Spool temporary() throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        return new Spool(Files.createTempDirectory("quorate-", ownerOnly));
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** The database snapshot in a backup file, as a file of its own, synced. */
    Path extract(BackupFile backup) throws BackupRefused, IOException {
        var target = file("snapshot-" + backup.manifest().player() + ".db");
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(target, ownerOnly);
        try (var out = Files.newOutputStream(target, StandardOpenOption.TRUNCATE_EXISTING)) {
            backup.copyContent(out);
        }
        try (var channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return target;
    }

    @Override
    public void close() {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
