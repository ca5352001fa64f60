package quorate.node.presign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.node.StoppedCluster;
import quorate.node.identity.Bytes32;
import quorate.node.key.KeyRing;
import quorate.node.key.Self;
import quorate.node.pair.PairBook;
import quorate.presign.Caps;
import quorate.presign.ClockWatch;
import quorate.presign.Clocks;
import quorate.presign.PoolKey;
import quorate.presign.PresignaturePool;
import quorate.rounds.Refused;
import quorate.store.Database;

/** A batch that was made is in the pool or wiped. */
class PresignerTest {
    private static final PoolKey POOL = new PoolKey("key", List.of(1, 3));
    private static final Clocks CLOCKS = new Clocks(Instant::now, System::nanoTime);

    @TempDir
    Path folder;

    private final PresignaturePool pool = new PresignaturePool(
            Caps.DEFAULT, new Peaceful(), new ClockWatch(CLOCKS), CLOCKS, dropped -> {});
    private final List<HollowPresignature> batch = HollowPresignature.batch(POOL, 1, 2, 3);
    private Database database;
    private KnownKeys keys;

    @BeforeEach
    void open() throws Exception {
        var cluster = StoppedCluster.in(folder);
        cluster.generate(POOL.keyId());
        database = cluster.open(1);
        var self = new Self(cluster.setup(1).identity(), Bytes32.of(new byte[32]), Bytes32.of(new byte[32]));
        var book = new PairBook(database, Clock.systemUTC(), Duration.ofMinutes(1));
        keys = new KnownKeys(database, new KeyRing(database, self), book, self);
        keys.offers(POOL.keyId());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void fillsThePool() throws Exception {
        try (var reservation = pool.reserve(POOL, batch.size())) {
            Presigner.keep(batch, keys, reservation);
        }

        assertThat(pool.count()).isEqualTo(3);
        assertThat(batch).noneMatch(HollowPresignature::isWiped);
    }

    @Test
    void wipesWhatItCannotJudgeWithoutTheDatabase() throws Exception {
        database.standingOrders().remove(POOL.keyId(), POOL.parties());
        database.close();

        try (var reservation = pool.reserve(POOL, batch.size())) {
            assertThatException().isThrownBy(() -> Presigner.keep(batch, keys, reservation));
        }

        assertThat(pool.count()).isZero();
        assertThat(batch).allMatch(HollowPresignature::isWiped);
    }

    /** The deadline of a session is longer for the items of all that run beside it, and not without end. */
    @Test
    void countsTheItemsThatASubSessionWaitsFor() {
        assertThat(Presigner.computed(10)).isEqualTo(10);
        assertThat(Presigner.computed(64)).isEqualTo(64);
        assertThat(Presigner.computed(150)).isEqualTo(150);
        assertThat(Presigner.computed(1_000)).isEqualTo(256);
    }

    @Test
    void wipesWhatThePoolRefuses() throws Exception {
        try (var reservation = pool.reserve(POOL, batch.size())) {
            pool.close();
            assertThatExceptionOfType(Refused.class).isThrownBy(() -> Presigner.keep(batch, keys, reservation));
        }

        assertThat(batch).allMatch(HollowPresignature::isWiped);
    }
}
