package quorate.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of one database, and the names in it. A database is made or restored under the name {@code quorate.db.new}
 * and gets its own only when it is complete, so a crash in between leaves nothing that could be taken for one.
 */
record DataFolder(Path path) {
    private static final String DATABASE = "quorate.db";
    private static final String LOCK = DATABASE + ".lock";
    private static final String STAGED = DATABASE + ".new";
    private static final List<String> SIDE_FILES = List.of("-wal", "-shm", "-journal");
    private static final Set<String> NETWORK_TYPES =
            Set.of("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afpfs", "afs", "9p", "ceph", "lustre", "gpfs",
                    "beegfs", "glusterfs", "ncpfs", "davfs", "webdav");

    Path database() {
        return path.resolve(DATABASE);
    }

    Path lock() {
        return path.resolve(LOCK);
    }

    Path staged() {
        return path.resolve(STAGED);
    }

    /** Makes the folder for a first start; a missing one otherwise means that the configuration names the wrong one. */
    void createIfMissing(boolean allowed) {
        if (Files.isDirectory(path)) {
            return;
        }
        if (!allowed) {
            throw new DatabaseMissing(database(), DatabaseMissing.CHECK_OR_RESTORE);
        }
        FilePermissions.createFolder(path);
    }

    /** Refuses a folder that others can enter, that has a second name, or whose locks are not to be trusted. */
    void requireSafe(boolean allowNetworkFileSystem) {
        FilePermissions.requireNoLink(path);
        FilePermissions.requireOwnerOnly(path);
        try {
            var type = Files.getFileStore(path).type();
            if (isNetwork(type) && !allowNetworkFileSystem) {
                throw new NetworkFileSystem(path, type);
            }
        } catch (IOException e) {
            throw new StorageFailed("find the file system of " + path, e);
        }
    }

    static boolean isNetwork(String fileSystemType) {
        var type = fileSystemType.toLowerCase(Locale.ROOT);
        return NETWORK_TYPES.contains(type.startsWith("fuse.") ? type.substring("fuse.".length()) : type)
                || type.equals("fuse.sshfs");
    }

    /** Refuses a database whose files others can open or that are links to elsewhere. */
    void requireSafeFiles() {
        for (var file : filesOf(database())) {
            FilePermissions.requireNoLink(file);
            FilePermissions.requireOwnerOnly(file);
        }
    }

    boolean holdsDatabase() {
        return Files.exists(database(), LinkOption.NOFOLLOW_LINKS);
    }

    /** Refuses to make a new database beside the remains of another. */
    void requireEmpty() {
        try (var files = Files.list(path)) {
            var others = files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.equals(LOCK))
                    .sorted()
                    .toList();
            if (!others.isEmpty()) {
                throw new DatabaseMissing(
                        database(),
                        "a new one is only made in an empty folder, and this one holds " + others
                                + "; restore a backup, or name another folder");
            }
        } catch (IOException e) {
            throw new StorageFailed("list " + path, e);
        }
    }

    /** Refuses to put a database beside the log of another, which the engine would replay into it. */
    void requireNoRemains() {
        for (var file : filesOf(database())) {
            throw new TargetNotEmpty(path, file.getFileName() + ", a remainder of another database; move it away");
        }
    }

    /** Removes what a crash left of a database that was never complete. */
    void discardStaged() {
        try {
            for (var file : filesOf(staged())) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new StorageFailed("remove the unfinished " + staged(), e);
        }
    }

    /** Gives the complete, closed new database its name. Replaces the one there, if any, in the same instant. */
    void promoteStaged() {
        try {
            for (var suffix : SIDE_FILES) {
                if (Files.exists(path.resolve(STAGED + suffix)) || Files.exists(path.resolve(DATABASE + suffix))) {
                    throw new IllegalStateException("a database was not closed: " + suffix + " is left");
                }
            }
            Disk.sync(staged());
            Disk.rename(staged(), database());
        } catch (IOException e) {
            throw new StorageFailed("name the new database " + database(), e);
        }
    }

    /** Keeps the database that is about to be replaced under another name. */
    Path keepAside(String name) {
        var aside = path.resolve(name);
        try {
            for (var suffix : SIDE_FILES) {
                var side = path.resolve(DATABASE + suffix);
                if (Files.exists(side, LinkOption.NOFOLLOW_LINKS)) {
                    Files.move(side, path.resolve(name + suffix));
                }
            }
            Files.createLink(aside, database());
            return aside;
        } catch (IOException e) {
            throw new StorageFailed("keep the replaced database as " + aside, e);
        }
    }

    /** What stays the same as long as nobody puts another file in the place of the database. */
    Object databaseKey() {
        try {
            return Files.readAttributes(database(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (IOException e) {
            throw new NotOwner("the database " + database() + " is gone (" + e + ")");
        }
    }

    private static List<Path> filesOf(Path database) {
        return Stream.concat(
                        Stream.of(database),
                        SIDE_FILES.stream().map(suffix -> database.resolveSibling(database.getFileName() + suffix)))
                .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                .toList();
    }
}
