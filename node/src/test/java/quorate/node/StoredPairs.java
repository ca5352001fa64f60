package quorate.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import quorate.node.config.NodeSetup;
import quorate.store.Database;
import quorate.store.NewPairState;
import quorate.store.StoredPairState;

/** What the nodes of a cluster have stored of their pairs, and how a test spoils it. */
final class StoredPairs {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Where the seeds 1 of the base OTs are in a stored state, in which its node is Bob. */
    private static final int ONES_AT = 1 + 2 + 2 + 8 + 32 + 32 + 128 * 32;

    private final RunningCluster cluster;

    StoredPairs(RunningCluster cluster) {
        this.cluster = cluster;
    }

    interface Change {
        void in(Database database) throws Exception;
    }

    /** Stops a node and changes its database. */
    void stopped(int player, Change change) throws Exception {
        cluster.stop(player);
        try (var database = open(player)) {
            change.in(database);
        }
    }

    private Database open(int player) throws Exception {
        var setup = NodeSetup.load(cluster.config(player));
        return Database.open(
                StorageSettings.of(setup.config(), setup.identity()),
                quorate.store.Bytes.random(32, RANDOM),
                RANDOM,
                Clock.systemUTC());
    }

    void replace(Database database, int player, String keyId, int peer, UnaryOperator<byte[]> change)
            throws Exception {
        replace(database, player, keyId, peer, change, states(database, keyId, peer).getFirst().setup().toArray());
    }

    /** Makes the node store another pair state, as if its set-up had come to that. */
    void replace(
            Database database, int player, String keyId, int peer, UnaryOperator<byte[]> change, byte[] setup)
            throws Exception {
        var state = states(database, keyId, peer).getFirst();
        var bytes = database.pairStates()
                .<byte[], RuntimeException>use(keyId, state.shareId(), peer, state.setup(), byte[]::clone);
        remove(player, keyId, peer);
        var named = change.apply(bytes);
        System.arraycopy(setup, 0, named, 13, setup.length);
        var id = NodeSetup.load(cluster.config(player)).roster().player(peer).id();
        assertThat(database.pairStates()
                        .add(
                                keyId,
                                state.shareId(),
                                quorate.store.Bytes.of(id.bytes()),
                                new NewPairState(peer, quorate.store.Bytes.of(setup), state.generation(), named)))
                .isTrue();
    }

    void remove(int player, String keyId, int peer) throws Exception {
        var file = NodeSetup.load(cluster.config(player)).config().data().resolve("quorate.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.prepareStatement("DELETE FROM pair_state WHERE key_id = ? AND peer = ?")) {
            statement.setString(1, keyId);
            statement.setInt(2, peer);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    /** Whatever bits the other has chosen, one of its 128 columns does not fit any more. */
    static byte[] withWrongSeeds(byte[] state) {
        for (int instance = 0; instance < 128; instance++) {
            state[ONES_AT + 32 * instance] ^= 1;
        }
        return state;
    }

    static List<StoredPairState> states(Database database, String keyId, int peer) {
        return database.pairStates().all().stream()
                .filter(state -> state.keyId().equals(keyId) && state.peer() == peer)
                .toList();
    }
}
