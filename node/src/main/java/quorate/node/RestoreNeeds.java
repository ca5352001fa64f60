package quorate.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import quorate.api.Requirement;
import quorate.api.Requirements;
import quorate.node.config.NodeConfig;
import quorate.node.identity.NodeIdentity;
import quorate.store.Database;
import quorate.store.KeyDerivation;
import quorate.store.MasterKeySource;
import quorate.store.SchemaVersion;

/** Everything that a restore needs besides the backup file, and what is wrong with where it is (product.md 2.1). */
public final class RestoreNeeds {
    private final NodeConfig config;
    private final NodeIdentity identity;
    private final @Nullable String masterKey;

    private RestoreNeeds(NodeConfig config, NodeIdentity identity, @Nullable String masterKey) {
        this.config = config;
        this.identity = identity;
        this.masterKey = masterKey;
    }

    /** Of a running node, whose database knows its master key. */
    static RestoreNeeds of(NodeConfig config, NodeIdentity identity, Database database) {
        return new RestoreNeeds(config, identity, database.node().masterKeyFingerprint());
    }

    /** Of a node that does not run: a key file names its own fingerprint, a password only together with a database. */
    public static RestoreNeeds of(NodeConfig config, NodeIdentity identity) {
        return switch (StorageSettings.masterKey(config.masterKey())) {
            case MasterKeySource.KeyFile file -> {
                try (var key = file.unlock(new KeyDerivation.Direct())) {
                    yield new RestoreNeeds(config, identity, key.fingerprint());
                }
            }
            case MasterKeySource.PasswordFile _ -> new RestoreNeeds(config, identity, null);
        };
    }

    /** The list. */
    public Requirements list() {
        var needs = new ArrayList<Requirement>();
        var file = config.masterKey().file();
        needs.add(new Requirement(
                "master key",
                StorageSettings.masterKey(config.masterKey()).description(),
                masterKey,
                onSameDisk(file)));
        needs.add(new Requirement(
                "identity", config.identity().toString(), identity.id().hex(), onSameDisk(config.identity())));
        needs.add(new Requirement(
                "configuration", config.file().toAbsolutePath().toString(), null, onSameDisk(config.file())));
        needs.add(new Requirement("roster", config.roster().toString(), null, null));
        needs.add(new Requirement(
                "software",
                "version " + Software.VERSION + " or newer, database schema " + SchemaVersion.current(),
                null,
                null));
        return new Requirements(config.player(), needs);
    }

    private @Nullable String onSameDisk(Path path) {
        try {
            return Files.getFileStore(path.toAbsolutePath()).equals(Files.getFileStore(config.data()))
                    ? "lies on the same disk as the database: keep another copy elsewhere"
                    : null;
        } catch (IOException e) {
            return "cannot be read: " + e.getMessage();
        }
    }
}
