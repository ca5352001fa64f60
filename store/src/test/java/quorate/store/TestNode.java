package quorate.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One node in a folder of its own: its key file, its locks, its database, and values to put into it. */
final class TestNode {
    static final SecureRandom RANDOM = new SecureRandom();

    final Path root;
    final SteppedClock clock = new SteppedClock();
    final DatabaseSettings settings;

    private TestNode(Path root, DatabaseSettings settings) {
        this.root = root;
        this.settings = settings;
    }

    static TestNode in(Path root) {
        var keyFile = root.resolve("master.key");
        if (!Files.exists(keyFile)) {
            SecretFile.createKey(keyFile, RANDOM);
        }
        return in(root, new MasterKeySource.KeyFile(keyFile));
    }

    /** As {@link #in(Path)}, with a database that was made once for all tests: making one takes most of a test's time. */
    static TestNode prepared(Path root) {
        try {
            Files.copy(Template.ROOT.resolve("master.key"), root.resolve("master.key"));
            var node = in(root);
            FilePermissions.createFolder(node.settings.folder());
            Disk.copy(in(Template.ROOT).database(), node.database());
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Template {
        static final Path ROOT = make();

        private static Path make() {
            try {
                var root = Files.createTempDirectory(Path.of("target"), "template");
                in(root).open().close();
                return root;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static TestNode in(Path root, MasterKeySource masterKey) {
        return new TestNode(
                root,
                new DatabaseSettings(
                        root.resolve("node.toml.lock"),
                        root.resolve("data"),
                        new NodeName(2, id("node 2")),
                        masterKey,
                        true,
                        false));
    }

    Database open() {
        return Database.open(settings, Bytes.random(32, RANDOM), RANDOM, clock);
    }

    TestNode named(NodeName name) {
        return with(new DatabaseSettings(
                settings.configurationLock(), settings.folder(), name, settings.masterKey(), true, false));
    }

    TestNode withMasterKey(MasterKeySource masterKey) {
        return with(new DatabaseSettings(
                settings.configurationLock(), settings.folder(), settings.node(), masterKey, true, false));
    }

    TestNode neverCreating() {
        return with(new DatabaseSettings(
                settings.configurationLock(), settings.folder(), settings.node(), settings.masterKey(), false, false));
    }

    TestNode withConfigurationLock(Path lock) {
        return with(new DatabaseSettings(
                lock, settings.folder(), settings.node(), settings.masterKey(), true, false));
    }

    private TestNode with(DatabaseSettings changed) {
        return new TestNode(root, changed);
    }

    Path database() {
        return new DataFolder(settings.folder()).database();
    }

    /** Runs SQL as somebody would who has the file and not this software. */
    void tamper(String sql) {
        tamper(database(), sql);
    }

    static void tamper(Path database, String sql) {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    static Connection connect(Path database) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + database);
    }

    /** A readable 32-byte id. */
    static Bytes id(String name) {
        return Sha256.of(bytes(name));
    }

    static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] share(int filler) {
        var share = new byte[32];
        Arrays.fill(share, (byte) filler);
        return share;
    }

    static KeyDescription key(String keyId) {
        return new KeyDescription(keyId, "schnorr", "ed25519", "payments", bytes("attributes of " + keyId));
    }

    static Sharing sharing(String shareId, long epoch) {
        return new Sharing(
                id(shareId), epoch, 3, 1, 2, bytes("public key"), id("chain code"), bytes("A of " + shareId),
                bytes("roster"));
    }

    static Operation keygen(String keyId, String opId, String newShare) {
        return new Operation(
                keyId, id(opId), 1, Part.NEW_KEY, Optional.empty(), Optional.of(id(newShare)), 0,
                bytes("S of " + opId));
    }

    static Operation reshare(String keyId, String opId, Part part, String base, String newShare, long epoch) {
        return new Operation(
                keyId, id(opId), 2, part, Optional.of(id(base)), Optional.of(id(newShare)), epoch,
                bytes("S of " + opId));
    }

    static List<Statement> says(Verb verb) {
        return says(2, verb);
    }

    static List<Statement> says(int index, Verb verb) {
        return List.of(new Statement(new Participant(0, index), verb, bytes(verb + " of " + index)));
    }

    /** A key whose sharing {@code keyId + "/0"} is ACTIVE and CLEAN, with the share {@link #share}(filler). */
    static void generate(Database database, String keyId, int filler) {
        var operations = database.operations();
        var opId = "keygen of " + keyId;
        var shareId = keyId + "/0";
        operations.writePending(
                key(keyId), keygen(keyId, opId, shareId), sharing(shareId, 0), share(filler), says(Verb.PREPARED));
        require(operations.commit(keyId, id(opId), says(Verb.COMMITTED)));
        require(operations.clean(keyId, id(opId), says(Verb.CLEAN)));
    }

    /** A reshare of that key to {@code keyId + "/" + epoch}, left PENDING. Returns its opId. */
    static Bytes startReshare(Database database, String keyId, long epoch, int filler) {
        var opId = "reshare " + epoch + " of " + keyId;
        var next = keyId + "/" + epoch;
        database.operations()
                .writePending(
                        reshare(keyId, opId, Part.STAYS, keyId + "/" + (epoch - 1), next, epoch),
                        sharing(next, epoch),
                        share(filler),
                        says(Verb.PREPARED));
        return id(opId);
    }

    static void require(Outcome outcome) {
        if (outcome != Outcome.DONE) {
            throw new AssertionError(outcome);
        }
    }

    static byte[] shareOf(Database database, String keyId, String shareId) {
        return database.shares().<byte[], RuntimeException>use(keyId, id(shareId), byte[]::clone);
    }

    static void write(Path file, String content, String permissions) {
        try {
            Files.writeString(file, content);
            chmod(file, permissions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void chmod(Path path, String permissions) {
        try {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
