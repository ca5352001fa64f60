package quorate.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecretScalarTest {
    private static final long SEED = 77;
    private static final int RANDOM_CASES = 1_000;

    private final Random random = new Random(SEED);
    private final Group group = WeierstrassGroup.secp256k1();

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void calculatesLikeAPublicScalar(WeierstrassOracle oracle) {
        try (var scope = new Secrets()) {
            for (int i = 0; i < RANDOM_CASES; i++) {
                var a = oracle.scalar(oracle.random(random));
                var b = oracle.scalar(oracle.random(random));
                var x = SecretScalar.of(scope, a);
                var y = SecretScalar.of(scope, b);
                assertThat(x.plus(y).publish()).isEqualTo(a.plus(b));
                assertThat(x.plus(b).publish()).isEqualTo(a.plus(b));
                assertThat(x.minus(y).publish()).isEqualTo(a.minus(b));
                assertThat(x.times(y).publish()).isEqualTo(a.times(b));
                assertThat(x.times(b).publish()).isEqualTo(a.times(b));
                assertThat(x.negate().publish()).isEqualTo(a.negate());
                assertThat(x.minus(x).isZero()).isTrue();
                assertThat(x.isZero()).isFalse();
                assertThat(x.publish()).isEqualTo(a);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void exposesTheCanonicalBytes(WeierstrassOracle oracle) throws DecodingException {
        try (var scope = new Secrets()) {
            for (var purpose : Purpose.values()) {
                var bytes = WeierstrassOracle.unsigned(oracle.random(random));
                var secret = oracle.group().decodeSecret(scope, bytes);
                assertThat(secret.exposeFor(purpose)).isEqualTo(bytes);
            }
            var wide = new byte[48];
            random.nextBytes(wide);
            assertThat(oracle.group().reduceSecret(scope, wide).exposeFor(Purpose.SEALING))
                    .isEqualTo(oracle.group().reduce(wide).encode());
        }
    }

    @Test
    void printsNothing() {
        try (var scope = new Secrets()) {
            var secret = group.reduceSecret(scope, new byte[] {0x5e, (byte) 0xc7, 0x37});
            assertThat(secret).hasToString("SecretScalar[redacted]");
            assertThat(scope.toString()).doesNotContain("5ec737");
            assertThat(secret.getClass().getDeclaredMethods())
                    .noneMatch(method -> List.of("equals", "hashCode").contains(method.getName()));
        }
    }

    @Test
    void isWipedWithItsScopeAndSoIsEveryResult() {
        var scope = new Secrets();
        var a = group.reduceSecret(scope, new byte[] {1, 2, 3});
        var b = SecretScalar.of(scope, group.scalar(5));
        var values = List.of(a, b, a.plus(b), a.minus(b), a.times(b), a.negate(), a.plus(group.scalar(1)), a.in(scope));
        var limbs = values.stream().map(SecretScalar::limbs).toList();
        assertThat(limbs).allSatisfy(value -> assertThat(Arrays.stream(value).anyMatch(limb -> limb != 0)).isTrue());
        scope.close();
        assertThat(limbs).allSatisfy(value -> assertThat(value).containsOnly(0));
    }

    @Test
    void belongsToTheScopeOfTheLeftOperand() {
        var left = new Secrets();
        var right = new Secrets();
        var a = SecretScalar.of(left, group.scalar(3));
        var b = SecretScalar.of(right, group.scalar(4));
        var sum = a.plus(b);
        var copy = a.in(right);
        left.close();
        assertThatIllegalStateException().isThrownBy(sum::publish);
        assertThat(b.plus(copy).publish()).isEqualTo(group.scalar(7));
        right.close();
    }

    @Test
    void doesNotTakeThePublicScalarAlong() {
        var value = group.scalar(12);
        var scope = new Secrets();
        var secret = SecretScalar.of(scope, value);
        var published = secret.publish();
        scope.close();
        assertThat(value).isEqualTo(group.scalar(12));
        assertThat(published).isEqualTo(value);
    }

    @Test
    void cannotBeUsedOnceItsScopeIsClosed() {
        var scope = new Secrets();
        var secret = SecretScalar.of(scope, group.scalar(9));
        scope.close();
        assertRefusesEveryUse(secret);
        assertThatIllegalStateException().isThrownBy(() -> SecretScalar.of(scope, group.scalar(9)));
        assertThatIllegalStateException().isThrownBy(() -> group.reduceSecret(scope, new byte[32]));
        assertThatIllegalStateException().isThrownBy(() -> group.decodeSecret(scope, new byte[32]));
    }

    @Test
    void cannotBeUsedOnceItIsErased() {
        try (var scope = new Secrets()) {
            var secret = SecretScalar.of(scope, group.scalar(9));
            var limbs = secret.limbs();
            secret.erase();
            assertThat(limbs).containsOnly(0);
            assertRefusesEveryUse(secret);
            assertThat(SecretScalar.of(scope, group.scalar(9)).publish()).isEqualTo(group.scalar(9));
        }
    }

    private void assertRefusesEveryUse(SecretScalar secret) {
        try (var open = new Secrets()) {
            var live = SecretScalar.of(open, group.scalar(1));
            var uses = List.<ThrowingCallable>of(
                    () -> secret.plus(live),
                    () -> live.plus(secret),
                    () -> secret.plus(group.scalar(1)),
                    () -> secret.minus(live),
                    () -> live.minus(secret),
                    () -> secret.times(live),
                    () -> live.times(secret),
                    () -> secret.times(group.scalar(1)),
                    secret::negate,
                    secret::isZero,
                    secret::publish,
                    () -> secret.exposeFor(Purpose.SEALING),
                    () -> secret.in(open),
                    () -> group.multiplyBase(secret),
                    () -> group.generator().times(secret));
            assertThat(uses).allSatisfy(use -> assertThatIllegalStateException().isThrownBy(use));
        }
    }

    @Test
    void refusesOperandsOfAnotherGroup() {
        try (var scope = new Secrets()) {
            var here = SecretScalar.of(scope, group.scalar(7));
            var there = SecretScalar.of(scope, WeierstrassGroup.p256().scalar(7));
            assertThatIllegalArgumentException().isThrownBy(() -> here.plus(there));
            assertThatIllegalArgumentException().isThrownBy(() -> here.plus(WeierstrassGroup.p256().scalar(7)));
            assertThatIllegalArgumentException().isThrownBy(() -> here.minus(there));
            assertThatIllegalArgumentException().isThrownBy(() -> here.times(there));
            assertThatIllegalArgumentException().isThrownBy(() -> here.times(WeierstrassGroup.p256().scalar(7)));
        }
    }

    @Test
    void keepsTheValueOutOfExceptions() {
        var scope = new Secrets();
        var secret = group.reduceSecret(scope, HexFormat.of().parseHex("5ec7375ec7375ec737"));
        scope.close();
        assertThatIllegalStateException()
                .isThrownBy(secret::publish)
                .withMessage("this secret is erased");
    }
}
