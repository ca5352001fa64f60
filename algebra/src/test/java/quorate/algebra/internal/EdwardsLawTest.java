package quorate.algebra.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.algebra.internal.AffineEdwards.O;
import static quorate.algebra.internal.AffineEdwards.limbs;
import static quorate.algebra.internal.AffineEdwards.value;

import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The group law against the curve's equation in BigInteger, for all points, not only those in the subgroup. */
class EdwardsLawTest {
    private static final long SEED = 25521;
    private static final int RANDOM_CASES = 10_000;

    private final Random random = new Random(SEED);

    private interface Pair {
        void check(AffineEdwards p, AffineEdwards q);
    }

    @Test
    void derivesTheConstantOfRfc8032() {
        assertThat(value(EdwardsLaw.D)).isEqualTo(AffineEdwards.D);
        assertThat(value(EdwardsLaw.TWICE_D)).isEqualTo(AffineEdwards.D.shiftLeft(1).mod(AffineEdwards.P));
    }

    @Test
    void addsAndSubtracts() {
        try (var law = new EdwardsLaw()) {
            forPairs((p, q) -> {
                var r = new ExtendedPoint();
                law.add(r, p.extended(random), q.extended(random));
                assertThat(AffineEdwards.of(r)).isEqualTo(p.plus(q));
                law.subtract(r, p.extended(random), q.extended(random));
                assertThat(AffineEdwards.of(r)).isEqualTo(p.plus(q.negate()));
            });
        }
    }

    @Test
    void addsAPointWhoseZIsOne() {
        try (var law = new EdwardsLaw()) {
            forPairs((p, q) -> {
                var affine = new ExtendedPoint(AffineEdwards.field(q.x()), AffineEdwards.field(q.y()));
                var r = p.extended(random);
                law.addAffine(r, r, new PreparedPoint().set(affine));
                assertThat(AffineEdwards.of(r)).isEqualTo(p.plus(q));
            });
        }
    }

    @Test
    void doubles() {
        try (var law = new EdwardsLaw()) {
            forPairs((p, q) -> {
                var r = p.extended(random);
                law.twice(r, r);
                assertThat(AffineEdwards.of(r)).isEqualTo(p.plus(p));
            });
        }
    }

    @Test
    void doublesManyTimesAndAfterAnAddition() {
        try (var law = new EdwardsLaw()) {
            forPairs(RANDOM_CASES / 10, (p, q) -> {
                var eightfold = p.times(BigInteger.valueOf(8));
                var r = new ExtendedPoint();
                law.multiplyByPowerOfTwo(r, p.extended(random), 3);
                assertThat(AffineEdwards.of(r)).isEqualTo(eightfold);
                law.addAndDouble(r, r, new PreparedPoint().set(q.extended(random)), 1);
                assertThat(AffineEdwards.of(r)).isEqualTo(eightfold.plus(q).times(BigInteger.TWO));
            });
        }
    }

    @Test
    void negatesAndCompares() {
        forPairs((p, q) -> {
            var extended = p.extended(random);
            var negated = new ExtendedPoint().negate(extended);
            assertThat(AffineEdwards.of(negated)).isEqualTo(p.negate());
            assertThat(extended.isIdentity()).isEqualTo(p.equals(O));
            assertThat(extended.parityOfY()).isEqualTo(p.y().testBit(0) ? 1 : 0);
            assertThat(ExtendedPoint.areEqual(extended, p.extended(random))).isTrue();
            assertThat(ExtendedPoint.areEqual(extended, q.extended(random))).isEqualTo(p.equals(q));
            assertThat(ExtendedPoint.areEqual(extended, negated)).isEqualTo(p.equals(p.negate()));
        });
    }

    /** A point with the same y and another x, or the same x and another y, is another point. */
    @Test
    void comparesBothCoordinates() {
        for (int i = 0; i < 100; i++) {
            var p = AffineEdwards.random(random);
            var sameX = new AffineEdwards(p.x(), AffineEdwards.P.subtract(p.y()));
            var sameY = new AffineEdwards(AffineEdwards.P.subtract(p.x()), p.y());
            for (var q : List.of(sameX, sameY)) {
                assertThat(ExtendedPoint.areEqual(p.extended(random), q.extended(random))).isFalse();
            }
        }
    }

    @Test
    void wipesItsScratchSpace() throws IllegalAccessException {
        var law = new EdwardsLaw();
        law.add(new ExtendedPoint(), AffineEdwards.BASE.extended(random), AffineEdwards.BASE.extended(random));
        law.close();
        for (var field : EdwardsLaw.class.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                var scratch = field.get(law);
                var numbers = scratch instanceof PreparedPoint p
                        ? List.of(p.sum, p.difference, p.product, p.twiceZ)
                        : List.of((Field25519) scratch);
                assertThat(numbers).as(field.getName()).allSatisfy(a -> assertThat(limbs(a)).containsOnly(0));
            }
        }
    }

    private void forPairs(Pair pair) {
        forPairs(RANDOM_CASES, pair);
    }

    /** Small order with small order, with generic points and with themselves; then a random walk in random steps. */
    private void forPairs(int randomCases, Pair pair) {
        var special = new ArrayList<>(AffineEdwards.torsion());
        special.add(AffineEdwards.BASE);
        special.add(AffineEdwards.BASE.negate());
        var generic = AffineEdwards.random(random);
        special.add(generic);
        special.add(generic.negate());
        for (var p : special) {
            for (var q : special) {
                pair.check(p, q);
            }
        }
        var steps = Stream.generate(() -> AffineEdwards.random(random)).limit(100).toList();
        var walk = generic;
        for (int i = 0; i < randomCases; i++) {
            var step = steps.get(random.nextInt(steps.size()));
            pair.check(walk, step);
            walk = walk.plus(step);
        }
    }
}
