package quorate.vole;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.testkit.vectors.Vectors.hex;
import static quorate.testkit.vectors.Vectors.known;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quorate.algebra.Draw;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.KeyedExpander;
import quorate.algebra.Scalar;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.pair.TestPairs;
import quorate.testkit.vectors.KatDraw;
import quorate.testkit.vectors.Vectors;

/** The OT extension and the VOLE against the known answers, every intermediate value that they state. */
class VoleVectorTest {
    private static final Extension EXTENSION = Extension.OF_256_BITS;

    private final Secrets scope = new Secrets();

    @AfterEach
    void wipe() {
        scope.close();
    }

    static Stream<JsonNode> products() {
        return Vectors.stream(known("gf128"));
    }

    static Stream<JsonNode> extensions() {
        return Vectors.stream(known("ote_vole"));
    }

    /** One block: chi_0*v + 0. */
    @ParameterizedTest
    @MethodSource("products")
    void multipliesInTheField(JsonNode known) {
        var chi = new long[2 * EXTENSION.blocks()];
        var a = hex(known, "a");
        chi[0] = Columns.word(a, 0);
        chi[1] = Columns.word(a, Long.BYTES);
        assertThat(fold(chi, Arrays.copyOf(hex(known, "b"), EXTENSION.columnBytes()))).isEqualTo(hex(known, "ab"));
    }

    @Test
    void foldsAColumn() {
        var known = known("fold");
        var chi = new long[2 * EXTENSION.blocks()];
        for (int j = 0; j < EXTENSION.blocks(); j++) {
            var element = hex(known.required("chi").get(j));
            chi[2 * j] = Columns.word(element, 0);
            chi[2 * j + 1] = Columns.word(element, Long.BYTES);
        }
        assertThat(fold(chi, hex(known, "v"))).isEqualTo(hex(known, "out"));
    }

    private byte[] fold(long[] chi, byte[] v) {
        var columns = new Columns(EXTENSION, 1, scope);
        columns.xor(0, v, 0, -1);
        return columns.fold(chi, scope);
    }

