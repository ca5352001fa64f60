package quorate.rounds;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static quorate.rounds.Example.ascii;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import quorate.algebra.Encoding;

/** COM-6 as an operator reads it. The simulations of the testkit change every field. */
class ComparisonTest {
    private static void assertReport(String expected, byte[]... attributes) {
        var all = new TreeMap<Integer, Agree>();
        for (int party = 1; party <= 3; party++) {
            all.put(party, Example.keygen(party, attributes[party - 1]).agree());
        }
        assertThatExceptionOfType(Disagreement.class)
                .isThrownBy(() -> Example.keygen(1, attributes[0]).agree(all))
                .withMessage("COM-6 in round 0: " + expected);
    }

    @Test
    void showsShortValuesInFull() {
        assertReport("params[1]: \"a\" at parties 1 and 2, \"b\" at party 3", ascii("a"), ascii("a"), ascii("b"));
        assertReport("params[1]: 0x at party 1, 0x00 at party 2, 0x01 at party 3", new byte[0], new byte[1], new byte[] {1});
    }

    @Test
    void showsLongValuesFromTheFirstDifference() {
        var start = "{\"exportable\":false,\"messagesOnly\":";
        assertReport(
                "params[1]: …\"true,\"label\":\"hot wallet\"}\" at parties 1 and 3, "
                        + "…\"false,\"label\":\"a much longer label than \"… at party 2",
                ascii(start + "true,\"label\":\"hot wallet\"}"),
                ascii(start + "false,\"label\":\"a much longer label than the others have\"}"),
                ascii(start + "true,\"label\":\"hot wallet\"}"));
    }

    @Test
    void showsThatOneHasLess() {
        assertReport(
                "params[1]: 0x" + "07".repeat(40) + " at parties 1 and 2, …0x07 at party 3",
                filled(40),
                filled(40),
                filled(41));
    }

    private static byte[] filled(int length) {
        var bytes = new byte[length];
        Arrays.fill(bytes, (byte) 7);
        return bytes;
    }

    @Test
    void neverShowsMoreThanIsWorthIt() {
        assertReport(
                "params[1]: 0x" + "00".repeat(40) + "… at party 1, 0x" + "07".repeat(40) + "… at parties 2 and 3",
                new byte[5000],
                filled(5000),
                filled(5000));
    }

    @Test
    void comparesListsOfDifferentLengthAsAWhole() {
        var terms = new EnumMap<>(Example.keygen(3).agree().terms());
        terms.put(Term.PARAMS, Encoding.enc(new byte[1], new byte[1]));
        var all = new TreeMap<Integer, Agree>();
        all.put(1, Example.keygen(1).agree());
        all.put(2, Example.keygen(2).agree());
        var third = Example.keygen(3).agree();
        all.put(3, new Agree(terms, List.of(), third.incarnation(), third.database(), third.top(), third.pairs()));
        assertThatExceptionOfType(Disagreement.class)
                .isThrownBy(() -> Example.keygen(1).agree(all))
                .withMessage("COM-6 in round 0: params: 0x000100000000 at parties 1 and 2, "
                        + "0x000200000001000000000100 at party 3");
    }
}
