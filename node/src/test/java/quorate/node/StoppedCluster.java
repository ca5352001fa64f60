package quorate.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import quorate.algebra.DecodingException;
import quorate.algebra.Draw;
import quorate.algebra.Groups;
import quorate.algebra.Purpose;
import quorate.algebra.SecretPolynomial;
import quorate.algebra.Secrets;
import quorate.api.KeyAttributes;
import quorate.key.Scheme;
import quorate.key.Sharing;
import quorate.key.UnsoundKey;
import quorate.node.backup.BackupCreation;
import quorate.node.backup.SpoolPlace;
import quorate.node.backup.TargetNode;
import quorate.node.config.ClusterFiles;
import quorate.node.config.ConfigException;
import quorate.node.config.NodeSetup;
import quorate.node.identity.Bytes32;
import quorate.node.identity.Statements;
import quorate.node.key.Committee;
import quorate.node.key.LoadedKey;
import quorate.node.key.Self;
import quorate.store.Bytes;
import quorate.store.Database;
import quorate.store.KeyDescription;
import quorate.store.Operation;
import quorate.store.Part;

/** Stopped nodes with databases of their own, real sharings in them, and backup files of them. */
public final class StoppedCluster {
    public static final SecureRandom RANDOM = new SecureRandom();
    static final int NODES = 3;
    private static final int BASE_PORT = 41_000;

    private final Path folder;
    private final ClusterFiles files;

    /** One sharing among all nodes, with the share of each. */
    public record Dealt(
            KeyDescription description,
            byte[] secret,
            SortedMap<Integer, LoadedKey> of,
            SortedMap<Integer, byte[]> shares) {
        public Bytes shareId() {
            return Bytes.of(key(of.firstKey()).sharing().shareId());
        }

        public LoadedKey key(int player) {
            return Objects.requireNonNull(of.get(player));
        }

        public byte[] share(int player) {
            return Objects.requireNonNull(shares.get(player)).clone();
        }
    }

    /** How far the operation that makes a key has come. */
    public enum Progress {
        PENDING,
        COMMITTED,
        CLEAN
    }

    private StoppedCluster(Path folder, ClusterFiles files) {
        this.folder = folder;
        this.files = files;
    }

    public static StoppedCluster in(Path folder) throws ConfigException {
        return new StoppedCluster(
                folder, ClusterFiles.initialise(folder.resolve("cluster"), NODES, 2, BASE_PORT, RANDOM));
    }

