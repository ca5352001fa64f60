package quorate.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Groups;

class DerivationsTest {
    private static final byte[] CHAIN_CODE = new byte[32];

    static List<Group> groups() {
        return Groups.all();
    }

    private static DerivedKey root(Group group) {
        return DerivedKey.root(group.generator().times(group.scalar(5)), CHAIN_CODE);
    }

    @ParameterizedTest
    @MethodSource("groups")
    void givesWhatStepsOneByOneGive(Group group) {
        long seed = 4;
        var random = new Random(seed);
        var derivations = new Derivations(5);
        for (int i = 0; i < 100; i++) {
            var expected = root(group);
            int depth = random.nextInt(4);
            for (int d = 0; d < depth; d++) {
                expected = expected.child(random.nextInt(3));
            }
            var key = derivations.of(root(group), expected.path());
            assertThat(key).as("seed %d", seed).isEqualTo(expected);
            assertThat(key.publicKey())
                    .isEqualTo(root(group).publicKey().plus(group.multiplyBase(key.tweak())));
            assertThat(derivations.size()).isLessThanOrEqualTo(5);
        }
    }

    @Test
    void computesOneStepForASibling() {
        var steps = new AtomicInteger();
        var derivations = new Derivations(100, steps::addAndGet);
        derivations.of(root(Groups.P256), Path.parse("m/44/0/0"));
        assertThat(steps).hasValue(3);
        derivations.of(root(Groups.P256), Path.parse("m/44/0/1"));
        assertThat(steps).hasValue(4);
        derivations.of(root(Groups.P256), Path.parse("m/44/0/1"));
        assertThat(steps).hasValue(4);
        assertThat(derivations.of(root(Groups.P256), Path.ROOT)).isEqualTo(root(Groups.P256));
    }

    @Test
    void forgetsWhatWasNotAskedForLongest() {
        var steps = new AtomicInteger();
        var derivations = new Derivations(3, steps::addAndGet);
        var root = root(Groups.ED25519);
        derivations.of(root, Path.parse("m/7"));
        for (int i = 0; i < 10; i++) {
            derivations.of(root, Path.parse("m/7/" + i));
        }
        assertThat(steps).hasValue(11);
        assertThat(derivations.size()).isEqualTo(3);
        derivations.of(root, Path.parse("m/7/0"));
        assertThat(steps).hasValue(12);
    }

    @Test
    void computesNothingThatTheMeterRefuses() {
        var derivations = new Derivations(10, steps -> {
            if (steps > 1) {
                throw new IllegalStateException(steps + " steps");
            }
        });
        var root = root(Groups.P256);
        assertThatIllegalStateException().isThrownBy(() -> derivations.of(root, Path.parse("m/1/2")));
        assertThat(derivations.size()).isZero();
        derivations.of(root, Path.parse("m/1"));
        assertThat(derivations.of(root, Path.parse("m/1/2"))).isEqualTo(root.child(1).child(2));
    }

    @Test
    void keepsFamiliesApart() {
        var steps = new AtomicInteger();
        var derivations = new Derivations(100, steps::addAndGet);
        var otherChainCode = CHAIN_CODE.clone();
        otherChainCode[31] = 1;
        var path = Path.parse("m/1");
        var keys = List.of(
                derivations.of(root(Groups.P256), path),
                derivations.of(root(Groups.SECP256K1), path),
                derivations.of(DerivedKey.root(Groups.P256.generator(), CHAIN_CODE), path),
                derivations.of(DerivedKey.root(root(Groups.P256).publicKey(), otherChainCode), path));
        assertThat(keys).doesNotHaveDuplicates();
        assertThat(steps).hasValue(4);
        assertThatIllegalArgumentException().isThrownBy(() -> derivations.of(keys.getFirst(), path));
    }

    @Test
    void servesManyThreads() throws Exception {
        var derivations = new Derivations(4);
        var root = root(Groups.SECP256K1);
        var expected = root.child(1).child(2);
        try (var threads = Executors.newFixedThreadPool(8)) {
            var results = new ArrayList<Future<DerivedKey>>();
            for (int i = 0; i < 64; i++) {
                int other = i;
                results.add(threads.submit(() -> {
                    derivations.of(root, Path.of(1, other));
                    return derivations.of(root, Path.of(1, 2));
                }));
            }
            for (var result : results) {
                assertThat(result.get()).isEqualTo(expected);
            }
        }
    }

    private static byte[] i(byte[] left, int right) {
        var second = new byte[32];
        Arrays.fill(second, (byte) right);
        return Encoding.concat(left, second);
    }

    private static byte[] tooLarge() {
        var left = new byte[32];
        Arrays.fill(left, (byte) 0xff);
        return left;
    }

    @Test
    void bip32KnowsNoChildForAStepThatIsNotBelowTheOrder() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SoftStep.of(Groups.SECP256K1.generator(), data -> i(tooLarge(), 0), 9))
                .withMessage("this key has no child of index 9: take another index");
    }

    /** I_L = -1 from the parent G leads to O. */
    @Test
    void thePointAtInfinityIsNobodysChild() {
        var k1 = Groups.SECP256K1;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SoftStep.of(k1.generator(), data -> i(k1.scalar(1).negate().encode(), 0), 9));
        var ed = Groups.ED25519;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SoftStep.of(ed.generator(), data -> i(ed.scalar(1).negate().encode(), 0), 9));
    }

    /** SLIP-10: I = HMAC(cc_par, 0x01 || I_R || I2OSP(index,4)), as often as it takes. */
    @Test
    void p256TriesAgainUntilThereIsAChild() {
        var p256 = Groups.P256;
        var seen = new ArrayList<byte[]>();
        var answers = List.of(
                i(tooLarge(), 3), i(p256.scalar(1).negate().encode(), 4), i(p256.scalar(6).encode(), 5));
        var step = SoftStep.of(
                p256.generator(),
                data -> {
                    seen.add(data);
                    return answers.get(seen.size() - 1);
                },
                9);
        var number = new byte[] {0, 0, 0, 9};
        var threes = new byte[32];
        Arrays.fill(threes, (byte) 3);
        var fours = new byte[32];
        Arrays.fill(fours, (byte) 4);
        assertThat(seen.get(0)).isEqualTo(Encoding.concat(p256.generator().encode(), number));
        assertThat(seen.get(1)).isEqualTo(Encoding.concat(new byte[] {1}, threes, number));
        assertThat(seen.get(2)).isEqualTo(Encoding.concat(new byte[] {1}, fours, number));
        assertThat(step.tweak()).isEqualTo(p256.scalar(6));
        assertThat(step.child()).isEqualTo(p256.generator().times(p256.scalar(7)));
        assertThat(step.chainCode()).containsOnly(5);
    }

    /** Our own steps on edwards25519 have a prefix that no standard uses, and reduce all 256 bits, little-endian. */
    @Test
    void edwardsStepsReduceLittleEndian() {
        var ed = Groups.ED25519;
        var left = new byte[32];
        left[0] = 6;
        var step = SoftStep.of(
                ed.generator(),
                data -> {
                    assertThat(data[0]).isEqualTo((byte) 2);
                    return i(left, 5);
                },
                9);
        assertThat(step.tweak()).isEqualTo(ed.scalar(6));
        assertThat(SoftStep.of(ed.generator(), data -> i(tooLarge(), 5), 9).child().isIdentity()).isFalse();
    }
}
