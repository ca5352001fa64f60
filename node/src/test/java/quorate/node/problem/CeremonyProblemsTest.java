package quorate.node.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import quorate.api.Bytes;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.rounds.Aborted;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Difference;
import quorate.rounds.Difference.Said;
import quorate.rounds.Disagreement;
import quorate.rounds.Misbehaviour;
import quorate.rounds.Refused;
import quorate.rounds.Unresponsive;

/** Party i is here the player 2·i, so that mixing them up shows. */
class CeremonyProblemsTest {
    private static final Bytes SESSION = Bytes.of(new byte[32]);
    private static final SortedMap<Integer, Integer> PLAYERS = new TreeMap<>(Map.of(1, 2, 2, 4, 3, 6));

    @Test
    void speaksOfThresholdsAndPlayersWhereASessionSpeaksOfDegreesAndParties() {
        var differences = List.of(
                new Difference("degree", List.of(new Said("1", List.of(1, 2)), new Said("2", List.of(3)))),
                new Difference("n", List.of(new Said("3", List.of(1)), new Said("4", List.of(2, 3)))),
                new Difference("params[1]", List.of(new Said("\"party 1\"", List.of(1)), new Said("0x00", List.of(2, 3)))));

        var problem = problem(new Disagreement(Check.COM_6, 0, differences));

        assertThat(problem.code()).isEqualTo(ProblemCode.PEERS_DISAGREE);
        assertThat(problem.check()).isEqualTo("COM-6");
        assertThat(problem.detail())
                .isEqualTo("COM-6: threshold: 2 at players 2 and 4, 3 at player 6; players: 3 at player 2, 4 at players 4"
                        + " and 6; params[1]: \"party 1\" at player 2, 0x00 at players 4 and 6");
    }

    @Test
    void namesPlayersInEveryOtherFailureToo() {
        var misbehaviour = problem(new Misbehaviour(Check.DKG_1, 1, Set.of(2)));
        assertThat(misbehaviour.culprits()).containsExactly(4);
        assertThat(misbehaviour.detail()).startsWith("DKG-1 in round 1: ").endsWith("; broken by player 4");

        var silence = problem(new Unresponsive(2, Set.of(1, 3)));
        assertThat(silence.silent()).containsExactly(2, 6);
        assertThat(silence.detail()).isEqualTo("no message of players 2 and 6 in round 2 before the deadline");

        assertThat(problem(new Aborted(3, Check.Verdict.FAIL)).detail())
                .isEqualTo("player 6 ended the session and reports FAIL");
    }

    /** COM-5: of all refusals, the one that operators of two nodes can lift. */
    @Test
    void tellsABannedPairFromEveryOtherRefusal() {
        var banned = problem(Refused.ofBannedPair("the pair with party 2 is banned"));
        assertThat(banned.code()).isEqualTo(ProblemCode.PAIR_BANNED);
        assertThat(banned.check()).isEqualTo("COM-5");

        var refused = problem(new Refused(Check.COM_5, "not all of [1, 9] are among 1 to 3"));
        assertThat(refused.code()).isEqualTo(ProblemCode.REFUSED);
        assertThat(refused.check()).isEqualTo("COM-5");
    }

    private static Problem problem(CeremonyException failure) {
        return CeremonyProblems.of(failure, PLAYERS, SESSION);
    }
}
