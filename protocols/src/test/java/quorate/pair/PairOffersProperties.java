package quorate.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import quorate.algebra.DecodingException;
import quorate.commit.Octets;
import quorate.rounds.Agree;
import quorate.rounds.Check;
import quorate.rounds.Operation;
import quorate.rounds.Step;
import quorate.testkit.simulation.Run;
import quorate.testkit.simulation.Simulation;

/** pairs of AGREE, and the setup that two parties choose from what they listed. */
class PairOffersProperties {
    private static final long SEED = 36;

    @Test
    void listsTheTwoNewestOfEachPairNewestFirst() {
        var offers = PairOffers.of(List.of(name(3, 1), name(2, 7), name(3, 5), name(3, 4)));
        assertThat(offers.with(2)).containsExactly(setup(7));
        assertThat(offers.with(3)).containsExactly(setup(5), setup(4));
        assertThat(offers.with(4)).isEmpty();
    }

    @Test
    void choosesTheNewestThatBothListed() {
        assertChosen(List.of(5, 4), List.of(5, 4), 5);
        assertChosen(List.of(5, 4), List.of(4), 4); // a crash between the two writes of PAIRSETUP
        assertChosen(List.of(4), List.of(5, 4), 4);
        assertChosen(List.of(6, 5), List.of(5, 4), 5);
    }

    private static void assertChosen(List<Integer> ofOne, List<Integer> ofThree, int expected) {
        var one = PairOffers.of(ofOne.stream().map(generation -> name(3, generation)).toList());
        var three = PairOffers.of(ofThree.stream().map(generation -> name(1, generation)).toList());
        assertThat(one.choose(1, 3, three)).contains(setup(expected));
        assertThat(three.choose(3, 1, one)).contains(setup(expected));
    }

    /** Then the session fails under PAIR-2 and needs PAIRSETUP. */
    @Test
    void choosesNothingWhenNothingIsCommon() {
        var one = PairOffers.of(List.of(name(3, 5), name(2, 1)));
        assertThat(one.choose(1, 3, PairOffers.of(List.of(name(1, 4))))).isEmpty();
        assertThat(one.choose(1, 3, PairOffers.of(List.of(name(2, 5))))).isEmpty();
        assertThat(one.choose(1, 3, PairOffers.NONE)).isEmpty();
        assertThat(PairOffers.NONE.choose(3, 1, one)).isEmpty();
    }

    /** Whatever order a liar lists in, the honest party uses its own newest that is common. */
    @Test
    void keepsToItsOwnOrder() {
        var liar = new TreeMap<Integer, List<Octets>>();
        liar.put(1, List.of(setup(4), setup(5)));
        var one = PairOffers.of(List.of(name(3, 5), name(3, 4)));
        assertThat(one.choose(1, 3, new PairOffers(liar))).contains(setup(5));
    }

    @Test
    void decodesWhatItEncodes() throws Exception {
        var random = new Random(SEED);
        for (int i = 0; i < 200; i++) {
            var names = new ArrayList<PairName>();
            for (int k = random.nextInt(60); k > 0; k--) {
                names.add(name(1 + random.nextInt(32), random.nextInt(100)));
            }
            var offers = PairOffers.of(names);
            assertThat(PairOffers.decode(offers.encode())).isEqualTo(offers);
        }
        assertThat(PairOffers.NONE.encode()).isEmpty();
        assertThat(PairOffers.decode(new byte[0])).isEqualTo(PairOffers.NONE);
    }

    @Test
    void decodesNothingElse() {
        var encoded = PairOffers.of(List.of(name(2, 1), name(3, 5), name(3, 4))).encode();
        assertThat(encoded).hasSize(35 + 67);
        for (int length = 1; length < encoded.length; length++) {
            if (length != 35) {
                assertMalformed(Arrays.copyOf(encoded, length));
            }
        }
        assertMalformed(changed(encoded, 1, 3)); // party 3 twice
        assertMalformed(changed(encoded, 1, 0)); // party 0
        assertMalformed(changed(encoded, 0, 0x80)); // no party index
        assertMalformed(changed(encoded, 37, 3)); // three setups
        assertMalformed(changed(encoded, 37, 0xff));
    }

    /** What is encoded here is what AGREE allows, and round 0 carries it. */
    @Test
    void travelsInAgree() {
        agreeing(pairs()).allFinish();
        agreeing(changed(pairs(), 2, 3)).parties(1).blames(Check.COM_3, 3);
    }

    private static byte[] pairs() {
        return PairOffers.of(List.of(name(1, 5), name(1, 4))).encode();
    }

    private static Run<Integer> agreeing(byte[] pairs) {
        return Simulation.<Integer>signing(
                        Operation.PAIR_SETUP,
                        3,
                        2,
                        Set.of(1, 3),
                        (party, draw, secrets) -> agreement -> new Step.Done<>(party))
                .whenever(3, Agree.class, (recipient, agree) -> new Agree(
                        agree.terms(), agree.offers(), agree.incarnation(), agree.database(), agree.top(), pairs))
                .run();
    }

    private static byte[] changed(byte[] bytes, int at, int value) {
        var copy = bytes.clone();
        copy[at] = (byte) value;
        return copy;
    }

    private static void assertMalformed(byte[] bytes) {
        assertThatThrownBy(() -> PairOffers.decode(bytes)).isInstanceOf(DecodingException.class);
    }

    private static PairName name(int peer, long generation) {
        return new PairName(peer, generation, setup((int) generation));
    }

    private static Octets setup(int generation) {
        var setup = new byte[32];
        setup[0] = (byte) generation;
        return Octets.of(setup);
    }
}
