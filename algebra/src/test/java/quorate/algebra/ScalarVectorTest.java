package quorate.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation against BigInteger, on random numbers and on the edges. */
class ScalarVectorTest {
    private static final int WIDE_BYTES = 48;
    private static final int RUNS = 2_000;

    private final Secrets scope = new Secrets();
    private final Random random = new Random(20261122);

    static List<Group> groups() {
        return List.of(Groups.SECP256K1, Groups.P256);
    }

    @AfterEach
    void wipe() {
        scope.close();
    }

    private static BigInteger order(Group group) {
        return new BigInteger(1, group.scalar(0).minus(group.scalar(1)).encode()).add(BigInteger.ONE);
    }

    private static BigInteger value(ScalarVector vector, int i) {
        var encoded = new byte[40];
        vector.encode(i, encoded, 5);
        return new BigInteger(1, Arrays.copyOfRange(encoded, 5, 37));
    }

    private byte[] wide() {
        var bytes = new byte[WIDE_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    private ScalarVector filled(Group group, int size) {
        var vector = ScalarVector.zeros(group, size, scope);
        for (int i = 0; i < size; i++) {
            vector.reduce(i, wide(), 0);
        }
        return vector;
    }

    @ParameterizedTest
    @MethodSource("groups")
    void reducesWhateverBytes(Group group) {
        var q = order(group);
        var vector = ScalarVector.zeros(group, 3, scope);
        for (int run = 0; run < RUNS; run++) {
            var bytes = new byte[WIDE_BYTES + 7];
            random.nextBytes(bytes);
            vector.reduce(1, bytes, 7);
            assertThat(value(vector, 1)).isEqualTo(new BigInteger(1, Arrays.copyOfRange(bytes, 7, 55)).mod(q));
        }
        for (var edge : List.of(BigInteger.ZERO, BigInteger.ONE, q, q.subtract(BigInteger.ONE), q.shiftLeft(128),
                BigInteger.ONE.shiftLeft(384).subtract(BigInteger.ONE), BigInteger.ONE.shiftLeft(156))) {
            var bytes = new byte[WIDE_BYTES];
            var magnitude = edge.toByteArray();
            int from = magnitude.length > WIDE_BYTES ? 1 : 0;
            int length = magnitude.length - from;
            System.arraycopy(magnitude, from, bytes, WIDE_BYTES - length, length);
            vector.reduce(2, bytes, 0);
            assertThat(value(vector, 2)).isEqualTo(edge.mod(q));
        }
        assertThat(value(vector, 0)).isZero();
    }

    @ParameterizedTest
    @MethodSource("groups")
    void decodesWhatItEncodesAndSaysWhatIsNotCanonical(Group group) {
        var q = order(group);
        var from = filled(group, 1);
        var to = ScalarVector.zeros(group, 1, scope);
        var encoded = new byte[32];
        for (int run = 0; run < RUNS; run++) {
            from.reduce(0, wide(), 0);
            from.encode(0, encoded, 0);
            assertThat(to.decode(0, encoded, 0)).isTrue();
            assertThat(value(to, 0)).isEqualTo(value(from, 0));
        }
        for (var edge : List.of(q, q.add(BigInteger.ONE), BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE))) {
            assertThat(to.decode(0, Arrays.copyOfRange(edge.toByteArray(), 1, 33), 0)).isFalse();
        }
        assertThat(to.decode(0, Arrays.copyOfRange(q.subtract(BigInteger.ONE).toByteArray(), 1, 33), 0)).isTrue();
        assertThat(value(to, 0)).isEqualTo(q.subtract(BigInteger.ONE));
    }

    @ParameterizedTest
    @MethodSource("groups")
    void addsSubtractsMasksAndMultiplies(Group group) {
        var q = order(group);
        for (int run = 0; run < RUNS; run++) {
            var a = filled(group, 2);
            var b = filled(group, 2);
            var x = value(a, 1);
            var y = value(b, 0);
            long mask = -(run & 1);
            var selected = mask == 0 ? BigInteger.ZERO : y;
            a.add(1, b, 0);
            assertThat(value(a, 1)).isEqualTo(x.add(y).mod(q));
            a.subtract(1, b, 0);
            assertThat(value(a, 1)).isEqualTo(x);
            a.addMasked(1, b, 0, mask);
            assertThat(value(a, 1)).isEqualTo(x.add(selected).mod(q));
            a.subtractMasked(1, b, 0, mask);
            assertThat(value(a, 1)).isEqualTo(x);
            var factor = group.reduce(wide());
            a.addProduct(1, b, 0, factor);
            assertThat(value(a, 1)).isEqualTo(x.add(y.multiply(new BigInteger(1, factor.encode()))).mod(q));
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void takesScalarsInAndSumsThemUpWeighted(Group group) {
        var q = order(group);
        var secret = group.reduceSecret(scope, wide());
        var vector = filled(group, 3 * 100);
        var weights = filled(group, 100);
        vector.set(3, secret);
        vector.set(6, secret.publish());
        assertThat(value(vector, 3)).isEqualTo(new BigInteger(1, secret.publish().encode()));
        assertThat(value(vector, 6)).isEqualTo(value(vector, 3));
        for (int column = 0; column < 3; column++) {
            var sum = BigInteger.ZERO;
            for (int j = 0; j < 100; j++) {
                sum = sum.add(value(vector, 3 * j + column).multiply(value(weights, j)));
            }
            assertThat(new BigInteger(1, vector.weightedSum(column, 3, weights, scope).publish().encode()))
                    .isEqualTo(sum.mod(q));
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void expandsAKeyIntoEntries(Group group) {
        var expander = new KeyedExpander(Arrays.copyOf(wide(), 32));
        var vector = ScalarVector.zeros(group, 1, scope);
        for (byte j = 0; j < 100; j++) {
            var fields = new byte[] {0, j};
            expander.expand(fields, vector, 0);
            var expected = expander.toScalar(group, fields);
            assertThat(value(vector, 0)).isEqualTo(new BigInteger(1, expected.encode()));
        }
    }

    @Test
    void isWipedWithItsScopeAndPrintsNothing() {
        var own = new Secrets();
        var vector = ScalarVector.zeros(Groups.P256, 1, own);
        vector.reduce(0, wide(), 0);
        assertThat(vector).hasToString("ScalarVector[1, redacted]");
        own.close();
        assertThat(value(vector, 0)).isZero();
        var erased = filled(Groups.P256, 1);
        erased.erase();
        assertThat(value(erased, 0)).isZero();
    }

    @Test
    void knowsNoEdwardsGroups() {
        assertThatIllegalArgumentException().isThrownBy(() -> ScalarVector.zeros(Groups.ED25519, 1, scope));
        var vector = ScalarVector.zeros(Groups.P256, 1, scope);
        assertThatIllegalArgumentException().isThrownBy(() -> vector.set(0, Groups.SECP256K1.scalar(1)));
    }
}
