package quorate.node.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files and folders that only their owner can read, and folders that come into being whole: written
 * under a temporary name beside the target, synced, renamed. Needs a file system with owner and mode.
 */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> PUBLIC_FILE = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final int SUFFIX_BYTES = 8;

    private OwnerOnly() {}

    /** Fills a folder that nobody sees before it is complete. */
    @FunctionalInterface
    public interface Content {
        void write(Path folder) throws IOException;
    }

    /**
     * Makes the folder {@code target} with the given content, all of it or nothing.
     *
     * @throws IOException if something other than an empty folder is there, or writing fails
     */
    public static void createFolder(Path target, SecureRandom random, Content content) throws IOException {
        requireFree(target);
        var parent = target.toAbsolutePath().normalize().getParent();
        if (parent == null) {
            throw new IOException(target + " has no parent folder");
        }
        Files.createDirectories(parent);
        var suffix = new byte[SUFFIX_BYTES];
        random.nextBytes(suffix);
        var staging = parent.resolve("." + target.getFileName() + "." + HexFormat.of().formatHex(suffix) + ".tmp");
        createSubfolder(staging);
        try {
            content.write(staging);
            syncFolders(staging);
            // rename(2) replaces an empty folder and nothing else, whatever happened since the first look.
            Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            delete(staging, e);
            throw e;
        }
        sync(parent);
    }

    private static void requireFree(Path target) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        if (!Files.isDirectory(target)) {
            throw new IOException(target + " exists and is not a folder");
        }
        try (var entries = Files.list(target)) {
            if (entries.findAny().isPresent()) {
                throw new IOException(target + " exists and is not empty; nothing was changed");
            }
        }
    }

    /** A folder of mode 0700. */
    public static void createSubfolder(Path folder) throws IOException {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER));
    }

    /** A new file of mode 0600, synced. Never overwrites. */
    public static void createFile(Path file, byte[] content) throws IOException {
        create(file, content, FILE);
    }

    /** A new file that everybody may read, synced. Never overwrites. */
    public static void createPublicFile(Path file, byte[] content) throws IOException {
        create(file, content, PUBLIC_FILE);
    }

    /** Puts a file of mode 0600 in place of another, in one step and synced. */
    public static void replaceFile(Path file, byte[] content) throws IOException {
        replace(file, content, FILE);
    }

    /** The same with a file that everybody may read. */
    public static void replacePublicFile(Path file, byte[] content) throws IOException {
        replace(file, content, PUBLIC_FILE);
    }

    private static void replace(Path file, byte[] content, Set<PosixFilePermission> mode) throws IOException {
        var temporary = file.toAbsolutePath().resolveSibling("." + file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        create(temporary, content, mode);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolderOf(file);
    }

    private static void create(Path file, byte[] content, Set<PosixFilePermission> mode) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(mode))) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Why {@code path} is not its owner's alone, and what to do; empty if it is. Follows links. */
    public static Optional<String> exposure(Path path) throws IOException {
        Set<PosixFilePermission> mode;
        try {
            mode = Files.getPosixFilePermissions(path);
        } catch (UnsupportedOperationException e) {
            throw new IOException(path + " is on a file system without owner and mode", e);
        }
        if (FOLDER.containsAll(mode)) {
            return Optional.empty();
        }
        var remedy = Files.isDirectory(path) ? "chmod 700 " : "chmod 600 ";
        return Optional.of(path + " has mode " + octal(mode) + ", so others can use it; " + remedy + path);
    }

    private static String octal(Set<PosixFilePermission> mode) {
        int bits = 0;
        for (var permission : EnumSet.allOf(PosixFilePermission.class)) {
            bits = (bits << 1) | (mode.contains(permission) ? 1 : 0);
        }
        return String.format("%04o", bits);
    }

    private static void syncFolders(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                sync(folder);
                return super.postVisitDirectory(folder, failure);
            }
        });
    }

    /** Makes the name of a file survive a power failure. */
    public static void syncFolderOf(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            sync(folder);
        }
    }

    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void delete(Path staging, Exception cause) {
        try {
            Files.walkFileTree(staging, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(folder);
                    return super.postVisitDirectory(folder, failure);
                }
            });
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
