package quorate.testkit.vectors;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import quorate.algebra.Draw;
import quorate.algebra.Secrets;

/** Hands out the values that a vector states, in their order, and fails when more or others are asked for. */
public final class ListedDraw implements Draw {
    private final Queue<byte[]> values;

    public ListedDraw(List<byte[]> values) {
        this.values = new ArrayDeque<>(values);
    }

    @Override
    public byte[] draw(For purpose, byte[] name, int length) {
        var value = values.poll();
        if (value == null) {
            throw new AssertionError("more is drawn than the vector states");
        }
        if (value.length != length) {
            throw new AssertionError("the vector states " + value.length + " bytes where " + length + " are drawn");
        }
        return value.clone();
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
