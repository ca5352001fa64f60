package quorate.node.presign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quorate.presign.Kind;
import quorate.presign.PoolKey;
import quorate.presign.Refill;
import quorate.presign.StandingOrder;
import quorate.rounds.Refused;

class PromisesTest {
    private static final List<Integer> PARTIES = List.of(1, 3);
    private static final PoolKey ONE = new PoolKey("one", PARTIES);
    private static final PoolKey OTHER = new PoolKey("other", PARTIES);
    private static final int ASKER = 1;

    private final AtomicLong nanos = new AtomicLong();
    private final Refill refill = new Refill(nanos::get);
    private final Promises promises = new Promises();

    @BeforeEach
    void order() {
        for (var pool : List.of(ONE, OTHER)) {
            refill.order(new StandingOrder(pool, Kind.FROST, 10));
        }
    }

    /** An honest initiator numbers all its questions; one that does not must not block a key for ever. */
    @Test
    void aNumberThatIsUsedTwiceLeaksNoPermit() throws Exception {
        assertThat(promises.give(ASKER, promise(ONE))).isTrue();
        assertThat(promises.give(ASKER, promise(OTHER))).isFalse();

        assertThat(admit(OTHER)).as("its permit came back").isNotNull();
        assertThatExceptionOfType(Refused.class).isThrownBy(() -> admit(ONE));
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        promises.expire(nanos.get());
        assertThat(admit(ONE)).isNotNull();
    }

    @Test
    void theGoIsOfThePlayerThatAskedAndOnce() throws Exception {
        var promise = promise(ONE);
        promises.give(ASKER, promise);

        assertThat(promises.take(2, 1)).isEmpty();
        assertThat(promises.take(ASKER, 2)).isEmpty();
        assertThat(promises.take(ASKER, 1)).contains(promise);
        assertThat(promises.take(ASKER, 1)).isEmpty();
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        promises.expire(nanos.get());
        assertThatExceptionOfType(Refused.class).as("the refill runs").isThrownBy(() -> admit(ONE));
    }

    private Promises.Promise promise(PoolKey pool) throws Refused {
        var question = new RefillFrame.Question(1, pool, new byte[RefillFrame.SESSION_BYTES], 2);
        return new Promises.Promise(question, admit(pool), nanos.get());
    }

    private Refill.Permit admit(PoolKey pool) throws Refused {
        return refill.admit(pool, Kind.FROST, ASKER, PARTIES, 0, 2);
    }
}
