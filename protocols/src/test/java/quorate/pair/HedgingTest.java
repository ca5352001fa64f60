package quorate.pair;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quorate.algebra.Groups;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.key.Scheme;
import quorate.key.Sharing;
import quorate.rounds.Agreement;
import quorate.rounds.Entry;
import quorate.rounds.HedgedDraw;
import quorate.rounds.Operation;
import quorate.table.Agreements;
import quorate.table.Keys;
import quorate.table.Outcome;
import quorate.table.RoundTable;

/** Scenario 17 of protocols.md, Appendix B, for base OT: the generator is a constant, and yet nothing repeats. */
class HedgingTest {
    private final Secrets scope = new Secrets();
    private final Sharing sharing = Keys.random(Groups.SECP256K1, Scheme.ECDSA, 3, 1, "pair", scope)
            .firstEntry()
            .getValue()
            .sharing();

    @AfterEach
    void wipe() {
        scope.close();
    }

    @Test
    void aRepeatedGeneratorRepeatsNothingInAnotherSession() {
        var first = new ArrayList<String>();
        var repeated = new ArrayList<String>();
        var second = new ArrayList<String>();
        drawn(session(1), 7, first);
        drawn(session(1), 7, repeated);
        drawn(session(2), 7, second);

        assertThat(repeated).isEqualTo(first); // so the generator really is a constant
        assertDistinct(first, second);
    }

    @Test
    void aRepeatedGeneratorRepeatsNothingInAnotherProcess() {
        var first = new ArrayList<String>();
        var second = new ArrayList<String>();
        drawn(session(1), 7, first);
        drawn(session(1), 8, second);
        assertDistinct(first, second);
    }

    /** Bound to D1, even if somebody made the context the same. */
    @Test
    void aRepeatedGeneratorRepeatsNothingUnderAnotherDigest() {
        var first = new ArrayList<String>();
        var second = new ArrayList<String>();
        for (int digest = 1; digest <= 2; digest++) {
            var d1 = new byte[] {(byte) digest};
            var exchange = PairExchange.start(new PairTerms(d1, 0, 0, 1, 3), draw(1, 7), scope);
            pieces(exchange.invitation().message(), 33, digest == 1 ? first : second);
            pieces(exchange.invitation().zeroSeed(), 32, digest == 1 ? first : second);
        }
        assertDistinct(first, second);
    }

    /** Every value of one run is another one: no two instances, sides, directions or purposes share a draw. */
    private static void assertDistinct(List<String> first, List<String> second) {
        assertThat(new HashSet<>(first)).hasSameSizeAs(first).doesNotContainAnyElementsOf(second);
        assertThat(second).hasSameSizeAs(first);
    }

    /** What both parties say and hold: nonces, zseeds, all points, Deltas, seeds. */
    private void drawn(List<Agreement> agreements, int process, List<String> values) {
        var table = RoundTable.of(
                agreements, a -> PairSetup.start(a, 1, PairSetup.NONE, draw(a.me(), process), scope));
        Outcome<PairState> outcome = table.run();
        for (int me : new int[] {1, 3}) {
            int peer = 4 - me;
            pieces(Arrays.copyOfRange(table.payload(1, true, me, me), 32, 64), 32, values);
            var invitation = table.payload(2, false, me, peer);
            pieces(Arrays.copyOfRange(invitation, 32, 64), 32, values);
            pieces(Arrays.copyOfRange(invitation, 64, invitation.length), 33, values);
            pieces(table.payload(3, false, me, peer), 33, values);
            pieces(outcome.of(me).asAlice().delta(), 16, values);
            pieces(outcome.of(me).asBob().zero(), 32, values);
            pieces(outcome.of(me).asBob().one(), 32, values);
        }
        pieces(outcome.of(1).setup(), 32, values);
        pieces(outcome.of(1).zeroSeed(), 32, values);
    }

    private static void pieces(byte[] bytes, int length, List<String> values) {
        for (int at = 0; at < bytes.length; at += length) {
            values.add(HexFormat.of().formatHex(bytes, at, at + length));
        }
    }

    /** The same but for ctx, which has sessionId in it. */
    private List<Agreement> session(int id) {
        return Agreements.of(Operation.PAIR_SETUP, sharing, Set.of(1, 3), PairSetup.params(1)).stream()
                .map(agreement -> Agreements.with(agreement, Transcript.of("test/ctx").addU8(id).hash()))
                .toList();
    }

    private HedgedDraw draw(int party, int process) {
        var me = new Entry(0, party, new byte[32], filled(process), new byte[32], new byte[32]);
        return new HedgedDraw(new ConstantRandom(), filled(party), me, scope);
    }

    private static byte[] filled(int value) {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static final class ConstantRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 42);
        }
    }
}
