package quorate.table;

import quorate.algebra.Draw;
import quorate.algebra.Secrets;

/** Honest but for its polynomial. */
public record RiggedDraw(Draw honest, Draw polynomial) implements Draw {
    @Override
    public byte[] draw(For purpose, byte[] name, int length) {
        return honest.draw(purpose, name, length);
    }

    @Override
    public Draw knowing(byte[]... publicContext) {
        return this;
    }

    @Override
    public Draw bulk(For purpose, byte[] name, Secrets scope) {
        return polynomial;
    }
}
