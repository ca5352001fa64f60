package quorate.testkit.vectors;

import java.nio.charset.StandardCharsets;
import quorate.algebra.Draw;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;

/**
 * A stream of {@code project-kat.json}: value number c = 1, 2, ... of length L is XOF("kat/rng", label,
 * I2OSP(c,4); L), whatever it is drawn for. With a label of its own per test and party it also serves
 * as a seeded source of test values. Repeatable by anybody: never for a key that protects something.
 */
public final class KatDraw implements Draw {
    private final byte[] label;
    private int drawn;

    public KatDraw(String label) {
        this.label = label.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public byte[] draw(For purpose, byte[] name, int length) {
        drawn++;
        return Transcript.of("kat/rng").add(label).addU32(drawn).expand(length);
    }

    /** This stream itself: a vector's order knows no context. */
    @Override
    public Draw knowing(byte[]... publicContext) {
        return this;
    }

    /** This stream itself: a vector lists bulk values one by one. */
    @Override
    public Draw bulk(For purpose, byte[] name, Secrets scope) {
        return this;
    }
}
