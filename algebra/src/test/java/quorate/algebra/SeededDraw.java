package quorate.algebra;

import java.util.Random;

/** Repeatable values for property tests; a failing test names the seed. */
record SeededDraw(Random random) implements Draw {
    SeededDraw(long seed) {
        this(new Random(seed));
    }

    @Override
    public byte[] draw(For purpose, byte[] name, int length) {
        var value = new byte[length];
        random.nextBytes(value);
        return value;
    }

    @Override
    public Draw knowing(byte[]... publicContext) {
        return this;
    }

    @Override
    public Draw bulk(For purpose, byte[] name, Secrets scope) {
        return this;
    }
}
