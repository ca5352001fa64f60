package quorate.node.presign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.ProblemCode;
import quorate.node.StoppedCluster;
import quorate.node.identity.Bytes32;
import quorate.node.key.KeyRing;
import quorate.node.key.Self;
import quorate.node.pair.PairBook;
import quorate.node.problem.ProblemException;
import quorate.store.Database;

@Timeout(60)
class KnownKeysTest {
    @TempDir
    Path folder;

    private final List<String> unreadable = new ArrayList<>();
    private StoppedCluster cluster;
    private Database database;
    private KnownKeys keys;

    @BeforeEach
    void open() throws Exception {
        cluster = StoppedCluster.in(folder);
        cluster.generate("bad");
        cluster.generate("good");
        database = cluster.open(1);
        var self = new Self(cluster.setup(1).identity(), Bytes32.of(new byte[32]), Bytes32.of(new byte[32]));
        var book = new PairBook(database, Clock.systemUTC(), Duration.ofMinutes(1));
        keys = new KnownKeys(database, new KeyRing(database, self), book, self);
        keys.whenUnreadable(unreadable::add);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aKeyThatCannotBeReadIsNotOfferedAndTheOthersAre() throws Exception {
        assertThat(keys.offers("bad")).hasSize(1);
        assertThat(keys.offers("good")).hasSize(1);

        // More than its polynomial can have: no code of ours stores that.
        damage("UPDATE sharing SET degree = 31 WHERE key_id = 'bad'");
        refreshAfterAChange();
        refreshAfterAChange();

        assertThat(unreadable).singleElement().asString().contains("bad");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> keys.offers("bad"))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.KEY_UNUSABLE));
        assertThat(keys.offers("good")).hasSize(1);
    }

    private void refreshAfterAChange() {
        database.events().append("test", "something changed");
        assertThat(keys.refresh()).isTrue();
    }

    private void damage(String sql) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + cluster.database(1));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA ignore_check_constraints = ON");
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }
}
