package quorate.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import quorate.algebra.Encoding;

/** COM-3 of AGREE: each part broken once. */
class AgreeTest {
    private static final int OFFERS = 11;
    private static final int PROCESS = 12;
    private static final int TOP = 13;
    private static final int PAIRS = 14;

    private static byte[] example() {
        return Example.signing(2, new Offer(5, Example.SHARE_ID)).agree().encode();
    }

    private static byte[] with(int part, byte[] value) throws Exception {
        var parts = Encoding.decode(example()).toArray(byte[][]::new);
        parts[part] = value;
        return Encoding.enc(parts);
    }

    @Test
    void hasThePartsOfTheSpecification() throws Exception {
        var me = Example.entry(2);
        var parts = Encoding.decode(example());
        assertThat(parts).hasSize(15);
        assertThat(parts.subList(0, 4)).containsExactly(new byte[] {7}, new byte[] {1}, new byte[] {1}, new byte[] {2});
        assertThat(parts.get(4)).isEqualTo(Example.ascii("key-1"));
        assertThat(parts.get(5)).isEqualTo(new byte[] {0, 3});
        assertThat(parts.get(6)).isEqualTo(new byte[] {0, 1});
        assertThat(parts.get(7)).isEqualTo(Example.roster(3));
        assertThat(parts.get(8)).hasSize(3 * 35).startsWith(Example.entry(1).who());
        assertThat(parts.get(9)).isEqualTo(Example.SESSION);
        assertThat(parts.get(10)).isEqualTo(new byte[] {0, 0});
        assertThat(parts.get(OFFERS)).isEqualTo(Encoding.concat(Encoding.i2osp(5, 8), Example.SHARE_ID));
        assertThat(parts.get(PROCESS)).isEqualTo(Encoding.concat(me.incarnation(), me.database()));
        assertThat(parts.get(TOP)).isEmpty();
        assertThat(parts.get(PAIRS)).isEmpty();
    }

    @Test
    void readsWhatItEncodes() throws Exception {
        assertThat(Agree.read(example()).encode()).isEqualTo(example());
        var pairs = Encoding.concat(new byte[] {0, 1, 2}, new byte[64], new byte[] {0, 3, 0});
        assertThat(Agree.read(with(PAIRS, pairs)).pairs()).isEqualTo(pairs);
        assertThat(Agree.read(with(TOP, Example.SESSION)).top()).isEqualTo(Example.SESSION);
        assertThat(Agree.read(with(OFFERS, new byte[0])).offers()).isEmpty();
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                broken(0, ""), broken(0, "0707"), broken(1, ""), broken(2, "0001"), broken(3, ""),
                broken(4, ""), broken(4, "00".repeat(3)), broken(4, "61".repeat(65)), broken(4, "c328"),
                broken(5, "03"), broken(6, "000001"), broken(7, "00".repeat(31)),
                broken(8, "00".repeat(34)), broken(8, "00".repeat(35 * 65)), broken(9, "00".repeat(33)),
                broken(10, ""), broken(10, "000100000001"), broken(10, "0000ff"),
                broken(OFFERS, "00".repeat(39)), broken(OFFERS, "00".repeat(4 * 40)),
                broken(PROCESS, "00".repeat(63)), broken(PROCESS, "00".repeat(65)),
                broken(PAIRS, "0001"), broken(PAIRS, "000101" + "00".repeat(31)), broken(PAIRS, "000103" + "00".repeat(96)),
                broken(PAIRS, "0001ff"), broken(PAIRS, "000000"), broken(PAIRS, "000200" + "000100"),
                broken(PAIRS, "000100" + "000100"));
    }

    private static Arguments broken(int part, String hex) {
        return Arguments.of(part, hex);
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesAMalformedPart(int part, String hex) throws Exception {
        assertMalformed(with(part, HexFormat.of().parseHex(hex)));
    }

    @Test
    void refusesMissingAndAdditionalParts() throws Exception {
        var parts = Encoding.decode(example());
        assertMalformed(Encoding.enc(parts.subList(0, 14).toArray(byte[][]::new)));
        assertMalformed(Encoding.enc(Stream.concat(parts.stream(), List.of(new byte[0]).stream()).toArray(byte[][]::new)));
        assertMalformed(Encoding.concat(example(), new byte[1]));
        assertMalformed(new byte[0]);
    }

    private static void assertMalformed(byte[] payload) {
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> Agree.read(payload))
                .matches(malformed -> malformed.check() == Check.COM_3);
    }
}
