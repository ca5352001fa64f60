package quorate.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** secp256k1 and P-256 against BouncyCastle. */
class WeierstrassGroupTest {
    private static final long SEED = 256_1_256;
    private static final int RANDOM_CASES = 10_000;
    private static final BigInteger LAMBDA =
            new BigInteger("5363ad4cc05c30e0a5261c028812645a122e22ea20816678df02967c1b23bd72", 16);

    private final Random random = new Random(SEED);

    @Test
    void saysWhatItIs() {
        assertThat(WeierstrassGroup.secp256k1().name()).isEqualTo("secp256k1");
        assertThat(WeierstrassGroup.secp256k1().curveId()).isEqualTo(1);
        assertThat(WeierstrassGroup.p256().name()).isEqualTo("P-256");
        assertThat(WeierstrassGroup.p256().curveId()).isEqualTo(2);
        WeierstrassOracle.all().map(WeierstrassOracle::group).forEach(group -> {
            assertThat(group.scalarBytes()).isEqualTo(32);
            assertThat(group.pointBytes()).isEqualTo(33);
            assertThat(group.wideBytes()).isEqualTo(48);
            assertThat(group).hasToString(group.name());
        });
    }

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void multipliesTheGenerator(WeierstrassOracle oracle) {
        var scalars = oracle.edgeScalars();
        for (int i = 0; i < RANDOM_CASES; i++) {
            scalars.add(oracle.random(random));
        }
        try (var scope = new Secrets()) {
            for (var k : scalars) {
                var expected = oracle.multiplyBase(k);
                var scalar = oracle.scalar(k);
                assertIs(oracle.group().multiplyBase(scalar), expected);
                if (k.bitLength() < 250) {
                    assertIs(oracle.group().multiplyBase(SecretScalar.of(scope, scalar)), expected);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void multipliesRandomPoints(WeierstrassOracle oracle) {
        var theirs = oracle.generator();
        Point ours = oracle.group().generator();
        try (var scope = new Secrets()) {
            for (int i = 0; i < RANDOM_CASES; i++) {
                var k = oracle.random(random);
                theirs = theirs.multiply(k).normalize();
                var scalar = oracle.scalar(k);
                ours = i % 2 == 0 ? ours.times(scalar) : ours.times(SecretScalar.of(scope, scalar));
                assertIs(ours, theirs);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void multipliesPointsByEdgeScalars(WeierstrassOracle oracle) throws DecodingException {
        var scalars = oracle.edgeScalars();
        for (int a = -3; a <= 3; a++) {
            for (int b = -3; b <= 3; b++) {
                var lambdas = LAMBDA.multiply(BigInteger.valueOf(b));
                scalars.add(lambdas.add(BigInteger.valueOf(a)));
                scalars.add(lambdas.shiftLeft(127).add(BigInteger.valueOf(a).shiftLeft(127)));
                scalars.add(lambdas.shiftLeft(64).add(BigInteger.valueOf(a).shiftLeft(126)));
            }
        }
        var theirs = oracle.multiplyBase(oracle.random(random)).normalize();
        var ours = oracle.here(theirs);
        for (var k : scalars) {
            assertIs(ours.times(oracle.scalar(k)), theirs.multiply(k.mod(oracle.order())));
        }
    }

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void addsSubtractsAndNegates(WeierstrassOracle oracle) throws DecodingException {
        var theirs = oracle.generator();
        var ours = oracle.here(theirs);
        var theirOther = oracle.multiplyBase(oracle.random(random)).normalize();
        var ourOther = oracle.here(theirOther);
        for (int i = 0; i < RANDOM_CASES; i++) {
            var theirSum = theirs.add(theirOther).normalize();
            var ourSum = ours.plus(ourOther);
            assertIs(ourSum, theirSum);
            assertIs(ours.minus(ourOther), theirs.subtract(theirOther));
            assertIs(ours.negate(), theirs.negate());
            theirOther = i % 3 == 0 ? theirs.twice().normalize() : theirs;
            ourOther = i % 3 == 0 ? ours.plus(ours) : ours;
            theirs = theirSum;
            ours = ourSum;
        }
    }

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void addsWhereTextbookFormulasFail(WeierstrassOracle oracle) throws DecodingException {
        var theirs = oracle.multiplyBase(oracle.random(random)).normalize();
        var p = oracle.here(theirs);
        var o = oracle.group().identity();
        assertIs(p.plus(p), theirs.twice());
        assertThat(p.plus(p.negate())).isEqualTo(o);
        assertThat(p.minus(p)).isEqualTo(o);
        assertThat(p.plus(o)).isEqualTo(p);
        assertThat(o.plus(p)).isEqualTo(p);
        assertThat(o.minus(p)).isEqualTo(p.negate());
        assertThat(o.plus(o)).isEqualTo(o);
        assertThat(o.negate()).isEqualTo(o);
        assertThat(p.negate().negate()).isEqualTo(p);
        // O as the result of an addition is as good as any other.
        assertThat(p.minus(p).plus(p)).isEqualTo(p);
        assertThat(p.minus(p).plus(p.minus(p)).isIdentity()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void multipliesByZeroOneAndTheLastScalar(WeierstrassOracle oracle) {
        var group = oracle.group();
        var zero = group.scalar(0);
        var one = group.scalar(1);
        var last = zero.minus(one);
        var p = group.multiplyBase(oracle.scalar(oracle.random(random)));
        for (var point : new Point[] {p, group.generator(), p.minus(p), group.identity()}) {
            assertThat(point.times(zero)).isEqualTo(group.identity());
            assertThat(point.times(one)).isEqualTo(point);
            assertThat(point.times(last)).isEqualTo(point.negate());
        }
        assertThat(group.multiplyBase(zero).isIdentity()).isTrue();
        assertThat(group.multiplyBase(one)).isEqualTo(group.generator());
        assertThat(group.multiplyBase(last)).isEqualTo(group.generator().negate());
    }

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void comparesPointsAndNotTheirRepresentation(WeierstrassOracle oracle) {
        var g = oracle.group().generator();
        var p = oracle.group().multiplyBase(oracle.scalar(oracle.random(random)));
        for (int i = 0; i < RANDOM_CASES; i++) {
            var same = p.plus(g).minus(g);
            assertThat(same).isEqualTo(p);
            assertThat(p.plus(g)).isNotEqualTo(p);
            assertThat(p.negate()).isNotEqualTo(p);
            if (i % 10 == 0) {
                assertThat(same).hasSameHashCodeAs(p);
            }
            p = p.plus(p);
        }
        var o = oracle.group().identity();
        assertThat(p.minus(p)).isEqualTo(o).hasSameHashCodeAs(o).isNotEqualTo(p);
        assertThat(p).isNotEqualTo(o).isNotEqualTo("a point").isNotEqualTo(null);
    }

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void printsThePublicEncoding(WeierstrassOracle oracle) {
        var g = oracle.group().generator();
        assertThat(g).hasToString(HexFormat.of().formatHex(g.encode()));
        assertThat(oracle.group().identity()).hasToString("O");
    }

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void neverShowsOAsBytes(WeierstrassOracle oracle) {
        var o = oracle.group().generator().minus(oracle.group().generator());
        assertThat(o.isIdentity()).isTrue();
        assertThatIllegalStateException().isThrownBy(o::encode);
        assertThatIllegalStateException().isThrownBy(o::hasEvenY);
    }

    @ParameterizedTest
    @MethodSource("quorate.algebra.WeierstrassOracle#all")
    void isNotChangedThroughItsEncoding(WeierstrassOracle oracle) {
        var g = oracle.group().generator();
        var before = g.encode();
        g.encode()[1] ^= 1;
        assertThat(g.encode()).isEqualTo(before);
    }

    @Test
    void refusesWhatBelongsToAnotherGroup() {
        var here = WeierstrassGroup.secp256k1();
        var there = WeierstrassGroup.p256();
        assertThat(here.generator()).isNotEqualTo(there.generator());
        assertThat(here.identity()).isNotEqualTo(there.identity());
        try (var scope = new Secrets()) {
            var scalar = there.scalar(2);
            var secret = SecretScalar.of(scope, scalar);
            assertThatIllegalArgumentException().isThrownBy(() -> here.generator().plus(there.generator()));
            assertThatIllegalArgumentException().isThrownBy(() -> here.generator().minus(there.generator()));
            assertThatIllegalArgumentException().isThrownBy(() -> here.generator().times(scalar));
            assertThatIllegalArgumentException().isThrownBy(() -> here.generator().times(secret));
            assertThatIllegalArgumentException().isThrownBy(() -> here.multiplyBase(scalar));
            assertThatIllegalArgumentException().isThrownBy(() -> here.multiplyBase(secret));
        }
    }

    private static void assertIs(Point ours, ECPoint theirs) {
        assertThat(ours.isIdentity()).isEqualTo(theirs.isInfinity());
        if (!theirs.isInfinity()) {
            var affine = theirs.normalize();
            assertThat(ours.encode()).isEqualTo(affine.getEncoded(true));
            assertThat(ours.hasEvenY()).isEqualTo(!affine.getAffineYCoord().testBitZero());
        }
    }
}
