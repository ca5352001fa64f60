package quorate.algebra.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import quorate.algebra.MessageExpansion;

/** The intermediate values of RFC 9380, J.1.1, and the map against its definition on BigInteger. */
class SimplifiedSwuVectorTest {
    private static final long SEED = 9380;
    private static final P256Field F = P256Field.INSTANCE;
    private static final BigInteger P = F.modulus();
    private static final BigInteger A = BigInteger.valueOf(-3);
    private static final BigInteger Z = BigInteger.valueOf(-10);
    private static final BigInteger B =
            new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);

    @Test
    void reducesAndMapsAsRfc9380() throws IOException {
        var vector = new ObjectMapper()
                .readTree(Files.readAllBytes(
                        Path.of("..", "vectors", "rfc9380", "P256_XMD-SHA-256_SSWU_RO_.json")));
        var tag = vector.required("dst").asText().getBytes(UTF_8);
        assertThat(vector.required("vectors")).hasSize(5).allSatisfy(test -> {
            var uniform = MessageExpansion.expand(test.required("msg").asText().getBytes(UTF_8), tag, 96);
            for (int i = 0; i < 2; i++) {
                assertThat(reduced(uniform, 48 * i)).isEqualTo(number(test.required("u").get(i)));
                var q = test.required("Q" + i);
                assertThat(mapped(uniform, 48 * i)).containsExactly(number(q.required("x")), number(q.required("y")));
            }
        });
    }

    @Test
    void mapsAsItsDefinition() {
        var random = new Random(SEED);
        for (int i = 0; i < 500; i++) {
            var uniform = new byte[48];
            random.nextBytes(uniform);
            assertThat(reduced(uniform, 0)).isEqualTo(new BigInteger(1, uniform).mod(P));
            assertThat(mapped(uniform, 0)).containsExactly(definition(new BigInteger(1, uniform).mod(P)));
        }
    }

    /** u = 0 and the u with Z²u⁴ + Zu² = 0, if there are any, take the exceptional case. */
    @Test
    void mapsTheEdges() {
        for (var u : new BigInteger[] {
            BigInteger.ZERO, BigInteger.ONE, P.subtract(BigInteger.ONE), P, P.add(BigInteger.ONE)
        }) {
            var uniform = bytes(u);
            assertThat(reduced(uniform, 0)).isEqualTo(u.mod(P));
            assertThat(mapped(uniform, 0)).containsExactly(definition(u.mod(P)));
        }
        var largest = new byte[48];
        Arrays.fill(largest, (byte) 0xff);
        assertThat(reduced(largest, 0)).isEqualTo(new BigInteger(1, largest).mod(P));
        assertThat(mapped(largest, 0)).containsExactly(definition(new BigInteger(1, largest).mod(P)));
    }

    /** RFC 9380, section 6.6.2. */
    private static BigInteger[] definition(BigInteger u) {
        var zu2 = Z.multiply(u.pow(2)).mod(P);
        var denominator = zu2.pow(2).add(zu2).mod(P);
        var x1 = denominator.signum() == 0
                ? B.multiply(Z.multiply(A).modInverse(P)).mod(P)
                : B.negate()
                        .multiply(A.modInverse(P))
                        .multiply(BigInteger.ONE.add(denominator.modInverse(P)))
                        .mod(P);
        var x = isSquare(g(x1)) ? x1 : zu2.multiply(x1).mod(P);
        var y = g(x).modPow(P.add(BigInteger.ONE).shiftRight(2), P);
        return new BigInteger[] {x, y.testBit(0) == u.testBit(0) ? y : P.subtract(y)};
    }

    private static BigInteger g(BigInteger x) {
        return x.pow(3).add(A.multiply(x)).add(B).mod(P);
    }

    private static boolean isSquare(BigInteger a) {
        return a.signum() == 0 || a.modPow(P.shiftRight(1), P).equals(BigInteger.ONE);
    }

    private static BigInteger reduced(byte[] uniform, int at) {
        var u = new long[Limbs.COUNT];
        SimplifiedSwu.reduce(u, uniform, at, new Scratch());
        return number(u);
    }

    /** The affine coordinates. */
    private static BigInteger[] mapped(byte[] uniform, int at) {
        var point = new Projective();
        SimplifiedSwu.map(point, uniform, at);
        var inverse = new long[Limbs.COUNT];
        F.invert(inverse, point.z);
        var affine = new BigInteger[2];
        var t = new long[Limbs.COUNT];
        F.multiply(t, point.x, inverse);
        affine[0] = number(t);
        F.multiply(t, point.y, inverse);
        affine[1] = number(t);
        return affine;
    }

    private static BigInteger number(long[] element) {
        var encoded = new byte[PrimeField.BYTES];
        F.encode(encoded, 0, element);
        return new BigInteger(1, encoded);
    }

    private static BigInteger number(JsonNode hex) {
        return new BigInteger(hex.asText().substring(2), 16);
    }

    private static byte[] bytes(BigInteger u) {
        var bytes = new byte[48];
        var magnitude = u.toByteArray();
        System.arraycopy(magnitude, 0, bytes, bytes.length - magnitude.length, magnitude.length);
        return bytes;
    }
}
