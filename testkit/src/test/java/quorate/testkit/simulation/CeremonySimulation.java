package quorate.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import quorate.rounds.Check;
import quorate.rounds.Operation;
import quorate.rounds.Unresponsive;
import quorate.testkit.simulation.CoinToss.Toss;

/** Ceremonies of honest parties on good and bad networks (protocols.md Appendix B 1). */
class CeremonySimulation {
    private static Simulation<Toss> ceremony() {
        return Simulation.keygen(3, 2, CoinToss.PLAYER);
    }

    @ParameterizedTest
    @CsvSource({"2,2", "3,2", "3,3", "5,3", "7,4"})
    void everybodyGetsTheSameResult(int n, int threshold) {
        for (long seed = 1; seed <= 20; seed++) {
            var results = Simulation.keygen(n, threshold, CoinToss.PLAYER).seed(seed).run().allFinish();
            assertThat(results).hasSize(n);
            assertSame(results);
        }
    }

    @Test
    void everyQuorumOfAKeyCanRun() {
        for (var signers : Set.of(Set.of(1, 2), Set.of(1, 3), Set.of(2, 3), Set.of(1, 2, 3))) {
            var results = Simulation.signing(Operation.FROST_INTERACTIVE, 3, 2, signers, CoinToss.PLAYER)
                    .run()
                    .allFinish();
            assertThat(results.keySet()).isEqualTo(signers);
            assertSame(results);
        }
    }

    @Test
    void aRunFollowsFromItsSeed() {
        var first = ceremony().seed(7).run().resultOf(1);
        var again = ceremony().seed(7).run().resultOf(1);
        var other = ceremony().seed(8).run().resultOf(1);
        assertThat(again.sum()).isEqualTo(first.sum());
        assertThat(other.sum()).isNotEqualTo(first.sum());
    }

    @Test
    void framesMayOvertakeEachOther() {
        for (long seed = 1; seed <= 60; seed++) {
            assertSame(ceremony().seed(seed).reorder().abortsOvertake().run().allFinish());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DELAY", "DUPLICATE"})
    void survivesWhatANetworkMayDo(Fault fault) {
        int frames = ceremony().run().frames();
        for (int frame = 1; frame <= frames; frame++) {
            assertSame(ceremony().with(fault, frame).run().allFinish());
            assertSame(ceremony().with(fault, frame).reorder().run().allFinish());
        }
    }

    @Test
    void aLostFrameIsMissedAndNobodyIsBlamed() {
        int frames = ceremony().run().frames();
        for (int frame = 1; frame <= frames; frame++) {
            var run = ceremony().with(Fault.DROP, frame).run();
            for (int party = 1; party <= 3; party++) {
                if (run.outcome(party) instanceof Outcome.Failed<Toss>(var reason)) {
                    assertThat(reason).as("%s", run).isInstanceOf(Unresponsive.class);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TRUNCATE", "FLIP"})
    void aDamagedFrameFailsTheCeremonyAndBlamesNobodyButItsSender(Fault fault) {
        int frames = ceremony().run().frames();
        for (int frame = 1; frame <= frames; frame++) {
            // Run checks that every blame is of the sender of the damaged frame.
            var run = ceremony().with(fault, frame).run();
            assertThat(run.results().size()).as("finished\n%s", run).isLessThan(3);
            assertSame(run.results());
        }
    }

    @Test
    void nobodyIsBlamedForAKilledParty() {
        int frames = ceremony().run().frames();
        for (int frame = 1; frame <= frames; frame++) {
            for (int party = 1; party <= 3; party++) {
                var run = ceremony().kill(party, frame).run();
                for (int other = 1; other <= 3; other++) {
                    if (other != party && run.outcome(other) instanceof Outcome.Failed<Toss>(var reason)) {
                        // Who waited for the killed one is silent then, too.
                        assertThat(((Unresponsive) reason).silent()).as("%s", run).isNotEmpty();
                    }
                }
            }
        }
    }

    @Test
    void aPartitionEndsBothSidesAndNobodyIsBlamed() {
        int frames = ceremony().run().frames();
        for (int frame = 1; frame <= frames; frame++) {
            assertSame(ceremony().partition(frame, Set.of(2)).run().results());
        }
        var run = ceremony().partition(1, Set.of(2)).run();
        run.parties(1, 3).misses(2);
        run.parties(2).misses(1, 3);
    }

    @Test
    void aSecretScopeIsClosedWhenTheCeremonyFails() {
        var scopes = new TreeMap<Integer, byte[]>();
        Simulation.<Toss>keygen(3, 2, (party, draw, secrets) -> {
                    scopes.put(party, secrets.keep(CoinToss.ascii("secret")));
                    return CoinToss.protocol(draw);
                })
                .proposing(2, draft -> draft.keyId("other"))
                .run()
                .everyHonestParty()
                .fails(Check.COM_6);
        assertThat(scopes.values()).hasSize(3).allSatisfy(secret -> assertThat(secret).containsOnly(0));
    }

    private static void assertSame(SortedMap<Integer, Toss> results) {
        results.values().forEach(toss -> {
            assertThat(toss.sum()).isEqualTo(results.firstEntry().getValue().sum());
            assertThat(toss.agreement().ctx()).isEqualTo(results.firstEntry().getValue().agreement().ctx());
        });
    }
}
