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
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import quorate.algebra.Encoding;
import quorate.node.StoppedCluster;
import quorate.node.identity.Bytes32;
import quorate.node.key.KeyRing;
import quorate.node.key.Self;
import quorate.node.link.FrameType;
import quorate.node.pair.PairBook;
import quorate.presign.Caps;
import quorate.presign.ClockWatch;
import quorate.presign.Clocks;
import quorate.presign.DropNotice;
import quorate.presign.PoolKey;
import quorate.presign.PoolNotice;
import quorate.presign.PresignatureId;
import quorate.presign.PresignaturePool;
import quorate.store.Database;

/** Player 1 of a pool with player 3, whose answers are made here. */
@Timeout(60)
class PoolExchangeTest {
    private static final PoolKey POOL = new PoolKey("key", List.of(1, 3));
    private static final Clocks CLOCKS = new Clocks(Instant::now, System::nanoTime);

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LinkedBlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
    private final InMaking inMaking = new InMaking();
    private final PresignaturePool pool = new PresignaturePool(
            Caps.DEFAULT, new Peaceful(), new ClockWatch(CLOCKS), CLOCKS, dropped -> {});
    private Database database;
    private PoolExchange exchange;

    private record Sent(int player, FrameType type, byte[] body) {
        long number() {
            return Encoding.os2ip(body, 0, Long.BYTES);
        }

        PoolNotice notice() throws Exception {
            return PoolNotice.read(Arrays.copyOfRange(body, Long.BYTES, body.length));
        }
    }

    @BeforeEach
    void open() throws Exception {
        var cluster = StoppedCluster.in(folder);
        cluster.generate(POOL.keyId());
        database = cluster.open(1);
        var self = new Self(cluster.setup(1).identity(), Bytes32.of(new byte[32]), Bytes32.of(new byte[32]));
        var book = new PairBook(database, Clock.systemUTC(), Duration.ofMinutes(1));
        var keys = new KnownKeys(database, new KeyRing(database, self), book, self);
        exchange = new PoolExchange(keys, pool, inMaking, new Links());
        fill(1, 2, 3, 4);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        database.close();
    }

    @Test
    void dropsWhatAnotherDoesNotHoldAndAddsNothing() throws Exception {
        var silent = compare();
        var question = next();
        assertThat(question.type()).isEqualTo(FrameType.POOL_ASK);
        assertThat(question.player()).isEqualTo(3);

        say(3, question.number(), new PoolNotice.Listing(POOL, List.of(id(2), id(4), id(5))));

        assertThat(silent.get(10, TimeUnit.SECONDS)).isEmpty();
        assertThat(held()).containsExactly(id(2), id(4));
        assertThat(pool.next(POOL, 3)).containsExactly(id(2), id(4));
    }

    @Test
    void isContentWithTheSameDigest() throws Exception {
        var silent = compare();
        var question = next();

        say(3, question.number(), question.notice());

        assertThat(silent.get(10, TimeUnit.SECONDS)).isEmpty();
        assertThat(held()).hasSize(4);
    }

    @Test
    void ignoresEveryAnswerButThatOfThePlayerToTheQuestion() throws Exception {
        var silent = compare();
        var question = next();
        var nothing = new PoolNotice.Listing(POOL, List.of());

        say(2, question.number(), nothing);
        say(3, question.number() + 1, nothing);
        say(3, question.number(), new PoolNotice.Listing(new PoolKey("key", List.of(1, 2)), List.of()));
        say(3, question.number(), new PoolNotice.Digest(POOL, new byte[32]));
        exchange.received(3, FrameType.POOL_SAY, new byte[8]);

        assertThat(silent.get(10, TimeUnit.SECONDS)).containsExactly(3);
        say(3, question.number(), nothing);
        assertThat(held()).hasSize(4);
    }

    @Test
    void answersWhenTheSessionsThatRunHaveEnded() throws Exception {
        var making = inMaking.begin(POOL);
        ask(3, 9, new PoolNotice.Digest(POOL, new byte[32]));
        fill(5);
        assertThat(sent).isEmpty();

        making.close();

        var answer = next();
        assertThat(answer.type()).isEqualTo(FrameType.POOL_SAY);
        assertThat(answer.number()).isEqualTo(9);
        assertThat(((PoolNotice.Listing) answer.notice()).ids()).containsExactlyElementsOf(held());
        // It compares for itself, for it may hold what the other does not.
        assertThat(next().type()).isEqualTo(FrameType.POOL_ASK);
    }

    @Test
    void answersTheSameDigestToWhoHoldsTheSame() throws Exception {
        ask(3, 9, pool.snapshot(POOL).digest());
        assertThat(next().notice()).isInstanceOf(PoolNotice.Digest.class);
        ask(2, 9, pool.snapshot(POOL).digest());
        assertThat(sent.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void obeysTheDropOfAPartyOnly() {
        var drop = new DropNotice(POOL, List.of(id(1), id(9))).encode();
        exchange.received(2, FrameType.DROP, drop);
        exchange.received(3, FrameType.DROP, Arrays.copyOf(drop, drop.length - 1));
        assertThat(held()).hasSize(4);

        exchange.received(3, FrameType.DROP, drop);

        assertThat(held()).containsExactly(id(2), id(3), id(4));
    }

    private CompletableFuture<SortedSet<Integer>> compare() {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return exchange.compare(POOL, true);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                threads);
    }

    private Sent next() throws InterruptedException {
        return Objects.requireNonNull(sent.poll(10, TimeUnit.SECONDS), "nothing was sent");
    }

    private void say(int player, long number, PoolNotice notice) {
        exchange.received(player, FrameType.POOL_SAY, numbered(number, notice));
    }

    private void ask(int player, long number, PoolNotice notice) {
        exchange.received(player, FrameType.POOL_ASK, numbered(number, notice));
    }

    private static byte[] numbered(long number, PoolNotice notice) {
        return Encoding.concat(Encoding.i2osp(number, Long.BYTES), notice.encode());
    }

    private List<PresignatureId> held() {
        return pool.snapshot(POOL).ids();
    }

    private void fill(int... numbers) throws Exception {
        try (var reservation = pool.reserve(POOL, numbers.length)) {
            reservation.fill(HollowPresignature.batch(POOL, numbers));
        }
    }

    private static PresignatureId id(int number) {
        return HollowPresignature.id(number);
    }

    private final class Links implements PresignLinks {
        @Override
        public void send(int player, FrameType type, byte[] body) {
            sent.add(new Sent(player, type, body));
        }

        @Override
        public Set<Integer> connected() {
            return Set.of(2, 3);
        }
    }
}
