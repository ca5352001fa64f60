package quorate.node;

import java.nio.file.Files;
import java.nio.file.Path;
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

    /** The master key as the store reads it. */
    public static MasterKeySource masterKey(quorate.node.config.MasterKeySource source) {
        return switch (source) {
            case quorate.node.config.MasterKeySource.KeyFile(Path file) -> new MasterKeySource.KeyFile(file);
            case quorate.node.config.MasterKeySource.PasswordFile(Path file) -> new MasterKeySource.PasswordFile(file);
        };
    }
}
