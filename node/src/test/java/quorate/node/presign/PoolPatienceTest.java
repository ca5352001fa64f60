package quorate.node.presign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import quorate.node.StoppedCluster;
import quorate.node.identity.Bytes32;
import quorate.node.key.KeyRing;
import quorate.node.key.Self;
import quorate.node.link.FrameType;
import quorate.node.pair.PairBook;
import quorate.presign.Caps;
import quorate.presign.ClockWatch;
import quorate.presign.Clocks;
import quorate.presign.PoolKey;
import quorate.presign.PresignaturePool;
import quorate.store.Database;

/** How long player 1 waits for the answer of player 3 about a pool of theirs. */
@Timeout(60)
class PoolPatienceTest {
    private static final PoolKey POOL = new PoolKey("key", List.of(1, 3));
    private static final Clocks CLOCKS = new Clocks(Instant::now, System::nanoTime);

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LinkedBlockingQueue<byte[]> asked = new LinkedBlockingQueue<>();
    private final InMaking inMaking = new InMaking();
    private Database database;
    private PoolExchange exchange;

    @BeforeEach
    void open() throws Exception {
        var cluster = StoppedCluster.in(folder);
        cluster.generate(POOL.keyId());
        database = cluster.open(1);
        var self = new Self(cluster.setup(1).identity(), Bytes32.of(new byte[32]), Bytes32.of(new byte[32]));
        var book = new PairBook(database, Clock.systemUTC(), Duration.ofMinutes(1));
        var keys = new KnownKeys(database, new KeyRing(database, self), book, self);
        var pool = new PresignaturePool(Caps.DEFAULT, keys, new ClockWatch(CLOCKS), CLOCKS, dropped -> {});
        exchange = new PoolExchange(keys, pool, inMaking, new Links());
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        database.close();
    }

    /** Both make presignatures, which takes longer than anybody waits for a node that is idle. */
    @Test
    void waitsForAPlayerThatMakesPresignaturesWithIt() throws Exception {
        var making = inMaking.begin(POOL);
        Callable<Set<Integer>> compare = () -> exchange.compare(POOL, true);
        var silent = threads.submit(compare);
        var question = Objects.requireNonNull(asked.poll(10, TimeUnit.SECONDS));
        Thread.sleep(Duration.ofMillis(2_500));
        assertThat(silent).isNotDone();

        making.close();
        exchange.received(3, FrameType.POOL_SAY, question);

        assertThat(silent.get(10, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void doesNotWaitForLongerThanTheSessionsThatRunHere() throws Exception {
        var making = inMaking.begin(POOL);
        Callable<Set<Integer>> compare = () -> exchange.compare(POOL, true);
        var silent = threads.submit(compare);
        assertThat(asked.poll(10, TimeUnit.SECONDS)).isNotNull();
        inMaking.begin(POOL);

        making.close();

        assertThat(silent.get(10, TimeUnit.SECONDS)).containsExactly(3);
    }

    private final class Links implements PresignLinks {
        @Override
        public void send(int player, FrameType type, byte[] body) {
            asked.add(Arrays.copyOf(body, body.length));
        }

        @Override
        public Set<Integer> connected() {
            return Set.of(2, 3);
        }
    }
}
