package quorate.store;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Everything that may hold a secret belongs to the user who runs the node, and to nobody else: folders 0700, files
 * 0600, from the moment they exist. Needs a POSIX file system; Windows is not supported.
 */
public final class FilePermissions {
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER = attribute("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> FILE = attribute("rw-------");
    private static final int OTHERS = 0077;
    private static final int MODE = 07777;
    private static final int ROOT = 0;

    private FilePermissions() {}

    /** Makes a folder (and missing parents) that only its owner can enter. An existing one is left as it is. */
    public static void createFolder(Path folder) {
        requirePosix(folder);
        try {
            Files.createDirectories(folder, FOLDER);
        } catch (IOException e) {
            throw new StorageFailed("create the folder " + folder, e);
        }
    }

    /** Makes an empty file that only its owner can open. It must not exist yet. */
    public static void createFile(Path file) throws IOException {
        requirePosix(file);
        Files.createFile(file, FILE);
    }

    /** Makes a file that only its owner can open, for writing. It must not exist yet. */
    public static FileChannel create(Path file) throws IOException {
        requirePosix(file);
        return FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE);
    }

    /**
     * Refuses what others can read, write or enter, or what another user (except root) owns. Links are followed, so
     * that a mounted secret may be one; its target counts.
     */
    public static void requireOwnerOnly(Path... paths) {
        for (var path : paths) {
            requirePosix(path);
            requireOwnerOnly(path);
        }
    }

    /** Refuses a symbolic link: a second name would have a second lock file. */
    static void requireNoLink(Path path) {
        if (Files.isSymbolicLink(path)) {
            throw new UnsafePermissions(path, "is a symbolic link", "put the file itself there");
        }
    }

    private static void requireOwnerOnly(Path path) {
        try {
            var mode = (Integer) Files.getAttribute(path, "unix:mode") & MODE;
            if ((mode & OTHERS) != 0) {
                throw new UnsafePermissions(
                        path,
                        "has mode %04o, so others than its owner may get at it".formatted(mode),
                        "run: chmod " + (Files.isDirectory(path) ? "700 " : "600 ") + path);
            }
            var owner = ((Integer) Files.getAttribute(path, "unix:uid")).longValue();
            var self = new UnixSystem();
            if (owner != self.getUid() && owner != ROOT) {
                throw new UnsafePermissions(
                        path, "belongs to user id " + owner, "run: chown " + self.getUsername() + " " + path);
            }
        } catch (IOException e) {
            throw new StorageFailed("read the permissions of " + path, e);
        }
    }

    private static void requirePosix(Path path) {
        var system = path.getFileSystem();
        if (!system.equals(FileSystems.getDefault()) || !system.supportedFileAttributeViews().contains("unix")) {
            throw new UnsafePermissions(
                    path, "is not on a POSIX file system", "Windows is not supported: run on Linux or macOS");
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> attribute(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
