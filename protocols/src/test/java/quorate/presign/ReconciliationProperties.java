package quorate.presign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static quorate.presign.World.POOL;
import static quorate.presign.World.id;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import quorate.algebra.Transcript;
import quorate.presign.World.Sample;
import quorate.rounds.Check;
import quorate.rounds.Refused;

/** PSG-5: pools of several nodes, whatever happened to each, agree after they were compared. */
class ReconciliationProperties {
    private static final int NODES = 3;

    private final Map<Integer, World> worlds = new TreeMap<>();
    private final Map<Integer, PresignaturePool> pools = new TreeMap<>();

    private void cluster() {
        for (int i = 1; i <= NODES; i++) {
            var world = new World();
            worlds.put(i, world);
            pools.put(i, world.pool());
        }
    }

    private World world(int node) {
        return Objects.requireNonNull(worlds.get(node));
    }

    private PresignaturePool pool(int node) {
        return Objects.requireNonNull(pools.get(node));
    }

    /** As the nodes do it: digests first, lists where they differ. */
    private void compare() {
        var snapshots = new TreeMap<Integer, Snapshot>();
        pools.forEach((i, pool) -> snapshots.put(i, pool.snapshot(POOL)));
        settle(snapshots);
    }

    private void settle(Map<Integer, Snapshot> snapshots) {
        snapshots.forEach((i, mine) -> {
            var digests = new HashMap<Integer, PoolNotice.Digest>();
            snapshots.forEach((j, theirs) -> digests.put(j, theirs.digest()));
            digests.remove(i);
            var theirs = new HashMap<Integer, PoolNotice>(digests);
            if (!mine.agreesWith(digests.values())) {
                theirs.replaceAll((j, digest) -> Objects.requireNonNull(snapshots.get(j)).listing());
            }
            pool(i).settle(mine, theirs);
        });
    }

