package quorate.node.pair;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import quorate.algebra.DecodingException;
import quorate.algebra.Secrets;
import quorate.commit.Octets;
import quorate.node.StoppedCluster;
import quorate.node.config.Roster;
import quorate.node.identity.Bytes32;
import quorate.node.identity.NodeIdentity;
import quorate.node.key.LoadedKey;
import quorate.node.key.Self;
import quorate.pair.Ban;
import quorate.pair.PairState;
import quorate.store.Bytes;
import quorate.store.Database;
import quorate.store.NewPairState;

/** A node of three, usually 1, with a real database, in which the key "k" has pair states of the test's own making. */
final class PairNode implements AutoCloseable {
    static final String KEY = "k";

    final StoppedCluster cluster;
    final Database database;
    final LoadedKey key;
    final Self self;
    final Secrets secrets = new Secrets();

    PairNode(Path folder) throws Exception {
        this(folder, 1);
    }

    PairNode(Path folder, int player) throws Exception {
        cluster = StoppedCluster.in(folder);
        key = cluster.generate(KEY).key(player);
        database = cluster.open(player);
        self = new Self(
                cluster.setup(player).identity(),
                Bytes32.of(new byte[32]),
                Bytes32.of(database.node().dbi().toArray()));
    }

    Roster roster() {
        return cluster.setup(1).roster();
    }

    NodeIdentity identity(int player) {
        return cluster.setup(player).identity();
    }

    Bytes id(int player) {
        return Bytes.of(identity(player).id().bytes());
    }

    /** A setup is named by its peer and its generation. */
    static Octets setup(int peer, long generation) {
        return Octets.of(ByteBuffer.allocate(32).putInt(peer).putLong(generation).array());
    }

    PairState state(int peer, long generation) {
        try {
            return PairState.decode(bytes(peer, generation), secrets);
        } catch (DecodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(int peer, long generation) {
        return ByteBuffer.allocate(PairState.BYTES)
                .put((byte) 1)
                .putShort((short) 1)
                .putShort((short) peer)
                .putLong(generation)
                .put(setup(peer, generation).bytes())
                .array();
    }

    /** Stores it and returns it. */
    PairState add(int peer, long generation) {
        database.pairStates()
                .add(
                        KEY,
                        PairBook.shareId(key),
                        id(peer),
                        new NewPairState(peer, named(peer, generation), generation, bytes(peer, generation)));
        return state(peer, generation);
    }

    static Bytes named(int peer, long generation) {
        return Bytes.of(setup(peer, generation).bytes());
    }

    /** A ban of the setup of generation 0 of a pair, signed by {@code signer} for {@code by}. */
    Ban ban(int signer, int by, int against) {
        return Ban.sign(
                Octets.of(key.sharing().keyId()),
                setup(against == 1 ? by : against, 0),
                Octets.of(identity(by).id().bytes()),
                Octets.of(identity(against).id().bytes()),
                identity(signer).statements());
    }

    Ban banOf(int by, int against, int number) {
        var setup = new byte[32];
        Arrays.fill(setup, (byte) 0x5a);
        ByteBuffer.wrap(setup).putInt(number);
        return Ban.sign(
                Octets.of(key.sharing().keyId()),
                Octets.of(setup),
                Octets.of(identity(by).id().bytes()),
                Octets.of(identity(against).id().bytes()),
                identity(by).statements());
    }

    @Override
    public void close() {
        secrets.close();
        database.close();
    }
}
