package quorate.keygen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quorate.algebra.Groups;
import quorate.dealing.NewShare;
import quorate.dealing.internal.Announcement;
import quorate.dealing.internal.Confirmation;
import quorate.dealing.internal.SecretPoint;
import quorate.rounds.Check;
import quorate.testkit.simulation.Fault;
import quorate.testkit.simulation.Simulation;

/** Key generation in real sessions: agreement, signed broadcasts, hedged randomness, a bad network. */
class KeygenSimulation {
    private static Simulation<NewShare> keygen(int n, int threshold) {
        return Simulation.<NewShare>keygen(
                        n, threshold, (party, draw, secrets) -> agreement -> Keygen.start(agreement, draw, secrets))
                .proposing(draft -> draft.group(Groups.ED25519, 2));
    }

    @Test
    void everybodyGetsTheSameKeyInWhateverOrderMessagesArrive() {
        for (long seed = 1; seed <= 20; seed++) {
            assertSame(keygen(4, 3).seed(seed).run().allFinish());
            assertSame(keygen(3, 2).seed(seed).reorder().abortsOvertake().run().allFinish());
        }
    }

    @Test
    void namesThePartyThatSendsAWrongPoint() {
        keygen(5, 3)
                .whenever(4, SecretPoint.class, point -> new SecretPoint(point.value().plus(Groups.ED25519.scalar(1))))
                .run()
                .everyHonestParty()
                .blames(Check.DKG_5, 4);
    }

    /** The echo shows that somebody lied; the signatures on what was said show who. */
    @Test
    void namesThePartyThatEquivocatesInRoundOne() {
        var run = keygen(4, 2)
                .whenever(3, Announcement.class, (recipient, announcement) -> recipient == 2
                        ? new Announcement(announcement.ctx(), new byte[32], announcement.commitment())
                        : announcement)
                .run();

        run.everyHonestParty().blames(Check.COM_8, 3);
        assertThat(run.proofOf(1)).hasSize(2);
        assertThat(run.results()).isEmpty();
    }

    @Test
    void namesThePartyThatEquivocatesInRoundThree() {
        var run = keygen(4, 2)
                .whenever(3, Confirmation.class, (recipient, confirmation) ->
                        recipient == 2 ? new Confirmation(new byte[32]) : confirmation)
                .run();

        run.parties(2).fails(Check.DKG_6);
        assertThat(run.results()).doesNotContainKey(2);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void noSingleFaultMakesTwoKeysOrHangs(Fault fault) {
        int frames = keygen(3, 2).run().frames();
        for (int frame = 1; frame <= frames; frame++) {
            // A run ends, blames nobody but the sender of a damaged frame, and those who finish agree.
            assertSame(keygen(3, 2).with(fault, frame).run().results());
        }
    }

    private static void assertSame(SortedMap<Integer, NewShare> results) {
        assertThat(results.values().stream().map(key -> key.confirmation().digest()).distinct())
                .hasSizeLessThanOrEqualTo(1);
    }
}
