package quorate.presign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static quorate.presign.World.POOL;
import static quorate.presign.World.id;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quorate.algebra.Encoding;
import quorate.rounds.Check;
import quorate.rounds.Malformed;

class PoolFrameProperties {
    private static List<PresignatureId> ids(int count) {
        var ids = new TreeSet<PresignatureId>();
        IntStream.range(0, count).forEach(number -> ids.add(id(number)));
        return List.copyOf(ids);
    }

    private static void malformed(byte[] payload) {
        for (var attempt : List.<ThrowingCallable>of(
                () -> DropNotice.read(payload), () -> PoolNotice.read(payload))) {
            assertThatExceptionOfType(Malformed.class)
                    .isThrownBy(attempt)
                    .satisfies(malformed -> assertThat(malformed.check()).isEqualTo(Check.COM_3));
        }
    }

    @Test
    void hasTheLayoutOfTheSpecification() {
        var notice = new DropNotice(PoolKey.of("k", List.of(1, 3)), List.of(new PresignatureId(1, 2, 3, 4)));
        assertThat(HexFormat.of().formatHex(notice.encode()))
                .isEqualTo("0001" + "6b" + "0002" + "0001" + "0003" + "00000001"
                        + "0000000000000001" + "0000000000000002" + "0000000000000003" + "0000000000000004");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 100, 10_000})
    void readsWhatItWrites(int count) throws Exception {
        var drop = new DropNotice(POOL, ids(count));
        assertThat(DropNotice.read(drop.encode())).isEqualTo(drop);
        var listing = new PoolNotice.Listing(PoolKey.of("schlüssel", List.of(32)), ids(count));
        assertThat(PoolNotice.read(listing.encode())).isEqualTo(listing);
        var digest = new Snapshot(POOL, ids(count)).digest();
        assertThat(PoolNotice.read(digest.encode()).encode()).isEqualTo(digest.encode());
        assertThat(PoolNotice.read(digest.encode())).isInstanceOf(PoolNotice.Digest.class);
    }

    @Test
    void refusesLongerLists() {
        var ids = ids(10_001);
        assertThatIllegalArgumentException().isThrownBy(() -> new DropNotice(POOL, ids));
        assertThatIllegalArgumentException().isThrownBy(() -> new PoolNotice.Listing(POOL, ids));
        malformed(Encoding.concat(PoolFrame.header(POOL), PoolFrame.encode(ids)));
        malformed(Encoding.concat(PoolFrame.header(POOL), Encoding.i2osp(0xffffffffL, 4)));
    }

    @Test
    void refusesIdsThatDoNotAscend() {
        var two = ids(2);
        for (var wrong : List.of(two.reversed(), List.of(two.getFirst(), two.getFirst()))) {
            assertThatIllegalArgumentException().isThrownBy(() -> new DropNotice(POOL, wrong));
            malformed(Encoding.concat(PoolFrame.header(POOL), PoolFrame.encode(wrong)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "00",
        "0000" + "0001" + "0001" + "00000000",
        "0001" + "00" + "0001" + "0001" + "00000000",
        "0001" + "ff" + "0001" + "0001" + "00000000",
        "0001" + "6b" + "0000" + "00000000",
        "0001" + "6b" + "0001" + "0000" + "00000000",
        "0001" + "6b" + "0001" + "0021" + "00000000",
        "0001" + "6b" + "0002" + "0002" + "0001" + "00000000",
        "0001" + "6b" + "0002" + "0001" + "0001" + "00000000",
        "0001" + "6b" + "ffff" + "0001" + "00000000",
        "ffff" + "6b" + "0001" + "0001" + "00000000",
        "0001" + "6b" + "0001" + "0001",
        "0001" + "6b" + "0001" + "0001" + "0000000000",
        "0001" + "6b" + "0001" + "0001" + "00000001"
    })
    void refusesEverythingElse(String hex) {
        malformed(HexFormat.of().parseHex(hex));
    }

    @Test
    void refusesKeyIdsOfMoreThan64Bytes() {
        var payload = Encoding.concat(
                Encoding.i2osp(65, 2), new byte[65], HexFormat.of().parseHex("00010001" + "00000000"));
        Arrays.fill(payload, 2, 67, (byte) 'k');
        malformed(payload);
    }

    @Test
    void readsEveryStringOrSaysWhyNot() {
        long seed = 15;
        var random = new Random(seed);
        var whole = new PoolNotice.Listing(POOL, ids(3)).encode();
        for (int i = 0; i < 20_000; i++) {
            var payload = Arrays.copyOf(whole, random.nextInt(whole.length + 2));
            for (int edits = random.nextInt(3); edits > 0 && payload.length > 0; edits--) {
                payload[random.nextInt(payload.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(PoolNotice.read(payload).encode()).as("seed %d", seed).isEqualTo(payload);
            } catch (Malformed malformed) {
                assertThat(malformed.check()).isEqualTo(Check.COM_3);
            }
            try {
                assertThat(DropNotice.read(payload).encode()).as("seed %d", seed).isEqualTo(payload);
            } catch (Malformed malformed) {
                assertThat(malformed.check()).isEqualTo(Check.COM_3);
            }
        }
    }

    @Test
    void idsAreOrderedAsTheirBytes() {
        var random = new Random(16);
        for (int i = 0; i < 1000; i++) {
            var one = new byte[32];
            var other = new byte[32];
            random.nextBytes(one);
            random.nextBytes(other);
            System.arraycopy(one, 0, other, 0, random.nextInt(33));
            var first = PresignatureId.of(one);
            var second = PresignatureId.of(other);
            assertThat(Integer.signum(first.compareTo(second)))
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(one, other)));
            assertThat(first.bytes()).isEqualTo(one);
            assertThat(PresignatureId.parse(first.toString())).isEqualTo(first);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> PresignatureId.of(new byte[31]));
    }
}