    @ParameterizedTest
    @MethodSource("extensions")
    void extendsAndMultiplies(JsonNode known) throws Exception {
        var group = known.required("curve").asText().equals("secp256k1") ? Groups.SECP256K1 : Groups.P256;
        var draw = new KatDraw(known.required("stream").asText());
        var base = TestPairs.Correlation.draw(draw, scope);
        assertThat(base.alice().delta()).isEqualTo(hex(known, "delta"));
        var sid = hex(known, "sid_x");
        var psid = hex(known, "psid");

        var t = new byte[EXTENSION.columnBytes()];
        ColumnHashes.column(new KeyedExpander(new byte[32]), sid, 0, 0, base.bob().zero(), t);
        assertThat(t).isEqualTo(hex(known, "t_0_0"));
        var message = new byte[OtReceiver.MESSAGE_BYTES + 3];
        var bob = OtReceiver.extend(base.bob(), sid, draw, message, 3, scope);
        message = Arrays.copyOfRange(message, 3, message.length);
        assertThat(bob.choices()).isEqualTo(hex(known, "w"));
        assertThat(Arrays.copyOf(message, t.length)).isEqualTo(hex(known, "u_0"));
        var u = Arrays.copyOf(message, 128 * t.length);
        var du = ColumnHashes.ofColumns(sid, u);
        assertThat(du).isEqualTo(hex(known, "du"));
        var chi = ColumnHashes.chi(EXTENSION, sid, du);
        for (int j = 0; j < EXTENSION.blocks(); j++) {
            var element = hex(known.required("chi").get(j));
            assertThat(chi[2 * j]).isEqualTo(Columns.word(element, 0));
            assertThat(chi[2 * j + 1]).isEqualTo(Columns.word(element, Long.BYTES));
        }
        assertThat(Arrays.copyOfRange(message, u.length, u.length + 16)).isEqualTo(hex(known, "xt"));
        assertThat(Arrays.copyOfRange(message, u.length + 16, message.length)).isEqualTo(hex(known, "th"));
        assertBig(message, known.required("ote_msg"));
        assertBig(bytes(bob.rows()), known.required("bob_rows"));

        var alice = OtSender.open(base.alice(), sid, message, 0, scope);
        assertThat(alice.isConsistent()).isTrue();
        assertBig(bytes(alice.rows()), known.required("alice_rows0"));

        var a0 = draw.scalar(group, scope, Draw.For.VOLE, Draw.name("a_0"));
        var a1 = draw.scalar(group, scope, Draw.For.VOLE, Draw.name("a_1"));
        var ah = draw.scalar(group, scope, Draw.For.VOLE, Draw.name("ah"));
        assertScalar(a0, known.required("a").get(0));
        assertScalar(ah, known.required("ah"));
        var voleMessage = new byte[VoleSender.MESSAGE_BYTES];
        var product = VoleSender.multiply(psid, alice, a0, a1, ah, voleMessage, 0, scope);
        var da = VoleHashes.of(group, psid, Arrays.copyOf(voleMessage, 96 * EXTENSION.ots()));
        assertThat(da.da()).isEqualTo(hex(known, "da"));
        assertThat(da.theta0().encode()).isEqualTo(hex(known.required("theta").get(0)));
        assertThat(da.theta1().encode()).isEqualTo(hex(known.required("theta").get(1)));
        assertThat(Arrays.copyOf(voleMessage, 96)).isEqualTo(hex(known, "vole_msg_first96"));
        assertThat(Arrays.copyOfRange(voleMessage, 73728, 73760)).isEqualTo(hex(known, "eta"));
        assertThat(Arrays.copyOfRange(voleMessage, 73760, 73792)).isEqualTo(hex(known, "muh"));
        assertBig(voleMessage, known.required("vole_msg"));
        var g = da.gadget(EXTENSION.ots(), hex(known, "eta"), hex(known, "muh"), scope);
        assertThat(encoded(group, g, 0)).isEqualTo(hex(known, "g_0"));
        assertThat(encoded(group, g, 767)).isEqualTo(hex(known, "g_767"));
        assertScalar(product.c0(), known.required("c").get(0));
        assertScalar(product.c1(), known.required("c").get(1));

        var received = VoleReceiver.open(group, psid, bob, voleMessage, 0, scope).orElseThrow();
        assertThat(received.isConsistent()).isTrue();
        assertScalar(received.beta(), known.required("beta"));
        assertScalar(received.d0(), known.required("D").get(0));
        assertScalar(received.d1(), known.required("D").get(1));
    }

    @ParameterizedTest
    @MethodSource("extensions")
    void padsAsTheKnownAnswers(JsonNode known) {
        var group = known.required("curve").asText().equals("secp256k1") ? Groups.SECP256K1 : Groups.P256;
        var psid = hex(known, "psid");
        assertThat(Transcript.of("ote/pad-key").add(psid).hash()).isEqualTo(hex(known, "pad_key"));
        var row = hex(known, "alice_row0_0");
        var pads = quorate.algebra.ScalarVector.zeros(group, 3, scope);
        new Pads(psid, scope).expand(0, Columns.word(row, 0), Columns.word(row, 8), pads, 0);
        for (int c = 0; c < 3; c++) {
            assertThat(encoded(group, pads, c)).isEqualTo(hex(known.required("A0_0").get(c)));
        }
    }

    private static byte[] encoded(Group group, quorate.algebra.ScalarVector vector, int i) {
        var encoded = new byte[group.scalarBytes()];
        vector.encode(i, encoded, 0);
        return encoded;
    }

    private static byte[] bytes(long[] words) {
        var bytes = new byte[words.length * Long.BYTES];
        for (int i = 0; i < words.length; i++) {
            Columns.putWord(bytes, i * Long.BYTES, words[i]);
        }
        return bytes;
    }

    private static void assertScalar(SecretScalar actual, JsonNode expected) {
        Scalar shown = actual.publish();
        assertThat(shown.encode()).isEqualTo(hex(expected));
    }

    private static void assertBig(byte[] actual, JsonNode expected) throws Exception {
        assertThat(actual).hasSize(expected.required("len").asInt());
        assertThat(MessageDigest.getInstance("SHA-256").digest(actual)).isEqualTo(hex(expected, "sha256"));
    }
}
