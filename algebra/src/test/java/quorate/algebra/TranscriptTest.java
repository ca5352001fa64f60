package quorate.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TranscriptTest {
    private static final byte[] NOTHING = {};

    @Test
    void framesOnePartPerCall() {
        assertThat(Transcript.of("test").add(new byte[] {1}, new byte[] {2, 3}).hash())
                .isEqualTo(Transcript.of("test").add(new byte[] {1, 2, 3}).hash())
                .isNotEqualTo(Transcript.of("test").add(new byte[] {1}).add(new byte[] {2, 3}).hash());
    }

    @Test
    void framesNumbersAsBigEndianPartsOfFixedLength() {
        assertThat(Transcript.of("test").addU8(255).addU16(258).addU32(7).addU64(-1).hash())
                .isEqualTo(Transcript.of("test")
                        .add(new byte[] {-1})
                        .add(new byte[] {1, 2})
                        .add(new byte[] {0, 0, 0, 7})
                        .add(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1})
                        .hash());
    }

    @Test
    void refusesNumbersThatDoNotFit() {
        assertThatThrownBy(() -> Transcript.of("test").addU8(256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Transcript.of("test").addU16(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Transcript.of("test").addU32(1L << 32)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesTagsThatDoNotFitTheirBlock() {
        assertThat(Transcript.of("a".repeat(25)).hash()).hasSize(32);
        for (var name : List.of("", "a".repeat(26), "ä", "a b", "a\n")) {
            assertThatThrownBy(() -> Transcript.of(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void separatesTags() {
        assertThat(Transcript.of("test").hash()).isNotEqualTo(Transcript.of("test2").hash());
    }

    /** Moved boundaries and empty parts: the ambiguity that TSSHOCK exploited (protocols.md 11, attack 1). */
    @Test
    void givesDistinctPartListsDistinctPreImagesWhereverTheBoundariesAre() {
        var bytes = new byte[] {0, 0, 0, 1, 0, 0};
        var encodings = new HashSet<String>();
        var hashes = new HashSet<String>();
        int lists = 0;
        for (int boundaries = 0; boundaries < 1 << (bytes.length - 1); boundaries++) {
            for (int empties = 0; empties <= 3; empties++) {
                for (boolean front : new boolean[] {true, false}) {
                    if (empties == 0 && front) {
                        continue;
                    }
                    var parts = new ArrayList<>(split(bytes, boundaries));
                    for (int i = 0; i < empties; i++) {
                        parts.add(front ? 0 : parts.size(), NOTHING);
                    }
                    encodings.add(HexFormat.of().formatHex(Encoding.enc(parts.toArray(byte[][]::new))));
                    hashes.add(HexFormat.of().formatHex(hash(parts)));
                    lists++;
                }
            }
        }
        assertThat(encodings).hasSize(lists);
        assertThat(hashes).hasSize(lists);
    }

    @Test
    void givesRandomPartListsTheEncodingThatDecodesToThem() {
        var random = new Random(20261122);
        for (int run = 0; run < 500; run++) {
            var parts = IntStream.range(0, random.nextInt(6))
                    .mapToObj(i -> new byte[random.nextInt(9)])
                    .peek(random::nextBytes)
                    .toList();
            var encoded = Encoding.enc(parts.toArray(byte[][]::new));
            assertThat(decoded(encoded)).containsExactly(parts.toArray(byte[][]::new));
            assertThatExceptionOfType(DecodingException.class)
                    .isThrownBy(() -> Encoding.decode(Arrays.copyOf(encoded, encoded.length + 1)));
            assertThatExceptionOfType(DecodingException.class)
                    .isThrownBy(() -> Encoding.decode(Arrays.copyOf(encoded, encoded.length - 1)));
        }
    }

    @Test
    void growsBeyondItsFirstBuffer() {
        var long1 = new byte[10_000];
        var transcript = Transcript.of("test");
        for (int i = 0; i < 10_000; i++) {
            transcript.addU8(0);
        }
        assertThat(transcript.hash()).isNotEqualTo(Transcript.of("test").add(long1).hash());
        assertThat(Transcript.of("test").add(long1).hash())
                .isEqualTo(Transcript.of("test").add(new byte[4_000], new byte[6_000]).hash());
    }

    @Test
    void refusesMorePartsThanItsCountHolds() {
        var transcript = Transcript.of("test");
        for (int i = 0; i < 0xffff; i++) {
            transcript.add();
        }
        assertThatThrownBy(transcript::add).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void answersAgainUntilItIsErased() {
        var transcript = Transcript.of("test").addU8(1);
        assertThat(transcript.hash()).isEqualTo(transcript.hash());
        transcript.erase();
        assertThatThrownBy(transcript::hash).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> transcript.addU8(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void hashesUnderOneTagFromManyThreads() {
        var expected = Transcript.of("test/threads").addU8(1).hash();
        assertThat(IntStream.range(0, 10_000)
                        .parallel()
                        .mapToObj(i -> Transcript.of("test/threads").addU8(1).hash()))
                .allSatisfy(hash -> assertThat(hash).isEqualTo(expected));
    }

    @Test
    void neverPrintsItsParts() {
        assertThat(Transcript.of("test").add(new byte[] {42})).hasToString("Transcript[1 parts]");
    }

    @Test
    void limitsWhatAKeyExpandsTo() {
        var expander = new KeyedExpander(new byte[32]);
        assertThat(expander.expand(new byte[22], 8192)).hasSize(8192);
        assertThatThrownBy(() -> expander.expand(new byte[23], 32)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> expander.expand(NOTHING, 8193)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeyedExpander(new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] hash(List<byte[]> parts) {
        var transcript = Transcript.of("test");
        parts.forEach(transcript::add);
        return transcript.hash();
    }

    private static List<byte[]> decoded(byte[] encoded) {
        try {
            return Encoding.decode(encoded);
        } catch (DecodingException e) {
            throw new AssertionError(e);
        }
    }

    /** bytes cut behind byte i for every bit i of boundaries. */
    private static List<byte[]> split(byte[] bytes, int boundaries) {
        var parts = new ArrayList<byte[]>();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (i == bytes.length - 1 || (boundaries >>> i & 1) == 1) {
                parts.add(Arrays.copyOfRange(bytes, from, i + 1));
                from = i + 1;
            }
        }
        return parts;
    }
}
