package quorate.algebra;

/**
 * One hash call of protocols.md 0.2: a tag and its parts, framed so that no two part lists collide.
 * {@code Transcript.of("dkg/d1").add(ctx).hash()} is TH("dkg/d1", ctx). Each {@code add} is one part.
 * Not thread-safe; parts are wiped by {@link #erase}.
 */
public final class Transcript {
    private Transcript() {}

    /** A call under the tag {@code "tsm/v1/" + name}, at most 32 bytes of ASCII. */
    public static Transcript of(String name) {
        throw new UnsupportedOperationException();
    }

    /** One part: the concatenation of {@code pieces}. */
    public Transcript add(byte[]... pieces) {
        throw new UnsupportedOperationException();
    }

    /** One part: I2OSP(value, 1). */
    public Transcript addU8(int value) {
        throw new UnsupportedOperationException();
    }

    /** One part: I2OSP(value, 2). */
    public Transcript addU16(int value) {
        throw new UnsupportedOperationException();
    }

    /** One part: I2OSP(value, 8), unsigned. */
    public Transcript addU64(long value) {
        throw new UnsupportedOperationException();
    }

    /** One part: ser(point). */
    public Transcript add(Point point) {
        throw new UnsupportedOperationException();
    }

    /** TH: 32 bytes. */
    public byte[] hash() {
        throw new UnsupportedOperationException();
    }

    /** XOF: {@code length} bytes. */
    public byte[] expand(int length) {
        throw new UnsupportedOperationException();
    }

    /** H2S. */
    public Scalar toScalar(Group group) {
        throw new UnsupportedOperationException();
    }

    /** Wipes the buffered parts: for calls whose input was secret. */
    public void erase() {
        throw new UnsupportedOperationException();
    }
}
