package quorate.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quorate.algebra.DecodingException;
import quorate.algebra.Draw;
import quorate.algebra.Groups;
import quorate.algebra.Secrets;
import quorate.testkit.vectors.KatDraw;

/** One direction of base OTs: what an honest run gives, and PAIR-1 for every kind of bad point. */
class BaseOtProperties {
    private static final BaseOtHashing HASHING = BaseOtHashing.of(new PairTerms(new byte[32], 0, 0, 1, 2), 1, 2);

    private final Secrets scope = new Secrets();

    @AfterEach
    void wipe() {
        scope.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aliceFindsTheSeedsThatDeltaChooses(int seed) throws Exception {
        var choice = BaseOtChoice.draw(HASHING, 1, new KatDraw("alice/" + seed), scope);
        assertReceives(choice, "bob/" + seed);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0xff})
    void noChoiceIsSpecial(int choices) throws Exception {
        var choice = BaseOtChoice.draw(HASHING, 1, new FixedDelta((byte) choices, new KatDraw("alice")), scope);
        assertThat(assertReceives(choice, "bob").delta()).containsOnly(choices);
    }

    private ReceiverSeeds assertReceives(BaseOtChoice choice, String bob) throws Exception {
        var reply = BaseOtReply.to(choice.message(), HASHING, 2, new KatDraw(bob), scope);
        var received = choice.receive(reply.message(), scope);
        for (int c = 0; c < BaseOt.INSTANCES; c++) {
            int bit = received.delta()[c / 8] >> c % 8 & 1;
            var chosen = bit == 0 ? reply.seeds().zero() : reply.seeds().one();
            var other = bit == 0 ? reply.seeds().one() : reply.seeds().zero();
            assertThat(seed(received.chosen(), c)).isEqualTo(seed(chosen, c)).isNotEqualTo(seed(other, c));
        }
        return received;
    }

    /** The seeds are bound to the session, the roles and the generation. */
    @Test
    void anotherBindingGivesOtherSeeds() throws Exception {
        var choice = BaseOtChoice.draw(HASHING, 1, new KatDraw("alice"), scope);
        var other = BaseOtHashing.of(new PairTerms(new byte[32], 0, 1, 1, 2), 1, 2);
        assertThat(other.sid())
                .isNotEqualTo(HASHING.sid())
                .isNotEqualTo(BaseOtHashing.of(new PairTerms(new byte[32], 0, 1, 1, 2), 2, 1).sid());
        var reply = BaseOtReply.to(choice.message(), other, 2, new KatDraw("bob"), scope);
        var received = choice.receive(reply.message(), scope);
        for (int c = 0; c < BaseOt.INSTANCES; c++) {
            assertThat(seed(received.chosen(), c))
                    .isNotEqualTo(seed(reply.seeds().zero(), c))
                    .isNotEqualTo(seed(reply.seeds().one(), c));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "64, 0", "127, 1"})
    void bobRefusesEveryBadPoint(int c, int b) {
        var offer = BaseOtChoice.draw(HASHING, 1, new KatDraw("alice"), scope).message();
        for (var bad : badPoints()) {
            assertThatThrownBy(() -> BaseOtReply.to(with(offer, c, b, bad), HASHING, 2, new KatDraw("bob"), scope))
                    .isInstanceOf(DecodingException.class);
        }
    }

    /** r_b = -HC(b, sid, c, r_{1-b}). */
    @ParameterizedTest
    @CsvSource({"0, 0", "127, 1"})
    void bobRefusesAContributionThatIsThePointAtInfinity(int c, int b) {
        var offer = BaseOtChoice.draw(HASHING, 1, new KatDraw("alice"), scope).message();
        int at = BaseOt.at(c, 1 - b);
        var hashed = HASHING.toPoint(b, c, Arrays.copyOfRange(offer, at, at + 33));
        var cancelling = with(offer, c, b, hashed.negate().encode());
        assertThatThrownBy(() -> BaseOtReply.to(cancelling, HASHING, 2, new KatDraw("bob"), scope))
                .isInstanceOf(DecodingException.class)
                .hasMessageContaining("infinity");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0, 1, 1", "64, 0, 2", "127, 1, 3"})
    void aliceRefusesEveryBadPoint(int c, int b, int bad) {
        var choice = BaseOtChoice.draw(HASHING, 1, new KatDraw("alice"), scope);
        // Any points are an answer.
        var answer = with(choice.message(), c, b, badPoints()[bad]);
        assertThatThrownBy(() -> choice.receive(answer, scope)).isInstanceOf(DecodingException.class);
    }

    private static byte[][] badPoints() {
        var onTheOtherCurve = Groups.SECP256K1.generator().encode();
        var tooLarge = HexFormat.of().parseHex("02ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
        var prefix = Groups.P256.generator().encode();
        prefix[0] = 4;
        return new byte[][] {new byte[33], onTheOtherCurve, tooLarge, prefix};
    }

    private static byte[] with(byte[] message, int c, int b, byte[] point) {
        var changed = message.clone();
        System.arraycopy(point, 0, changed, BaseOt.at(c, b), point.length);
        return changed;
    }

    private static byte[] seed(byte[] seeds, int c) {
        return Arrays.copyOfRange(seeds, 32 * c, 32 * c + 32);
    }

    /** Draws Delta as it is told, everything else as another one. */
    private record FixedDelta(byte choices, Draw other) implements Draw {
        @Override
        public byte[] draw(For purpose, byte[] name, int length) {
            var drawn = other.draw(purpose, name, length);
            if (length == BaseOt.CHOICES_BYTES) {
                Arrays.fill(drawn, choices);
            }
            return drawn;
        }

        @Override
        public Draw knowing(byte[]... publicContext) {
            return this;
        }

        @Override
        public Draw bulk(For purpose, byte[] name, Secrets scope) {
            return this;
        }
    }
}
