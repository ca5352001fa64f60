package quorate.frost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quorate.algebra.Secrets;
import quorate.presign.Caps;
import quorate.presign.ClockWatch;
import quorate.presign.Clocks;
import quorate.presign.DropReason;
import quorate.presign.Dropped;
import quorate.presign.Origin;
import quorate.presign.PoolKey;
import quorate.presign.PresignatureId;
import quorate.presign.PresignaturePool;
import quorate.presign.Surroundings;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;
import quorate.rounds.Refused;
import quorate.table.Outcome;
import quorate.testkit.verify.IndependentVerifier;

/** Three nodes with a pool each: from a presigning session to a signature (protocols.md Appendix B 18). */
class FrostPoolTest {
    private static final List<Integer> PARTIES = List.of(1, 2, 3);
    private static final PoolKey POOL = PoolKey.of("key-1", PARTIES);

    private final Secrets scope = new Secrets();
    private final Presigners presigners = new Presigners(Suite.ED25519, 3, 1, scope);
    private final Set<Integer> restarted = new HashSet<>();
    private final Map<Integer, PresignaturePool> pools = new HashMap<>();
    private final List<Dropped> dropped = Collections.synchronizedList(new ArrayList<>());
    private final List<PresignatureId> ids = new ArrayList<>();
    private final Outcome<List<FrostPresignature>> batches = presigners.table(PARTIES, 4).run();

    private final class Calm implements Surroundings {
        @Override
        public boolean offersSharing(Origin origin) {
            return true;
        }

        @Override
        public boolean isCurrent(Origin origin) {
            return origin.parts().stream().noneMatch(entry -> restarted.contains(entry.index()));
        }

        @Override
        public boolean hasBannedPair(Origin origin) {
            return false;
        }
    }

    @BeforeEach
    void presign() throws Exception {
        var clocks = new Clocks(InstantSource.fixed(Presigners.TIME), () -> 0);
        for (int party : PARTIES) {
            var pool = new PresignaturePool(Caps.DEFAULT, new Calm(), new ClockWatch(clocks), clocks, dropped::add);
            pools.put(party, pool);
            try (var places = pool.reserve(POOL, 4)) {
                places.fill(batches.of(party));
            }
        }
        batches.of(1).forEach(presignature -> ids.add(presignature.id()));
    }

    @AfterEach
    void wipe() {
        scope.close();
    }

    private PresignaturePool pool(int party) {
        return Objects.requireNonNull(pools.get(party));
    }

    private PresignedShare sign(int party, PresignatureId id, String message) throws Exception {
        try (var nonces = pool(party).claim(id, FrostPresignature.class, POOL)) {
            return nonces.sign(presigners.share(party), presigners.request(message));
        }
    }

    @Test
    void signsWithWhatWasClaimed() throws Exception {
        for (var id : ids) {
            var shares = new TreeMap<Integer, PresignedShare>();
            for (int party : PARTIES) {
                shares.put(party, sign(party, id, "message"));
            }
            var request = presigners.request("message");
            var signature = FrostCombination.combine(presigners.sharing(), request, id, shares);
            assertThat(IndependentVerifier.ed25519(
                            presigners.sharing().publicKey().encode(), request.message(), signature))
                    .isTrue();
        }
        assertThat(pools.values()).allMatch(pool -> pool.count() == 0);
        assertThat(dropped).isEmpty();
    }

    /** Both burn it, nobody is blamed. */
    @Test
    void twoMessagesForOnePresignatureMakeNoSignature() throws Exception {
        var id = ids.getFirst();
        var shares = new TreeMap<Integer, PresignedShare>();
        shares.put(1, sign(1, id, "one"));
        shares.put(2, sign(2, id, "two"));
        shares.put(3, sign(3, id, "one"));
        for (var message : List.of("one", "two")) {
            assertThatExceptionOfType(Disagreement.class)
                    .isThrownBy(() -> FrostCombination.combine(
                            presigners.sharing(), presigners.request(message), id, shares))
                    .satisfies(disagreement -> assertThat(disagreement.check()).isEqualTo(Check.FRO_4));
        }
        for (int party : PARTIES) {
            assertSpent(party, id);
        }
    }

    /** Of a hundred requests with a hundred messages one gets a share. */
    @Test
    void aHundredRequestsForOnePresignatureGetOneShare() throws Exception {
        var id = ids.getFirst();
        var requests = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 100; i++) {
            var message = "message " + i;
            requests.add(() -> {
                try {
                    return sign(1, id, message).share().presigId().length > 0;
                } catch (Refused refused) {
                    assertThat(refused.check()).isEqualTo(Check.PSG_1);
                    return false;
                }
            });
        }
        int shares = 0;
        try (var threads = Executors.newFixedThreadPool(100)) {
            for (var result : threads.invokeAll(requests)) {
                shares += result.get() ? 1 : 0;
            }
        }
        assertThat(shares).isEqualTo(1);
    }

    @Test
    void aRequestThatFailedOrWasCancelledSpentIt() throws Exception {
        var id = ids.getFirst();
        pool(1).claim(id, FrostPresignature.class, POOL).close();
        assertSpent(1, id);
        var other = new Presigners(Suite.ED25519, 3, 2, scope);
        try (var nonces = pool(1).claim(ids.get(1), FrostPresignature.class, POOL)) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> nonces.sign(other.share(1), presigners.request("message")));
        }
        assertSpent(1, ids.get(1));
    }

    @Test
    void aRestartOfOnePartyVoidsThePoolsOfAll() {
        restarted.add(2);
        pool(1).review();
        pool(3).review();
        assertThat(pool(1).count() + pool(3).count()).isZero();
        assertThat(dropped).extracting(Dropped::reason).containsOnly(DropReason.INCARNATION_CHANGED);
        assertThat(batches.of(1)).allMatch(FrostPoolTest::isWiped);
    }

    private void assertSpent(int party, PresignatureId id) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> sign(party, id, "one"))
                .satisfies(refused -> assertThat(refused.check()).isEqualTo(Check.PSG_1));
    }

    private static boolean isWiped(FrostPresignature presignature) {
        try {
            var field = FrostPresignature.class.getDeclaredField("nonces");
            field.setAccessible(true);
            for (byte b : (byte[]) field.get(presignature)) {
                if (b != 0) {
                    return false;
                }
            }
            return true;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the nonces of a presignature", e);
        }
    }
}
