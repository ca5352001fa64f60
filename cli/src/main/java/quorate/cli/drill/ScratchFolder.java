package quorate.cli.drill;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quorate.cli.cluster.NodeProcessFile;
import quorate.cli.cluster.OwnerFiles;
import quorate.cli.demo.Folders;

/**
 * The folder of one drill: new, where the system keeps temporary files, its owner's alone, and deleted when it is
 * closed. The user never names it, so a drill cannot be led to a live node. While it is open it is locked: one that is
 * not was left by a drill that was killed, and the next one removes it.
 */
final class ScratchFolder implements AutoCloseable {
    private static final String PREFIX = "quorate-drill-";
    private static final String LOCK = "lock";
    /** A folder without a lock may be one that is just being made. */
    private static final Duration BEING_MADE = Duration.ofMinutes(1);

    private static final String CLUSTER = "cluster";

    private final Path folder;
    private final FileChannel lock;

    private ScratchFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static ScratchFolder create() throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        var folder = Files.createTempDirectory(PREFIX, ownerOnly);
        try {
            // Locked before it has the name that others look at.
            var provisional = folder.resolve("." + LOCK);
            var channel = OwnerFiles.create(provisional);
            try {
                requireLocked(channel.tryLock(), provisional);
                Files.move(provisional, folder.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
                Files.createDirectory(folder.resolve(CLUSTER), ownerOnly);
                Files.createDirectory(folder.resolve("spool"), ownerOnly);
                return new ScratchFolder(folder, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            Folders.delete(folder);
            throw e;
        }
    }

    private static void requireLocked(@Nullable FileLock lock, Path file) throws IOException {
        if (lock == null || !lock.isValid()) {
            throw new IOException("cannot lock " + file);
        }
    }

    /** For the scratch nodes. */
    Path cluster() {
        return folder.resolve(CLUSTER);
    }

    /** For databases that are only looked at. */
    Path spool() {
        return folder.resolve("spool");
    }

    @Override
    public void close() throws IOException {
        try {
            Folders.delete(folder);
        } finally {
            lock.close();
        }
    }

    /**
     * Ends the scratch nodes and deletes the folders that drills of this user left when they were killed.
     *
     * @return what was removed
     * @throws IOException if something cannot be removed
     */
    List<Path> removeLeftBehind(Clock clock) throws IOException {
        var removed = new ArrayList<Path>();
        var owner = Files.getOwner(folder);
        var place = folder.toAbsolutePath().getParent();
        if (place == null) {
            return removed;
        }
        try (var others = Files.newDirectoryStream(place, PREFIX + "*")) {
            for (var other : others) {
                if (!other.equals(folder) && isOurs(other, owner) && removeIfLeftBehind(other, clock)) {
                    removed.add(other);
                }
            }
        }
        return removed;
    }

    private static boolean isOurs(Path other, UserPrincipal owner) throws IOException {
        try {
            return Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(other, LinkOption.NOFOLLOW_LINKS).equals(owner);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Under its lock, so that of two drills that find it only one removes it. */
    private static boolean removeIfLeftBehind(Path other, Clock clock) throws IOException {
        try (var channel = FileChannel.open(other.resolve(LOCK), StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            return lock != null && remove(other);
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (NoSuchFileException e) {
            return isOld(other, clock) && remove(other);
        }
    }

    private static boolean isOld(Path other, Clock clock) throws IOException {
        try {
            var age = Duration.between(Files.getLastModifiedTime(other).toInstant(), clock.instant());
            return age.compareTo(BEING_MADE) > 0;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static boolean remove(Path other) throws IOException {
        endNodes(other.resolve(CLUSTER));
        Folders.delete(other);
        return true;
    }

    private static void endNodes(Path cluster) throws IOException {
        if (!Files.isDirectory(cluster)) {
            return;
        }
        try (var nodes = Files.newDirectoryStream(cluster, "node-*")) {
            for (var node : nodes) {
                var process = new NodeProcessFile(node).running();
                if (process.isPresent()) {
                    process.get().destroyForcibly();
                    process.get().onExit().join();
                }
            }
        }
    }
}
