package quorate.algebra;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is given an operand of another group refuses it: no operation mixes two curves. */
class ForeignOperandTest {
    private static final List<Group> GROUPS = List.of(Groups.SECP256K1, Groups.P256, Groups.ED25519);

    static Stream<Arguments> pairs() {
        return GROUPS.stream()
                .flatMap(mine -> GROUPS.stream()
                        .filter(other -> !other.equals(mine))
                        .map(other -> Arguments.of(mine, other)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void scalarsRefuseIt(Group mine, Group other) {
        var a = mine.scalar(5);
        var foreign = other.scalar(7);

        refused(() -> a.plus(foreign));
        refused(() -> a.minus(foreign));
        refused(() -> a.times(foreign));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void secretScalarsRefuseIt(Group mine, Group other) {
        try (var scope = new Secrets()) {
            var a = SecretScalar.of(scope, mine.scalar(5));
            var foreign = other.scalar(7);
            var secret = SecretScalar.of(scope, foreign);

            refused(() -> a.plus(foreign));
            refused(() -> a.plus(secret));
            refused(() -> a.minus(secret));
            refused(() -> a.times(foreign));
            refused(() -> a.times(secret));
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void pointsRefuseIt(Group mine, Group other) {
        try (var scope = new Secrets()) {
            var a = mine.generator();
            var foreign = other.generator();

            refused(() -> a.plus(foreign));
            refused(() -> a.minus(foreign));
            refused(() -> a.times(other.scalar(7)));
            refused(() -> a.times(SecretScalar.of(scope, other.scalar(7))));
            refused(() -> mine.identity().times(other.scalar(7)));
            refused(() -> mine.identity().plus(other.identity()));
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void groupsRefuseIt(Group mine, Group other) {
        try (var scope = new Secrets()) {
            refused(() -> mine.multiplyBase(other.scalar(7)));
            refused(() -> mine.multiplyBase(SecretScalar.of(scope, other.scalar(7))));
        }
    }

    private static void refused(ThrowingCallable operation) {
        assertThatIllegalArgumentException().isThrownBy(operation);
    }
}
