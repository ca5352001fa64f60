package quorate.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import quorate.node.config.NodeConfig;
import quorate.node.identity.NodeIdentity;
import quorate.store.Bytes;
import quorate.store.DatabaseSettings;
import quorate.store.MasterKeySource;
import quorate.store.NodeName;

/** The database that a configuration names. */
public final class StorageSettings {
    private StorageSettings() {}

    /** The settings for {@code config}; a new database is made only before the node has started for the first time. */
    public static DatabaseSettings of(NodeConfig config, NodeIdentity identity) {
        return new DatabaseSettings(
                config.file().toAbsolutePath().resolveSibling(config.file().getFileName() + ".lock"),
                config.data(),
                new NodeName(config.player(), Bytes.of(identity.id().bytes())),
                masterKey(config.masterKey()),
                !Files.exists(startedMarker(config)),
                false);
    }

    /** There once a database was made: if there is none then, it was lost, and no empty one takes its place. */
    static Path startedMarker(NodeConfig config) {
        return config.file().toAbsolutePath().resolveSibling(config.file().getFileName() + ".started");
    }

    /** To be called once there is a database. */
    static void markStarted(NodeConfig config) throws IOException {
        var marker = startedMarker(config);
        if (!Files.exists(marker)) {
            Files.createFile(
                    marker, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            // If a power failure took it back, an empty database could be made in place of a lost one.
            try (var folder = FileChannel.open(Objects.requireNonNull(marker.getParent()), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    /** The master key as the store reads it. */
    public static MasterKeySource masterKey(quorate.node.config.MasterKeySource source) {
        return switch (source) {
            case quorate.node.config.MasterKeySource.KeyFile(Path file) -> new MasterKeySource.KeyFile(file);
            case quorate.node.config.MasterKeySource.PasswordFile(Path file) -> new MasterKeySource.PasswordFile(file);
        };
    }
}
