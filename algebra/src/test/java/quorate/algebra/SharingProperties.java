package quorate.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SharingProperties {
    private static final int PARTIES = 5;

    static List<Group> groups() {
        return Groups.all();
    }

    @ParameterizedTest
    @MethodSource("groups")
    void interpolatesFromAnyDegreePlusOneSharesAndFromNoFewer(Group group) {
        for (int degree = 0; degree < PARTIES; degree++) {
            try (var scope = new Secrets()) {
                var f = SecretPolynomial.sample(group, degree, new SeededDraw(degree), scope);
                int size = degree + 1;
                assertThat(subsets()).allSatisfy(subset -> {
                    var constant = interpolated(f, subset, 0, scope);
                    var further = interpolated(f, subset, PARTIES + 2, scope);
                    if (subset.size() >= size) {
                        assertThat(constant).isEqualTo(f.constant().publish());
                        assertThat(further).isEqualTo(f.at(PARTIES + 2).publish());
                    } else {
                        assertThat(constant).isNotEqualTo(f.constant().publish());
                        assertThat(further).isNotEqualTo(f.at(PARTIES + 2).publish());
                    }
                });
            }
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void commitsToExactlyTheSharesItHandsOut(Group group) {
        try (var scope = new Secrets()) {
            var f = SecretPolynomial.sample(group, 3, new SeededDraw(1), scope);
            var commitment = f.commitment();

            assertThat(commitment.degree()).isEqualTo(3);
            assertThat(commitment.constant()).isEqualTo(group.multiplyBase(f.constant()));
            for (int index : new int[] {1, 2, 3, 17, 32}) {
                assertThat(group.multiplyBase(f.at(index))).isEqualTo(commitment.at(index));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void addsPolynomialsCoefficientByCoefficient(Group group) {
        try (var scope = new Secrets()) {
            var f = SecretPolynomial.sample(group, 2, new SeededDraw(1), scope);
            var g = SecretPolynomial.sample(group, 2, new SeededDraw(2), scope);

            assertThat(f.commitment().plus(g.commitment()).at(4)).isEqualTo(group.multiplyBase(f.at(4).plus(g.at(4))));
            assertThatThrownBy(() -> f.commitment()
                            .plus(SecretPolynomial.sample(group, 1, new SeededDraw(2), scope).commitment()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void keepsAGivenConstant(Group group) {
        try (var scope = new Secrets()) {
            var constant = SecretScalar.of(scope, group.scalar(42));
            var f = SecretPolynomial.sampleWith(constant, 2, new SeededDraw(3), scope);

            assertThat(f.degree()).isEqualTo(2);
            assertThat(f.constant().publish()).isEqualTo(group.scalar(42));
            assertThat(interpolated(f, new TreeSet<>(List.of(1, 4, 5)), 0, scope)).isEqualTo(group.scalar(42));
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void encodesItsPointsOneAfterTheOther(Group group) {
        var points = List.of(group.generator(), group.generator().plus(group.generator()));

        assertThat(new PublicPolynomial(points).encode())
                .isEqualTo(Encoding.concat(points.get(0).encode(), points.get(1).encode()));
        assertThatThrownBy(() -> new PublicPolynomial(List.of(group.identity())).encode())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesIndexZeroEverywhere() {
        var group = Groups.P256;
        try (var scope = new Secrets()) {
            var f = SecretPolynomial.sample(group, 1, new SeededDraw(1), scope);
            assertThatThrownBy(() -> f.at(0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> f.commitment().at(0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Lagrange.atZero(group, new TreeSet<>(List.of(0, 1)), 1))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Lagrange.atZero(group, new TreeSet<>(List.of(0, 1)), 0))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesIndicesOutsideTheSet() {
        assertThatThrownBy(() -> Lagrange.atZero(Groups.P256, new TreeSet<>(List.of(1, 3)), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("party 2 is not in [1, 3]");
    }

    @Test
    void refusesCoefficientsOfDifferentGroups() {
        assertThatThrownBy(() ->
                        new PublicPolynomial(List.of(Groups.P256.generator(), Groups.SECP256K1.generator())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PublicPolynomial(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void printsNoCoefficient() {
        try (var scope = new Secrets()) {
            assertThat(SecretPolynomial.sample(Groups.P256, 1, new SeededDraw(1), scope))
                    .hasToString("SecretPolynomial[degree 1, redacted]");
        }
    }

    private static Scalar interpolated(SecretPolynomial f, SortedSet<Integer> subset, int x, Secrets scope) {
        var group = f.constant().group();
        var sum = SecretScalar.of(scope, group.scalar(0));
        for (int index : subset) {
            sum = sum.plus(f.at(index).times(Lagrange.at(group, subset, index, x)));
        }
        return sum.publish();
    }

    private static Stream<SortedSet<Integer>> subsets() {
        return IntStream.range(1, 1 << PARTIES).mapToObj(bits -> {
            var subset = new TreeSet<Integer>();
            for (int i = 0; i < PARTIES; i++) {
                if ((bits >>> i & 1) == 1) {
                    subset.add(i + 1);
                }
            }
            return subset;
        });
    }
}
