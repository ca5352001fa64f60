package quorate.node.pair;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import quorate.node.identity.Statements;
import quorate.node.key.KeyRing;
import quorate.node.key.Presence;
import quorate.node.session.PeerLinks;
import quorate.node.session.Sessions;
import quorate.rounds.Driver;
import quorate.rounds.Workers;

/** What operators are shown of real pairs is in PairsClusterTest. */
@Timeout(60)
class PairsOutOfUseTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private static final class NoLinks implements PeerLinks {
        @Override
        public void sendFrame(int player, byte[] envelope) {}

        @Override
        public void sendNotYet(int player, byte[] sessionId) {}

        @Override
        public void sendDeclined(int player, byte[] declined) {}
    }

    @Test
    void aRowThatCannotBeReadHidesItsKeyAndFailsNothing() throws Exception {
        try (var node = new PairNode(folder)) {
            // More than its polynomial can have: no code of ours stores that.
            damage(node, "UPDATE sharing SET degree = 31");

            assertThat(pairs(node).list()).isEmpty();
        }
    }

    private static void damage(PairNode node, String sql) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + node.cluster.database(1));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA ignore_check_constraints = ON");
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    private static PairsOutOfUse pairs(PairNode node) {
        var presence = new Presence(node.self, player -> Optional.empty(), Duration.ZERO);
        var driver = new Driver(Workers.none(), System::nanoTime, Duration.ofMillis(100));
        var sessions = new Sessions(
                new NoLinks(), driver, node.self.identity().statements(), new Statements(), 1 << 16, () -> 0L);
        var keys = new KeyRing(node.database, node.self);
        var book = new PairBook(node.database, Clock.systemUTC(), Duration.ZERO);
        var setups = new PairSetups(
                node.database,
                keys,
                book,
                presence,
                sessions,
                (player, frame) -> {},
                new SecureRandom(),
                Clock.systemUTC(),
                LIMIT);
        return new PairsOutOfUse(node.database, keys, book, setups, 1, node::roster);
    }
}
