package quorate.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import quorate.api.Requirement;
import quorate.api.Requirements;
import quorate.node.config.NodeConfig;
import quorate.node.key.Self;
import quorate.store.Database;
import quorate.store.SchemaVersion;

/** Everything that a restore needs besides the backup file, and what is wrong with where it is (product.md 2.1). */
final class RestoreNeeds {
    private final NodeConfig config;
    private final Self self;
    private final Database database;

    RestoreNeeds(NodeConfig config, Self self, Database database) {
        this.config = config;
        this.self = self;
        this.database = database;
    }

    Requirements list() {
        var needs = new ArrayList<Requirement>();
        var masterKey = config.masterKey().file();
        needs.add(new Requirement(
                "master key",
                StorageSettings.masterKey(config.masterKey()).description(),
                database.node().masterKeyFingerprint(),
                onSameDisk(masterKey)));
        needs.add(new Requirement(
                "identity", config.identity().toString(), self.id().hex(), onSameDisk(config.identity())));
        needs.add(new Requirement(
                "configuration", config.file().toAbsolutePath().toString(), null, onSameDisk(config.file())));
        needs.add(new Requirement("roster", config.roster().toString(), null, null));
        needs.add(new Requirement(
                "software",
                "version " + Software.VERSION + " or newer, database schema " + SchemaVersion.current(),
                null,
                null));
        return new Requirements(self.player(), needs);
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
