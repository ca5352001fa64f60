package quorate.presign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import quorate.rounds.Check;
import quorate.rounds.Refused;

/** PSG-6 for refills. */
class RefillTest {
    private static final PoolKey POOL = PoolKey.of("key-1", List.of(2, 3));
    private static final PoolKey SAME_KEY = PoolKey.of("key-1", List.of(1, 2));
    private static final Set<Integer> LIVE = Set.of(1, 2, 3);

    private final World world = new World();
    private final Refill refill = new Refill(world.clocks.nanos());

    private void order(PoolKey pool, int level) {
        refill.order(new StandingOrder(pool, Kind.FROST, level));
    }

    private Refill.Permit admit(PoolKey pool, int initiator, int free, int count) throws Refused {
        return refill.admit(pool, Kind.FROST, initiator, LIVE, free, count);
    }

    private interface Attempt {
        Object run() throws Refused;
    }

    private static void refused(String reason, Attempt attempt) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(attempt::run)
                .withMessageContaining(reason)
                .satisfies(refused -> assertThat(refused.check()).isEqualTo(Check.PSG_6));
    }

    @Test
    void isDueAtTheLowestLiveIndexOnlyUpToTheLevel() {
        order(POOL, 100);
        assertThat(refill.due(POOL, 2, LIVE, 30)).contains(70);
        assertThat(refill.due(POOL, 3, LIVE, 30)).isEmpty();
        assertThat(refill.due(POOL, 2, LIVE, 100)).isEmpty();
        assertThat(refill.due(POOL, 2, LIVE, 101)).isEmpty();
        assertThat(refill.due(SAME_KEY, 1, LIVE, 0)).isEmpty();
    }

    @Test
    void isNotDueWhileAPartyIsAway() {
        order(POOL, 100);
        assertThat(refill.due(POOL, 2, Set.of(1, 2), 30)).isEmpty();
        assertThat(refill.due(POOL, 3, Set.of(1, 3), 30)).isEmpty();
    }

    @Test
    void nobodyRefillsWithoutAnOrderHere() throws Exception {
        refused("no standing order", () -> admit(POOL, 2, 0, 1));
        order(POOL, 100);
        admit(POOL, 2, 0, 1).close();
        refused("no standing order", () -> admit(SAME_KEY, 1, 0, 1));
        refused("no standing order", () -> refill.admit(POOL, Kind.ECDSA, 2, LIVE, 0, 1));
        refill.cancel(POOL);
        refused("no standing order", () -> admit(POOL, 2, 0, 1));
        assertThat(refill.orders()).isEmpty();
        assertThat(refill.due(POOL, 2, LIVE, 0)).isEmpty();
    }

    @Test
    void nobodyElseThanTheLowestLiveIndexMayAsk() throws Exception {
        order(POOL, 100);
        refused("party 3 is not the lowest live one", () -> admit(POOL, 3, 0, 1));
        refused("party 1 is not the lowest live one", () -> admit(POOL, 1, 0, 1));
        refused("party 0 is not", () -> refill.admit(POOL, Kind.FROST, 0, LIVE, 0, 1));
        refill.admit(POOL, Kind.FROST, 3, Set.of(1, 3), 0, 1).close();
    }

    /** A malicious node asks for more than this node wants. */
    @Test
    void everyNodeEnforcesItsOwnLevel() throws Exception {
        order(POOL, 100);
        refused("above the level", () -> admit(POOL, 2, 90, 11));
        refused("above the level", () -> admit(POOL, 2, 90, Integer.MAX_VALUE));
        refused("above the level", () -> admit(POOL, 2, 90, 0));
        refused("above the level", () -> admit(POOL, 2, 90, -1));
        admit(POOL, 2, 90, 10).close();
    }

    @Test
    void oneRefillPerKeyAtATime() throws Exception {
        order(POOL, 100);
        order(SAME_KEY, 100);
        var other = PoolKey.of("key-2", List.of(2, 3));
        order(other, 100);
        var running = admit(POOL, 2, 0, 10);
        refused("is running", () -> admit(POOL, 2, 0, 10));
        refused("is running", () -> admit(SAME_KEY, 1, 0, 10));
        assertThat(refill.due(SAME_KEY, 1, LIVE, 0)).isEmpty();
        admit(other, 2, 0, 10).close();
        running.close();
        var next = admit(SAME_KEY, 1, 0, 10);
        // Closing the first once more does not end the second.
        running.close();
        refused("is running", () -> admit(POOL, 2, 0, 10));
        next.close();
        assertThat(refill.due(POOL, 2, LIVE, 0)).contains(100);
    }

    @Test
    void aThousandPerMinuteAndKey() throws Exception {
        order(POOL, 10_000);
        admit(POOL, 2, 0, 600).close();
        world.pass(Duration.ofSeconds(30));
        assertThat(refill.due(POOL, 2, LIVE, 0)).contains(400);
        admit(POOL, 2, 0, 400).close();
        refused("per minute", () -> admit(POOL, 2, 0, 1));
        assertThat(refill.due(POOL, 2, LIVE, 0)).isEmpty();
        world.pass(Duration.ofSeconds(30));
        assertThat(refill.due(POOL, 2, LIVE, 0)).contains(600);
        world.pass(Duration.ofSeconds(30));
        assertThat(refill.due(POOL, 2, LIVE, 0)).contains(1_000);
        refused("per minute", () -> admit(POOL, 2, 0, 1_001));
    }

    @Test
    void aLevelIsAtMostWhatAKeyMayHave() {
        assertThatIllegalArgumentException().isThrownBy(() -> order(POOL, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> order(POOL, 10_001));
        order(POOL, 5);
        order(POOL, 6);
        assertThat(refill.orders()).containsExactly(new StandingOrder(POOL, Kind.FROST, 6));
    }
}
