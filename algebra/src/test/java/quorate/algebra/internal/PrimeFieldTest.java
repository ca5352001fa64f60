package quorate.algebra.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Both fields against BigInteger: random elements, limbs at the edges of their magnitude with every combination of
 * signs, and numbers around 0, p and 2^256.
 */
class PrimeFieldTest {
    private static final long SEED = 52_260;
    private static final int RANDOM_CASES = 10_000;
    private static final int COUNT = Limbs.COUNT;
    private static final BigInteger TWO_256 = BigInteger.TWO.pow(256);
    private static final BigInteger R = BigInteger.TWO.pow(260);

    private final Random random = new Random(SEED);

    static Stream<PrimeField> fields() {
        return Stream.of(Secp256k1Field.INSTANCE, P256Field.INSTANCE);
    }

    @ParameterizedTest
    @MethodSource("fields")
    void multipliesAtEveryMagnitude(PrimeField field) {
        for (int i = 0; i < RANDOM_CASES; i++) {
            double ma = magnitude(i);
            double mb = magnitude(i / 8);
            var a = limbs(ma);
            var b = limbs(mb);
            var r = new long[COUNT];
            field.multiply(r, a, b);
            assertProduct(field, r, value(a).multiply(value(b)), productMagnitude(field, ma * mb));
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void multipliesLimbsAtTheirEdgesWithEverySign(PrimeField field) {
        var edges = edgeLimbs(PrimeField.PRODUCT_MAGNITUDE);
        double bound = productMagnitude(field, 64);
        for (var a : edges) {
            for (var b : edges) {
                var r = new long[COUNT];
                field.multiply(r, a, b);
                assertProduct(field, r, value(a).multiply(value(b)), bound);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void squaresAtEveryMagnitude(PrimeField field) {
        for (int i = 0; i < RANDOM_CASES; i++) {
            double m = magnitude(i);
            var a = limbs(m);
            var r = new long[COUNT];
            field.square(r, a);
            assertProduct(field, r, value(a).pow(2), productMagnitude(field, m * m));
        }
        for (var a : edgeLimbs(PrimeField.PRODUCT_MAGNITUDE)) {
            var r = new long[COUNT];
            field.square(r, a);
            assertProduct(field, r, value(a).pow(2), productMagnitude(field, 64));
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void addsTwoProducts(PrimeField field) {
        var edges = edgeLimbs(PrimeField.PRODUCT_MAGNITUDE);
        for (int i = 0; i < RANDOM_CASES; i++) {
            double ma = magnitude(i);
            double mc = magnitude(i / 8);
            boolean atEdges = i % 2 == 0;
            var a = atEdges ? pick(edges) : limbs(ma);
            var b = atEdges ? pick(edges) : limbs(mc);
            var c = atEdges ? pick(edges) : limbs(mc);
            var d = atEdges ? pick(edges) : limbs(ma);
            var r = new long[COUNT];
            field.sumOfProducts(r, a, b, c, d);
            var sum = value(a).multiply(value(b)).add(value(c).multiply(value(d)));
            assertProduct(field, r, sum, productMagnitude(field, atEdges ? 128 : 2 * ma * mc));
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void writesResultsOverOperands(PrimeField field) {
        for (int i = 0; i < RANDOM_CASES; i++) {
            var a = limbs(magnitude(i));
            var b = limbs(magnitude(i / 8));
            var product = new long[COUNT];
            field.multiply(product, a, b);
            assertThat(inPlace(a, r -> field.multiply(r, r, b))).isEqualTo(product);
            assertThat(inPlace(b, r -> field.multiply(r, a, r))).isEqualTo(product);
            field.square(product, a);
            assertThat(inPlace(a, r -> field.square(r, r))).isEqualTo(product);
            field.sumOfProducts(product, a, b, b, b);
            assertThat(inPlace(a, r -> field.sumOfProducts(r, r, b, b, b))).isEqualTo(product);
            assertThat(inPlace(b, r -> field.sumOfProducts(r, a, r, r, r))).isEqualTo(product);
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void addsSubtractsAndNegates(PrimeField field) {
        for (int i = 0; i < RANDOM_CASES; i++) {
            var a = limbs(magnitude(i));
            var b = limbs(magnitude(i / 8));
            var r = new long[COUNT];
            PrimeField.sum(r, a, b);
            assertThat(value(r)).isEqualTo(value(a).add(value(b)));
            PrimeField.difference(r, a, b);
            assertThat(value(r)).isEqualTo(value(a).subtract(value(b)));
            PrimeField.difference(r, a, b, a);
            assertThat(value(r)).isEqualTo(value(b).negate());
            PrimeField.scale(r, a, -3);
            assertThat(value(r)).isEqualTo(value(a).multiply(BigInteger.valueOf(-3)));
            PrimeField.copy(r, a);
            PrimeField.negateIf(r, 0);
            assertThat(r).isEqualTo(a);
            PrimeField.negateIf(r, -1);
            assertThat(value(r)).isEqualTo(value(a).negate());
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void carriesToMagnitudeOne(PrimeField field) {
        var cases = edgeLimbs(PrimeField.CARRY_MAGNITUDE);
        for (int i = 0; i < RANDOM_CASES; i++) {
            cases.add(limbs(i % PrimeField.CARRY_MAGNITUDE + 1));
        }
        for (var a : cases) {
            var r = a.clone();
            field.carry(r);
            assertSame(field, r, value(a));
            assertMagnitude(r, 1);
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void scalesAndCarries(PrimeField field) {
        var cases = edgeLimbs(12);
        for (int i = 0; i < RANDOM_CASES; i++) {
            cases.add(limbs(12));
        }
        for (var a : cases) {
            var r = new long[COUNT];
            int k =
                    switch (field) {
                        case Secp256k1Field secp256k1 -> {
                            secp256k1.scaleAndCarry(r, a, 21);
                            yield 21;
                        }
                        case P256Field p256 -> {
                            p256.tripleAndCarry(r, a);
                            yield 3;
                        }
                    };
            assertSame(field, r, value(a).multiply(BigInteger.valueOf(k)));
            assertMagnitude(r, 1);
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void normalisesToTheOneFormBelowP(PrimeField field) {
        var p = field.modulus();
        var cases = edgeLimbs(PrimeField.CARRY_MAGNITUDE);
        for (int i = 0; i < RANDOM_CASES; i++) {
            cases.add(limbs(i % PrimeField.CARRY_MAGNITUDE + 1));
        }
        for (int i = -8; i <= 8; i++) {
            for (int offset = -2; offset <= 2; offset++) {
                cases.add(spread(p.multiply(BigInteger.valueOf(i)).add(BigInteger.valueOf(offset))));
                cases.add(spread(TWO_256.multiply(BigInteger.valueOf(i)).add(BigInteger.valueOf(offset))));
            }
        }
        for (var a : cases) {
            var r = a.clone();
            field.normalise(r);
            assertThat(r).isEqualTo(Limbs.of(value(a).mod(p)));
            assertThat(field.isZero(a)).isEqualTo(value(a).mod(p).signum() == 0 ? -1 : 0);
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void inverts(PrimeField field) {
        var p = field.modulus();
        for (var number : numbers(field)) {
            var r = new long[COUNT];
            field.invert(r, field.element(number));
            var expected = number.signum() == 0 ? BigInteger.ZERO : number.modInverse(p);
            assertSame(field, r, value(field.element(expected)));
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void takesRootsOfSquares(PrimeField field) {
        var p = field.modulus();
        var exponent = p.add(BigInteger.ONE).shiftRight(2);
        for (var number : numbers(field)) {
            var root = new long[COUNT];
            var square = new long[COUNT];
            field.square(square, field.element(number));
            field.squareRootCandidate(root, square);
            assertSame(field, root, value(field.element(number.pow(2).modPow(exponent, p))));
            field.square(root, root);
            assertSame(field, root, value(square));
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void decodesExactlyWhatIsBelowP(PrimeField field) {
        var p = field.modulus();
        var cases = new ArrayList<>(numbers(field));
        for (int i = 0; i < RANDOM_CASES; i++) {
            cases.add(new BigInteger(256, random));
        }
        cases.addAll(List.of(p, p.add(BigInteger.ONE), TWO_256.subtract(BigInteger.ONE)));
        for (int limb = 0; limb < COUNT; limb++) {
            cases.add(p.xor(BigInteger.ONE.shiftLeft(52 * limb)));
            cases.add(p.or(BigInteger.valueOf(Limbs.MASK).shiftLeft(52 * limb)).mod(TWO_256));
        }
        for (var number : cases) {
            var bytes = new byte[2 + 32];
            System.arraycopy(bigEndian(number), 0, bytes, 2, 32);
            var r = new long[COUNT];
            assertThat(field.decode(r, bytes, 2)).isEqualTo(number.compareTo(p) < 0 ? -1 : 0);
            assertSame(field, r, value(field.element(number)));
            assertMagnitude(r, productMagnitude(field, 1));
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void encodesEveryRepresentationOfANumberAlike(PrimeField field) {
        var p = field.modulus();
        for (var number : numbers(field)) {
            var limbs = field.element(number);
            var multiple = spread(p.multiply(BigInteger.valueOf(random.nextInt(15) - 7)));
            PrimeField.sum(limbs, limbs, multiple);
            var out = new byte[1 + 32];
            field.encode(out, 1, limbs);
            var expected = new byte[1 + 32];
            System.arraycopy(bigEndian(number), 0, expected, 1, 32);
            assertThat(out).isEqualTo(expected);
            assertThat(field.isOdd(limbs)).isEqualTo(number.testBit(0) ? -1 : 0);
        }
    }

    // What the elements of a field mean

    private static BigInteger value(long[] limbs) {
        var value = BigInteger.ZERO;
        for (int i = COUNT - 1; i >= 0; i--) {
            value = value.shiftLeft(52).add(BigInteger.valueOf(limbs[i]));
        }
        return value;
    }

    /** r = product, or product/R where elements are in Montgomery form. */
    private static void assertProduct(PrimeField field, long[] r, BigInteger product, double magnitude) {
        var result = field instanceof P256Field ? value(r).multiply(R) : value(r);
        assertThat(result.subtract(product).mod(field.modulus())).isZero();
        assertMagnitude(r, magnitude);
    }

    private static void assertSame(PrimeField field, long[] r, BigInteger expected) {
        assertThat(value(r).subtract(expected).mod(field.modulus())).isZero();
    }

    private static double productMagnitude(PrimeField field, double factors) {
        return field instanceof P256Field ? 1 + factors / 15 : 1;
    }

    private static void assertMagnitude(long[] limbs, double magnitude) {
        for (int i = 0; i < COUNT; i++) {
            assertThat((double) Math.abs(limbs[i])).isLessThanOrEqualTo(magnitude * bound(i));
        }
    }

    // Generators

    private static double bound(int limb) {
        return limb < COUNT - 1 ? 0x1p52 + 0x1p10 : 0x1p48 + 0x1p26;
    }

    private static int magnitude(int i) {
        return i % PrimeField.PRODUCT_MAGNITUDE + 1;
    }

    private long[] limbs(double magnitude) {
        var limbs = new long[COUNT];
        for (int i = 0; i < COUNT; i++) {
            long bound = (long) (magnitude * bound(i));
            limbs[i] = random.nextLong(-bound, bound + 1);
        }
        return limbs;
    }

    /** Every limb at its lower or its upper bound, in all 32 combinations, and each alone. */
    private static List<long[]> edgeLimbs(int magnitude) {
        var edges = new ArrayList<long[]>();
        for (int signs = 0; signs < 1 << COUNT; signs++) {
            var limbs = new long[COUNT];
            for (int i = 0; i < COUNT; i++) {
                long bound = (long) (magnitude * bound(i));
                limbs[i] = (signs >> i & 1) == 0 ? bound : -bound;
            }
            edges.add(limbs);
        }
        for (int i = 0; i < COUNT; i++) {
            var limbs = new long[COUNT];
            limbs[i] = (long) (magnitude * bound(i));
            edges.add(limbs);
        }
        edges.add(new long[COUNT]);
        return edges;
    }

    private long[] pick(List<long[]> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** 52-bit limbs and whatever is left, with its sign, in the top one. */
    private static long[] spread(BigInteger value) {
        var limbs = new long[COUNT];
        for (int i = 0; i < COUNT - 1; i++) {
            limbs[i] = value.shiftRight(52 * i).longValue() & Limbs.MASK;
        }
        limbs[COUNT - 1] = value.shiftRight(52 * (COUNT - 1)).longValueExact();
        return limbs;
    }

    private List<BigInteger> numbers(PrimeField field) {
        var p = field.modulus();
        var numbers = new ArrayList<BigInteger>();
        for (int small = 0; small < 4; small++) {
            numbers.add(BigInteger.valueOf(small));
            numbers.add(p.subtract(BigInteger.valueOf(small + 1)));
        }
        for (int bit = 0; bit < 256; bit++) {
            numbers.add(BigInteger.ONE.shiftLeft(bit).mod(p));
            numbers.add(BigInteger.ONE.shiftLeft(bit).subtract(BigInteger.ONE).mod(p));
        }
        for (int i = 0; i < RANDOM_CASES; i++) {
            numbers.add(new BigInteger(256, random).mod(p));
        }
        return numbers;
    }

    private interface InPlace {
        void run(long[] r);
    }

    private static long[] inPlace(long[] operand, InPlace operation) {
        var r = operand.clone();
        operation.run(r);
        return r;
    }

    private static byte[] bigEndian(BigInteger value) {
        var out = new byte[32];
        var bytes = value.toByteArray();
        int significant = Math.min(bytes.length, 32);
        System.arraycopy(bytes, bytes.length - significant, out, 32 - significant, significant);
        return out;
    }
}
