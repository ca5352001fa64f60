package quorate.presign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static quorate.presign.World.POOL;
import static quorate.presign.World.id;
import static quorate.presign.World.ids;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import quorate.presign.World.Other;
import quorate.presign.World.Sample;
import quorate.rounds.Check;
import quorate.rounds.Refused;

class PresignaturePoolTest {
    private static final PoolKey OTHER_PARTIES = PoolKey.of("key-1", List.of(1, 2));
    private static final PoolKey OTHER_KEY = PoolKey.of("key-2", List.of(1, 2, 3));

    private final World world = new World();
    private final PresignaturePool pool = world.pool();

    private interface Attempt {
        void run() throws Refused;
    }

    private static void refused(Check check, Attempt attempt) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(attempt::run)
                .satisfies(refused -> assertThat(refused.check()).isEqualTo(check));
    }

    private byte[] claim(int number) throws Refused {
        return pool.claim(id(number), Sample.class, POOL);
    }

    @Test
    void aClaimMovesTheSecretOut() throws Exception {
        var batch = world.fill(pool, POOL, 0, 2);
        assertThat(pool.count()).isEqualTo(2);

        assertThat(claim(0)).containsOnly(9);
        assertThat(batch.get(0).isWiped()).isTrue();
        assertThat(batch.get(1).isWiped()).isFalse();
        assertThat(pool.snapshot(POOL).ids()).containsExactly(id(1));
        assertThat(pool.count()).isEqualTo(1);
        assertThat(world.heard()).isEmpty();
    }

    @Test
    void nothingIsClaimedTwice() throws Exception {
        world.fill(pool, POOL, 0, 1);
        claim(0);
        refused(Check.PSG_1, () -> claim(0));
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> claim(0))
                .withMessageContaining("used or dropped before");
    }

    @Test
    void nothingUnknownIsClaimed() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> claim(0))
                .withMessageContaining("PSG-1")
                .withMessageContaining("key-1[1, 2, 3]");
    }

    /** The requests are wrong: the presignature stays. */
    @Test
    void nothingIsClaimedForAnotherKeyOrOtherPartiesOrAnotherKind() throws Exception {
        var batch = world.fill(pool, POOL, 0, 1);
        refused(Check.PSG_1, () -> pool.claim(id(0), Sample.class, OTHER_KEY));
        refused(Check.PSG_1, () -> pool.claim(id(0), Sample.class, OTHER_PARTIES));
        refused(Check.PSG_1, () -> pool.claim(id(0), Other.class, POOL));
        assertThat(batch.getFirst().isWiped()).isFalse();
        assertThat(claim(0)).containsOnly(9);
    }

    @Test
    void aRestartOfAnyPartyVoidsIt() throws Exception {
        assertVoid(Check.PSG_2, DropReason.INCARNATION_CHANGED, w -> w.restarts(3));
    }

    @Test
    void aBanInsidePVoidsIt() throws Exception {
        assertVoid(Check.COM_5, DropReason.BANNED_PAIR, w -> w.bans(2));
    }

    @Test
    void aSharingThatIsGoneVoidsIt() throws Exception {
        assertVoid(Check.COM_5, DropReason.SHARING_GONE, World::reshared);
    }

    @Test
    void aWitnessThatDoesNotAgreeVoidsIt() throws Exception {
        assertVoid(Check.PSG_1, DropReason.WITNESS, World::witnessRefuses);
    }

    @Test
    void aClockJumpVoidsIt() throws Exception {
        assertVoid(Check.PSG_7, DropReason.CLOCK_JUMP, w -> w.jump(Duration.ofSeconds(31)));
    }

    private void assertVoid(Check check, DropReason reason, Consumer<World> change) throws Exception {
        var batch = world.fill(pool, POOL, 0, 1);
        change.accept(world);
        refused(check, () -> claim(0));
        assertThat(batch.getFirst().isWiped()).isTrue();
        assertThat(pool.count()).isZero();
        var heard = world.heard();
        assertThat(heard).containsExactly(new Dropped(POOL, reason, List.of(id(0))));
        assertThat(heard.getFirst().announcement()).contains(new DropNotice(POOL, List.of(id(0))));
        refused(Check.PSG_1, () -> claim(0));
        refused(Check.PSG_1, () -> {
            try (var reservation = pool.reserve(OTHER_PARTIES, 1)) {
                reservation.fill(List.of(new Sample(id(0), world.session(OTHER_PARTIES))));
            }
        });
    }

    /** The thread that ticks saw the jump first: claims must see it too. */
    @Test
    void aClockJumpThatSomebodyElseNoticedVoidsItToo() throws Exception {
        world.fill(pool, POOL, 0, 1);
        world.jump(Duration.ofSeconds(-31));
        assertThat(world.watch.jumps()).isEqualTo(1);
        refused(Check.PSG_7, () -> claim(0));
    }

    /** A secret that got lost on its way out is lost. */
    @Test
    void aClaimThatFailsHalfWayIsAClaim() throws Exception {
        var origin = world.session(POOL);
        var wiped = new ArrayList<Boolean>();
        final class Broken extends Presignature<String> {
            Broken() {
                super(World.id(0), origin);
            }

            @Override
            protected String surrender() {
                throw new IllegalStateException("broken");
            }

            @Override
            protected void wipe() {
                wiped.add(true);
            }
        }
        try (var reservation = pool.reserve(POOL, 1)) {
            reservation.fill(List.of(new Broken()));
        }
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> pool.claim(id(0), Broken.class, POOL))
                .withMessage("broken");
        assertThat(wiped).containsExactly(true);
        refused(Check.PSG_1, () -> pool.claim(id(0), Broken.class, POOL));
    }

    @Test
    void everyReasonWipesAndLeavesNothingToClaim() throws Exception {
        var drops = Map.<DropReason, ToIntFunction<PresignaturePool>>of(
                DropReason.COMMAND, p -> p.delete("key-1"),
                DropReason.EXPIRED, p -> p.expire(world.now().plusSeconds(1)),
                DropReason.CAP, p -> p.trim(POOL, 0),
                DropReason.PEER, p -> p.hear(2, new DropNotice(POOL, List.copyOf(p.snapshot(POOL).ids()))),
                DropReason.SHUTDOWN, p -> {
                    int count = p.count();
                    p.close();
                    return count;
                });
        for (var drop : drops.entrySet()) {
            var here = world.pool();
            var batch = world.fill(here, POOL, 0, 3);
            assertThat(drop.getValue().applyAsInt(here)).as("%s", drop.getKey()).isEqualTo(3);
            assertThat(batch).allMatch(Sample::isWiped);
            assertThat(here.count()).isZero();
            assertThat(world.heard()).singleElement().satisfies(dropped -> {
                assertThat(dropped.reason()).isEqualTo(drop.getKey());
                assertThat(dropped.ids()).containsExactlyInAnyOrderElementsOf(ids(batch));
                assertThat(dropped.announcement().isPresent()).isEqualTo(drop.getKey() != DropReason.PEER);
            });
            for (int i = 0; i < 3; i++) {
                var id = id(i);
                refused(Check.PSG_1, () -> here.claim(id, Sample.class, POOL));
            }
        }
    }

    @Test
    void aReviewDropsWhatChangedAndNothingElse() throws Exception {
        world.fill(pool, POOL, 0, 3);
        var others = world.fill(pool, OTHER_PARTIES, 3, 2);
        assertThat(pool.review()).isZero();
        world.restarts(3);
        assertThat(pool.review()).isEqualTo(3);
        assertThat(others).noneMatch(Sample::isWiped);
        world.bans(1);
        assertThat(pool.review()).isEqualTo(2);
        assertThat(world.heard().stream().map(Dropped::reason))
                .containsExactly(DropReason.INCARNATION_CHANGED, DropReason.BANNED_PAIR);
    }

    @Test
    void commandsDropOneKeyOrSomeOrAll() throws Exception {
        world.fill(pool, POOL, 0, 3);
        world.fill(pool, OTHER_KEY, 3, 3);
        assertThat(pool.delete(POOL, List.of(id(1), id(4), id(99)))).isEqualTo(1);
        assertThat(pool.delete("key-2")).isEqualTo(3);
        assertThat(pool.delete("key-2")).isZero();
        assertThat(pool.counts("key-1")).isEqualTo(Map.of(List.of(1, 2, 3), 2));
        assertThat(pool.deleteAll()).isEqualTo(2);
        assertThat(pool.count()).isZero();
    }

    @Test
    void countsPerKeyAndParties() throws Exception {
        world.fill(pool, POOL, 0, 3);
        world.fill(pool, OTHER_PARTIES, 3, 2);
        assertThat(pool.counts("key-1")).isEqualTo(Map.of(List.of(1, 2), 2, List.of(1, 2, 3), 3));
        assertThat(pool.counts("key-2")).isEmpty();
        assertThat(pool.count()).isEqualTo(5);
    }

    @Test
    void expiryLooksAtTheAge() throws Exception {
        world.fill(pool, POOL, 0, 1);
        world.pass(Duration.ofHours(1));
        world.fill(pool, POOL, 1, 1);
        assertThat(pool.expire(world.now())).isEqualTo(1);
        assertThat(pool.snapshot(POOL).ids()).containsExactly(id(1));
    }

    @Test
    void whoIsNotOfPCannotDrop() throws Exception {
        world.fill(pool, OTHER_PARTIES, 0, 1);
        assertThat(pool.hear(3, new DropNotice(OTHER_PARTIES, List.of(id(0))))).isZero();
        assertThat(pool.hear(3, new DropNotice(POOL, List.of(id(0))))).isZero();
        assertThat(pool.count()).isEqualTo(1);
    }

    @Test
    void aTickNoticesAJump() throws Exception {
        var batch = world.fill(pool, POOL, 0, 2);
        assertThat(pool.tick()).isZero();
        world.jump(Duration.ofMinutes(-1));
        assertThat(pool.tick()).isEqualTo(2);
        assertThat(batch).allMatch(Sample::isWiped);
    }

    @Test
    void anIdIsRefusedLikewiseAfterItWasForgotten() throws Exception {
        world.fill(pool, POOL, 0, 1);
        claim(0);
        world.pass(Duration.ofHours(25));
        pool.tick();
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> claim(0))
                .withMessageContaining("PSG-1")
                .withMessageContaining("no free presignature");
    }

    @Test
    void remembersClaimedIdsForADayButNotWithoutEnd() {
        var spent = new Spent();
        for (int i = 0; i < 200_010; i++) {
            spent.add(new PresignatureId(i, 0, 0, i), i);
        }
        assertThat(spent.size()).isEqualTo(200_000);
        assertThat(spent.contains(new PresignatureId(9, 0, 0, 9))).isFalse();
        assertThat(spent.contains(new PresignatureId(10, 0, 0, 10))).isTrue();
        spent.forget(Duration.ofDays(1).toNanos() + 100_000);
        assertThat(spent.size()).isEqualTo(100_010);
    }

    @Test
    void insertsAWholeBatchOrNothing() throws Exception {
        world.fill(pool, POOL, 0, 2);
        var batch = world.batch(POOL, 1, 3);
        refused(Check.PSG_1, () -> {
            try (var reservation = pool.reserve(POOL, 3)) {
                reservation.fill(batch);
            }
        });
        assertThat(batch).allMatch(Sample::isWiped);
        assertThat(pool.count()).isEqualTo(2);
        assertThat(claim(1)).containsOnly(9);

        var origin = world.session(POOL);
        var twins = List.of(new Sample(id(7), origin), new Sample(id(7), origin));
        refused(Check.PSG_1, () -> {
            try (var reservation = pool.reserve(POOL, 2)) {
                reservation.fill(twins);
            }
        });
        assertThat(twins).allMatch(Sample::isWiped);
    }

    @Test
    void insertsOnlyBatchesOfOneSessionIntoTheirOwnPlaces() throws Exception {
        var mixed = new ArrayList<>(world.batch(POOL, 0, 1));
        mixed.addAll(world.batch(POOL, 1, 1));
        for (var wrong : List.of(
                mixed, world.batch(OTHER_PARTIES, 0, 2), world.batch(POOL, 0, 3), List.<Sample>of())) {
            try (var reservation = pool.reserve(POOL, 2)) {
                assertThatIllegalArgumentException().isThrownBy(() -> reservation.fill(wrong));
            }
            assertThat(wrong).allMatch(Sample::isWiped);
        }
        assertThat(pool.count()).isZero();
    }

    @Test
    void insertsNothingThatBecameVoidMeanwhile() throws Exception {
        assertNotInserted(Check.PSG_2, w -> w.restarts(2));
        assertNotInserted(Check.PSG_7, w -> w.jump(Duration.ofSeconds(31)));
        assertNotInserted(Check.COM_5, w -> w.bans(2));
        assertNotInserted(Check.COM_5, World::reshared);
    }

    private static void assertNotInserted(Check check, Consumer<World> change) throws Exception {
        var world = new World();
        var pool = world.pool();
        var batch = world.batch(POOL, 0, 2);
        try (var reservation = pool.reserve(POOL, 2)) {
            change.accept(world);
            refused(check, () -> reservation.fill(batch));
        }
        assertThat(batch).allMatch(Sample::isWiped);
        assertThat(pool.count()).isZero();
    }

    @Test
    void aClosedPoolTakesNothing() throws Exception {
        var batch = world.batch(POOL, 0, 2);
        try (var reservation = pool.reserve(POOL, 2)) {
            pool.close();
            refused(Check.PSG_1, () -> reservation.fill(batch));
        }
        assertThat(batch).allMatch(Sample::isWiped);
        refused(Check.PSG_1, () -> pool.reserve(POOL, 1));
    }

    @Test
    void refusesASessionThatWouldExceedTheCapOfAKeyOrTheNode() throws Exception {
        var small = world.pool(new Caps(10, 15));
        world.fill(small, POOL, 0, 6);
        refused(Check.PSG_6, () -> small.reserve(OTHER_PARTIES, 5));
        try (var running = small.reserve(OTHER_PARTIES, 4)) {
            refused(Check.PSG_6, () -> small.reserve(POOL, 1));
            refused(Check.PSG_6, () -> small.reserve(OTHER_KEY, 6));
            running.fill(world.batch(OTHER_PARTIES, 6, 1));
            refused(Check.PSG_6, () -> small.reserve(POOL, 1));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> running.fill(world.batch(OTHER_PARTIES, 7, 4)));
        }
        // The session ended with one of four; a claim makes room for another.
        small.claim(id(0), Sample.class, POOL);
        small.reserve(POOL, 4).close();
        refused(Check.PSG_6, () -> small.reserve(POOL, 5));
        refused(Check.PSG_6, () -> small.reserve(POOL, Integer.MAX_VALUE));
        small.deleteAll();
        small.reserve(POOL, 10).close();
        small.reserve(POOL, 10).close();
    }

    @Test
    void hasTheCapsOfTheSpecification() {
        assertThat(Caps.DEFAULT).isEqualTo(new Caps(10_000, 100_000));
        assertThatIllegalArgumentException().isThrownBy(() -> new Caps(10_001, 100_000));
    }

    @Test
    void aReservationGivesItsPlacesBackOnce() throws Exception {
        var small = world.pool(new Caps(10, 10));
        var reservation = small.reserve(POOL, 10);
        reservation.close();
        reservation.close();
        try (var again = small.reserve(POOL, 10)) {
            refused(Check.PSG_6, () -> small.reserve(POOL, 1));
            assertThat(again).isNotNull();
        }
    }

    @Test
    void showsNoSecretInText() {
        assertThat(world.batch(POOL, 0, 1).getFirst()).hasToString("Presignature[" + id(0) + ", redacted]");
    }
}