    @Test
    void poolsAreEqualAfterwardsAndNeverLarger() throws Exception {
        for (long seed = 1; seed <= 100; seed++) {
            cluster();
            var random = new Random(seed);
            for (int session = 0; session < 5; session++) {
                for (int i = 1; i <= NODES; i++) {
                    if (random.nextInt(5) > 0) {
                        world(i).fill(pool(i), POOL, session * 10, 1 + random.nextInt(10));
                    }
                }
            }
            for (int i = 1; i <= NODES; i++) {
                for (int loss = random.nextInt(8); loss > 0; loss--) {
                    var id = id(random.nextInt(50));
                    if (random.nextBoolean()) {
                        pool(i).delete(POOL, List.of(id));
                    } else if (pool(i).snapshot(POOL).ids().contains(id)) {
                        pool(i).claim(id, Sample.class, POOL);
                    }
                }
            }
            var expected = new TreeSet<>(pool(1).snapshot(POOL).ids());
            pools.values().forEach(pool -> expected.retainAll(new HashSet<>(pool.snapshot(POOL).ids())));

            compare();

            for (int i = 1; i <= NODES; i++) {
                assertThat(pool(i).snapshot(POOL).ids()).as("seed %d", seed).containsExactlyElementsOf(expected);
                assertThat(world(i).heard().stream()
                                .filter(drop -> drop.reason() == DropReason.NOT_HELD_BY_ALL))
                        .allMatch(drop -> drop.announcement().isEmpty());
            }
            compare();
            assertThat(pool(2).snapshot(POOL).ids()).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void whatOnlyOthersNameIsNeverAdded() throws Exception {
        cluster();
        world(1).fill(pool(1), POOL, 0, 3);
        var mine = pool(1).snapshot(POOL);
        var theirs = new PoolNotice.Listing(POOL, ascending(Set.of(id(0), id(77), id(78))));
        assertThat(pool(1).settle(mine, Map.of(2, theirs, 3, theirs))).isEqualTo(2);
        assertThat(pool(1).snapshot(POOL).ids()).containsExactly(id(0));
        assertThat(pool(1).count()).isEqualTo(1);
    }

    @Test
    void whatIsMadeDuringAComparisonStays() throws Exception {
        cluster();
        var snapshots = new TreeMap<Integer, Snapshot>();
        for (int i = 1; i <= NODES; i++) {
            world(i).fill(pool(i), POOL, 0, 2);
            snapshots.put(i, pool(i).snapshot(POOL));
        }
        world(1).fill(pool(1), POOL, 2, 2);
        settle(snapshots);
        assertThat(pool(1).count()).isEqualTo(4);
    }

    @Test
    void onlyAWholeComparisonCounts() throws Exception {
        cluster();
        world(1).fill(pool(1), POOL, 0, 2);
        var mine = pool(1).snapshot(POOL);
        var listing = mine.listing();
        var otherPool = new PoolNotice.Listing(PoolKey.of("key-2", List.of(1, 2, 3)), listing.ids());
        var otherDigest = new PoolNotice.Digest(POOL, new byte[32]);
        for (var theirs : List.<Map<Integer, PoolNotice>>of(
                Map.of(),
                Map.of(2, listing),
                Map.of(2, listing, 4, listing),
                Map.of(1, listing, 2, listing, 3, listing),
                Map.of(2, listing, 3, otherPool),
                Map.of(2, listing, 3, otherDigest))) {
            assertThatIllegalArgumentException().isThrownBy(() -> pool(1).settle(mine, theirs));
        }
        assertThat(pool(1).count()).isEqualTo(2);
        assertThat(pool(1).settle(mine, Map.of(2, listing, 3, mine.digest()))).isZero();
    }

    /** TH("pool", ids ascending), one part per id. */
    @Test
    void aDigestIsOverTheIdsInTheirOrder() throws Exception {
        cluster();
        world(1).fill(pool(1), POOL, 0, 10);
        var transcript = Transcript.of("pool");
        var bytes = new ArrayList<byte[]>();
        for (int i = 0; i < 10; i++) {
            bytes.add(id(i).bytes());
        }
        bytes.stream().sorted(Arrays::compareUnsigned).forEach(id -> transcript.add(id));
        assertThat(pool(1).snapshot(POOL).digest().digest()).isEqualTo(transcript.hash());
        assertThat(pool(2).snapshot(POOL).digest().digest())
                .isEqualTo(Transcript.of("pool").hash());
    }

    @Test
    void handsOutWhatAllHoldAndEachOncePerMinute() throws Exception {
        cluster();
        for (int i = 1; i <= NODES; i++) {
            world(i).fill(pool(i), POOL, 0, i == 3 ? 4 : 5);
        }
        compare();
        var first = pool(1).next(POOL, 3);
        var rest = pool(1).next(POOL, 3);
        assertThat(first).hasSize(3);
        assertThat(rest).hasSize(1);
        assertThat(first).doesNotContainAnyElementsOf(rest).doesNotContain(id(4));
        assertThat(pool(1).next(POOL, 1)).isEmpty();

        passAll(Duration.ofSeconds(59));
        compare();
        assertThat(pool(1).next(POOL, 1)).isEmpty();
        passAll(Duration.ofSeconds(1));
        compare();
        assertThat(pool(1).next(POOL, 10)).hasSize(4);
    }

    @Test
    void handsOutNothingThatWasClaimedSince() throws Exception {
        cluster();
        for (int i = 1; i <= NODES; i++) {
            world(i).fill(pool(i), POOL, 0, 3);
        }
        compare();
        pool(1).claim(id(1), Sample.class, POOL);
        assertThat(pool(1).next(POOL, 3)).containsExactlyInAnyOrder(id(0), id(2));
    }

    @Test
    void handsOutNothingWithoutAFreshComparison() throws Exception {
        cluster();
        for (int i = 1; i <= NODES; i++) {
            world(i).fill(pool(i), POOL, 0, 3);
        }
        assertStale();
        compare();
        passAll(Duration.ofSeconds(5));
        assertThat(pool(1).next(POOL, 1)).hasSize(1);
        passAll(Duration.ofNanos(1));
        assertStale();
        world(1).fill(pool(1), POOL, 3, 3);
        compare();
        assertThat(pool(1).next(POOL, 10)).doesNotContain(id(3), id(4), id(5));
        assertThat(pool(1).next(PoolKey.of("empty", List.of(1)), 3)).isEmpty();
    }

    private void assertStale() {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> pool(1).next(POOL, 1))
                .satisfies(refused -> assertThat(refused.check()).isEqualTo(Check.PSG_5));
    }

    private void passAll(Duration time) {
        worlds.values().forEach(world -> world.pass(time));
    }

    private static List<PresignatureId> ascending(Set<PresignatureId> ids) {
        return List.copyOf(new TreeSet<>(ids));
    }
}
