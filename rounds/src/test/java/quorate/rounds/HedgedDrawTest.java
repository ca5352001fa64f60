package quorate.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static quorate.rounds.Example.ascii;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import quorate.algebra.Draw;
import quorate.algebra.Secrets;

/** The known answers of protocols.md 0.6, and scenario 17 of Appendix B: a generator that repeats itself. */
class HedgedDrawTest {
    private static final byte[] NAME = Draw.name("value");

    private final Secrets secrets = new Secrets();

    /** The generator of a cloned machine: always the same bytes. */
    private static final class Constant extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] output;

        Constant(byte[] output) {
            this.output = output.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            assertThat(bytes).hasSize(64);
            System.arraycopy(output, 0, bytes, 0, bytes.length);
        }
    }

    private Draw draw(Entry me, String secret) {
        return new HedgedDraw(new Constant(new byte[64]), ascii(secret), me, secrets);
    }

    @Test
    void drawsTheKnownAnswers() {
        var cases = KnownAnswers.field("hedge");
        assertThat(cases.size()).isEqualTo(2);
        for (var known : cases) {
            var me = new Entry(
                    0, 2, new byte[32], KnownAnswers.hex(known, "inc"), KnownAnswers.hex(known, "dbi"), new byte[32]);
            var random = new Constant(KnownAnswers.hex(known, "fresh"));
            var draw = new HedgedDraw(random, KnownAnswers.hex(known, "secret"), me, secrets);
            var purpose = Draw.For.valueOf(known.required("purpose").asText().toUpperCase(Locale.ROOT));
            assertThat(KnownAnswers.hex(known, "public")).isEqualTo(HexFormat.of().parseHex("000100000003637478"));
            assertThat(draw.knowing(ascii("ctx"))
                            .draw(purpose, KnownAnswers.hex(known, "name"), known.required("L").asInt()))
                    .isEqualTo(KnownAnswers.hex(known, "out"));
        }
    }

    @Test
    void aRepeatedGeneratorDoesNotRepeatValues() {
        var me = Example.entry(1);
        var restarted = new Entry(0, 1, me.id(), new byte[32], me.database(), me.statementKey());
        var restored = new Entry(0, 1, me.id(), me.incarnation(), new byte[32], me.statementKey());
        var base = draw(me, "secret").knowing(ascii("ctx"));
        var values = new TreeMap<byte[], String>(Arrays::compareUnsigned);
        values.put(base.draw(Draw.For.FROST, NAME, 32), "base");
        values.put(base.draw(Draw.For.POK, NAME, 32), "other purpose");
        values.put(base.draw(Draw.For.FROST, Draw.name("value", 1), 32), "other name");
        values.put(draw(me, "secret").knowing(ascii("other ctx")).draw(Draw.For.FROST, NAME, 32), "other ctx");
        values.put(base.knowing(ascii("D1")).draw(Draw.For.FROST, NAME, 32), "more context");
        values.put(draw(me, "secret").knowing(ascii("ct"), ascii("x")).draw(Draw.For.FROST, NAME, 32), "other split");
        values.put(draw(restarted, "secret").knowing(ascii("ctx")).draw(Draw.For.FROST, NAME, 32), "other inc");
        values.put(draw(restored, "secret").knowing(ascii("ctx")).draw(Draw.For.FROST, NAME, 32), "other dbi");
        values.put(draw(me, "another").knowing(ascii("ctx")).draw(Draw.For.FROST, NAME, 32), "other secret");
        values.put(base.bulk(Draw.For.FROST, NAME, secrets).draw(Draw.For.FROST, NAME, 32), "bulk");
        assertThat(values).hasSize(10);
        assertThat(base.draw(Draw.For.FROST, NAME, 32)).as("and nothing else is in it").isEqualTo(
                draw(me, "secret").knowing(ascii("ctx")).draw(Draw.For.FROST, NAME, 32));
    }

    @Test
    void contextIsTheSameInOneStepOrTwo() {
        var me = Example.entry(1);
        assertThat(draw(me, "secret").knowing(ascii("ctx"), ascii("D1")).draw(Draw.For.POK, NAME, 80))
                .isEqualTo(draw(me, "secret").knowing(ascii("ctx")).knowing(ascii("D1")).draw(Draw.For.POK, NAME, 80));
    }

    @Test
    void freshBytesMatterToo() {
        var me = Example.entry(1);
        var other = new HedgedDraw(new Constant(fresh()), ascii("secret"), me, secrets);
        assertThat(other.draw(Draw.For.POK, NAME, 32)).isNotEqualTo(draw(me, "secret").draw(Draw.For.POK, NAME, 32));
    }

    private static byte[] fresh() {
        var fresh = new byte[64];
        fresh[63] = 1;
        return fresh;
    }

    @Test
    void bulkValuesComeFromOneSeed() {
        var draw = draw(Example.entry(1), "secret");
        var bulk = draw.bulk(Draw.For.DKG, NAME, secrets);
        var again = draw.bulk(Draw.For.DKG, NAME, secrets);
        var first = bulk.draw(Draw.For.DKG, Draw.name("a", 0), 48);
        assertThat(first).isEqualTo(again.draw(Draw.For.DKG, Draw.name("a", 0), 48));
        assertThat(first).isNotEqualTo(bulk.draw(Draw.For.DKG, Draw.name("a", 1), 48));
        assertThatIllegalArgumentException().isThrownBy(() -> bulk.draw(Draw.For.POK, NAME, 32));
        assertThatIllegalStateException().isThrownBy(() -> bulk.knowing(ascii("too late")));
        assertThatIllegalStateException().isThrownBy(() -> bulk.bulk(Draw.For.DKG, NAME, secrets));
    }

    @Test
    void keepsItsSecretInTheScopeAndOutOfSight() {
        var draw = draw(Example.entry(1), "secret");
        var before = draw.draw(Draw.For.POK, NAME, 32);
        assertThat(draw.toString()).isEqualTo("HedgedDraw[0 parts of context]");
        secrets.close();
        assertThat(draw.draw(Draw.For.POK, NAME, 32)).as("the secret is wiped").isNotEqualTo(before);
    }
}
