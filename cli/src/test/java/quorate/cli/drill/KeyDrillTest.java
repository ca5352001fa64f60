package quorate.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quorate.api.Bytes;
import quorate.api.Curve;
import quorate.api.KeyInfo;
import quorate.api.KeyState;
import quorate.api.ProblemCode;
import quorate.api.Scheme;
import quorate.cli.drill.KeyDrill.Signer;
import quorate.cli.terminal.CommandFailed;

class KeyDrillTest {
    private static final List<Integer> FIVE = IntStream.rangeClosed(1, 5).boxed().toList();

    private final Map<Integer, Map<String, KeyInfo>> held = new HashMap<>();
    private final Map<Integer, NotRestored> notRestored = new TreeMap<>();
    private final List<List<Integer>> asked = new ArrayList<>();

    private void holds(int player, int threshold, long epoch, KeyState state) {
        var shareId = Bytes.parse(String.format("%064x", epoch + 1));
        held.put(
                player,
                Map.of(
                        "k",
                        new KeyInfo(
                                player,
                                "k",
                                Bytes.parse("ab".repeat(32)),
                                Bytes.parse("ab".repeat(32)),
                                Curve.ED25519,
                                Scheme.SCHNORR,
                                threshold,
                                FIVE,
                                epoch,
                                shareId,
                                Bytes.parse("00".repeat(32)),
                                "",
                                0,
                                false,
                                true,
                                Collections.nCopies(threshold, Bytes.parse("cd".repeat(32))),
                                state,
                                Instant.EPOCH)));
    }

    private DrilledKey drill(Signer signer) {
        return new KeyDrill(held, notRestored, signer).drill("k");
    }

    private DrilledKey drill() {
        return drill((key, quorum) -> asked.add(quorum));
    }

    @Test
    void asksAsManyQuorumsAsItTakesForEveryNodeToSignOnce() {
        FIVE.forEach(player -> holds(player, 2, 0, KeyState.ACTIVE));

        var drilled = drill();

        assertThat(asked).containsExactly(List.of(1, 2), List.of(3, 4), List.of(1, 5));
        assertThat(drilled.signedBy()).isEqualTo(asked);
        assertThat(drilled.isGood()).isTrue();
        assertThat(drilled.untested()).isEmpty();
    }

    @Test
    void asksOneQuorumWhenAllAreNeeded() {
        FIVE.forEach(player -> holds(player, 5, 0, KeyState.ACTIVE));
        drill();
        assertThat(asked).containsExactly(FIVE);
    }

    @Test
    void leavesOutANodeOfAnotherEpochAndNamesIt() {
        for (int player : List.of(1, 2, 4)) {
            holds(player, 2, 1, KeyState.ACTIVE);
        }
        holds(3, 2, 0, KeyState.STALE);
        held.put(5, Map.of());

        var drilled = drill();

        assertThat(asked).containsExactly(List.of(1, 2), List.of(1, 4));
        assertThat(drilled.untested()).extracting(DrilledKey.Untested::node).containsExactly(3, 5);
        assertThat(drilled.untested().getFirst().reason()).contains("epoch 0 and stale");
        assertThat(drilled.untested().getLast().reason()).isEqualTo("its backup has no share of this key");
    }

    @Test
    void prefersTheNewestSharingOfWhichThereIsEnough() {
        for (int player : List.of(1, 2, 3)) {
            holds(player, 3, 0, KeyState.ACTIVE);
        }
        for (int player : List.of(4, 5)) {
            holds(player, 3, 1, KeyState.ACTIVE);
        }
        var drilled = drill();
        assertThat(asked).containsExactly(List.of(1, 2, 3));
        assertThat(drilled.epoch()).isZero();
    }

    @Test
    void tellsWhoDidNotSignAndGoesOn() {
        FIVE.forEach(player -> holds(player, 2, 0, KeyState.ACTIVE));

        var drilled = drill((key, quorum) -> {
            if (quorum.contains(4)) {
                throw new CommandFailed(ProblemCode.SIGNATURE_INVALID, "is none");
            }
        });

        assertThat(drilled.restorable()).isTrue();
        assertThat(drilled.isGood()).isFalse();
        assertThat(drilled.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.nodes()).containsExactly(3, 4);
            assertThat(failure.code()).isEqualTo(ProblemCode.SIGNATURE_INVALID);
        });
        assertThat(drilled.signedBy()).containsExactly(List.of(1, 2), List.of(1, 5));
    }

    @Test
    void namesWhatIsMissingWhenNothingCanBeSigned() {
        holds(1, 3, 0, KeyState.ACTIVE);
        holds(2, 3, 0, KeyState.ACTIVE);
        notRestored.put(3, new NotRestored(3, ProblemCode.BACKUP_SHARE, "the share does not open", "Use another."));

        var drilled = drill();

        assertThat(asked).isEmpty();
        assertThat(drilled.restorable()).isFalse();
        assertThat(drilled.why())
                .isEqualTo("nothing could be signed: nodes [1, 2] were restored, 3 of players [1, 2, 3, 4, 5] are needed");
        assertThat(drilled.untested()).extracting(DrilledKey.Untested::reason).containsExactly(
                "BACKUP_SHARE: the share does not open",
                "no backup file of node 4 was named",
                "no backup file of node 5 was named");
    }
}
