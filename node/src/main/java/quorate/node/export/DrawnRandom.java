package quorate.node.export;

import java.security.SecureRandom;
import java.util.Arrays;
import quorate.algebra.Draw;

/**
 * A generator whose bytes are drawn as protocols.md 0.6 asks for wrapped keys and OAEP seeds, for a cipher that takes its
 * randomness from a {@link SecureRandom}: hedged, each value under the next number.
 */
public final class DrawnRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient Draw draw;
    private transient int drawn;

    /** @param draw knows the header of what is wrapped */
    public DrawnRandom(Draw draw) {
        super(null, null);
        this.draw = draw;
    }

    @Override
    public synchronized void nextBytes(byte[] bytes) {
        var value = draw.draw(Draw.For.WRAP, Draw.name("wrap", ++drawn), bytes.length);
        System.arraycopy(value, 0, bytes, 0, bytes.length);
        Arrays.fill(value, (byte) 0);
    }

    @Override
    public String toString() {
        return "DrawnRandom[" + drawn + " values]";
    }
}