    public NodeSetup setup(int player) {
        try {
            return NodeSetup.load(files.nodes().get(player - 1).config());
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    public Path data(int player) {
        return setup(player).config().data();
    }

    public Path database(int player) {
        return data(player).resolve("quorate.db");
    }

    public Database open(int player) {
        var setup = setup(player);
        return Database.open(
                StorageSettings.of(setup.config(), setup.identity()),
                Bytes.random(32, RANDOM),
                RANDOM,
                Clock.systemUTC());
    }

    public TargetNode target(int player) {
        return target(setup(player));
    }

    public static TargetNode target(NodeSetup setup) {
        return new TargetNode(
                setup.config(),
                setup.roster(),
                setup.identity(),
                StorageSettings.of(setup.config(), setup.identity()),
                new Statements(),
                SpoolPlace.TEMPORARY,
                RANDOM,
                Clock.systemUTC());
    }

    /** A new 2-of-3 Ed25519 sharing of a key id; the same key only if it is dealt once. */
    public Dealt deal(String keyId, long epoch) {
        return deal(keyId, epoch, random());
    }

    /** The same key in another epoch: another polynomial through the same secret. */
    public Dealt deal(Dealt key, long epoch) {
        return deal(key.description.keyId(), epoch, key.secret());
    }

    private static byte[] random() {
        try (var secrets = new Secrets()) {
            return SecretPolynomial.sample(Groups.ED25519, 1, new PlainDraw(), secrets)
                    .constant()
                    .exposeFor(Purpose.SEALING);
        }
    }

    private Dealt deal(String keyId, long epoch, byte[] secret) {
        return deal(keyId, epoch, secret, List.of(1, 2, 3));
    }

    /** A sharing among some of the nodes, of threshold 2: the same key for the same secret, a new one without. */
    public Dealt deal(String keyId, long epoch, Optional<Dealt> same, List<Integer> players) {
        return deal(keyId, epoch, same.map(Dealt::secret).orElseGet(StoppedCluster::random), players);
    }

    private Dealt deal(String keyId, long epoch, byte[] secret, List<Integer> players) {
        var members = new TreeMap<Integer, Committee.Member>();
        players.stream().map(setup(1).roster()::player).forEach(card -> members.put(
                members.size() + 1, new Committee.Member(card.player(), card.tlsPin(), card.statementKey())));
        var description = new KeyDescription(keyId, "schnorr", "ed25519", "", Bytes.of(new byte[0]));
        try (var secrets = new Secrets()) {
            var f = SecretPolynomial.sampleWith(
                    Groups.ED25519.decodeSecret(secrets, secret), 1, new PlainDraw(), secrets);
            var sharing = new Sharing(
                    keyId.getBytes(StandardCharsets.UTF_8), Scheme.SCHNORR, members.size(), epoch, new byte[32], f.commitment());
            var dealt = new Dealt(description, secret.clone(), new TreeMap<>(), new TreeMap<>());
            for (var member : members.entrySet()) {
                int party = member.getKey();
                int player = member.getValue().player();
                dealt.of.put(player, new LoadedKey(description, KeyAttributes.USUAL, sharing, new Committee(members), party));
                dealt.shares.put(player, f.at(party).exposeFor(Purpose.SEALING));
            }
            return dealt;
        } catch (UnsoundKey | DecodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes the key on every node. */
    public Dealt generate(String keyId) {
        var dealt = deal(keyId, 0);
        for (int player = 1; player <= NODES; player++) {
            store(player, dealt, Progress.CLEAN);
        }
        return dealt;
    }

    public void store(int player, Dealt dealt, Progress progress) {
        store(player, dealt, dealt.share(player), progress);
    }

    public void store(int player, Dealt dealt, byte[] share, Progress progress) {
        var keyId = dealt.description.keyId();
        var opId = Bytes.random(32, RANDOM);
        var stored = dealt.key(player).stored();
        try (var database = open(player)) {
            var operation = new Operation(
                    keyId,
                    opId,
                    1,
                    Part.NEW_KEY,
                    Optional.empty(),
                    Optional.of(dealt.shareId()),
                    stored.epoch(),
                    Bytes.of(new byte[0]));
            database.operations().writePending(dealt.description, operation, stored, share, List.of());
            if (progress != Progress.PENDING) {
                database.operations().commit(keyId, opId, List.of());
            }
            if (progress == Progress.CLEAN) {
                database.operations().clean(keyId, opId, List.of());
            }
        }
    }

    /** Changes the stored record of a key so that it contradicts itself: its public key is no longer A_0. */
    public void spoil(int player, String keyId) {
        change(player, "UPDATE sharing SET public_key = randomblob(32) WHERE key_id = ?", keyId);
    }

    /** Row 3 of product.md 2: one share is gone, all that the database knows about the key beside it is there. */
    public void loseShare(int player, String keyId) {
        change(player, "DELETE FROM sharing WHERE key_id = ?", keyId);
    }

    /** What a database says of its keys and shares, to see that nothing of it changed. */
    public List<String> rows(int player) {
        var rows = new ArrayList<String>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database(player));
                var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT key_id, state, hex(share_id), role, hex(sealed_share)"
                        + " FROM key LEFT JOIN sharing USING (key_id) ORDER BY 1, 3")) {
            while (found.next()) {
                rows.add(found.getString(1) + found.getString(2) + found.getString(3) + found.getString(4)
                        + found.getString(5));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void change(int player, String sql, String keyId) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database(player));
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, keyId);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The node's backup file, as its receiver completes it. */
    public Path backup(int player, String backupId) {
        var setup = setup(player);
        try (var database = open(player)) {
            var spool = Files.createDirectories(folder.resolve("spool"));
            var dbi = Bytes32.of(database.node().dbi().toArray());
            var self = new Self(setup.identity(), Bytes32.of(new byte[32]), dbi);
            var creation =
                    new BackupCreation(database, self, setup::roster, spool, "0.1.0", Clock.systemUTC());
            var file = folder.resolve("node-" + player + "-" + backupId + ".qbk");
            try (var stream = creation.create(backupId);
                    var out = Files.newOutputStream(file)) {
                stream.writeTo(out);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void lose(int player) throws IOException {
        try (var files = Files.list(data(player))) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    /** Every file of a node with its content. */
    public SortedMap<Path, Bytes> contents(int player) throws IOException {
        var contents = new TreeMap<Path, Bytes>();
        var parent = setup(player).config().file().toAbsolutePath().getParent();
        try (var files = Files.walk(parent)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file, Bytes.of(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    /** Randomness without a hedge: these keys sign nothing. */
    private static final class PlainDraw implements Draw {
        @Override
        public byte[] draw(For purpose, byte[] name, int length) {
            var bytes = new byte[length];
            RANDOM.nextBytes(bytes);
            return bytes;
        }

        @Override
        public Draw knowing(byte[]... publicContext) {
            return this;
        }

        @Override
        public Draw bulk(For purpose, byte[] name, Secrets scope) {
            return this;
        }
    }

    public static byte[] otherShare(byte[] share) {
        var other = share.clone();
        other[0] ^= 1;
        return other;
    }
}
