package quorate.algebra;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One hash call of protocols.md 0.2: a tag and its parts, framed so that no two part lists collide.
 * {@code Transcript.of("dkg/d1").add(ctx).hash()} is TH("dkg/d1", ctx). Each {@code add} is one part.
 * Not thread-safe; parts are wiped by {@link #erase}.
 *
 * <p>The input of a block is PRE(tag) || ENC(parts) || I2OSP(counter,4), PRE(tag) = SHA256(tag) ||
 * SHA256(tag). PRE is exactly one block of SHA-256, so its state is computed once per tag and copied.
 */
public final class Transcript {
    private static final String VERSION = "tsm/v1/";
    private static final int MAX_TAG_BYTES = 32;
    private static final int COUNT_BYTES = 2;
    private static final int MAX_PARTS = 0xffff;
    private static final int LENGTH_BYTES = 4;
    private static final int COUNTER_BYTES = 4;
    private static final int INITIAL_BYTES = 256;

    /** The digest after PRE(tag), by name. Names are constants of the code, so this stays small. */
    private static final Map<String, Sha256> PREFIXES = new ConcurrentHashMap<>();

    private final Sha256 prefix;
    private byte[] framed = new byte[INITIAL_BYTES];
    private int length = COUNT_BYTES;
    private int parts;
    private boolean erased;

    private Transcript(Sha256 prefix) {
        this.prefix = prefix;
    }

    /** A call under the tag {@code "tsm/v1/" + name}, at most 32 bytes of ASCII. */
    public static Transcript of(String name) {
        return new Transcript(PREFIXES.computeIfAbsent(name, Transcript::prefix));
    }

    private static Sha256 prefix(String name) {
        var tag = VERSION + name;
        if (name.isEmpty() || tag.length() > MAX_TAG_BYTES || !tag.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("not a tag of at most " + MAX_TAG_BYTES + " ASCII characters: " + tag);
        }
        var hash = new Sha256().update(tag.getBytes(StandardCharsets.US_ASCII)).digest();
        return new Sha256().update(hash).update(hash);
    }

    /** One part: the concatenation of {@code pieces}. */
    public Transcript add(byte[]... pieces) {
        int total = 0;
        for (var piece : pieces) {
            total = Math.addExact(total, piece.length);
        }
        int at = part(total);
        for (var piece : pieces) {
            System.arraycopy(piece, 0, framed, at, piece.length);
            at += piece.length;
        }
        return this;
    }

    /** One part: I2OSP(value, 1). */
    public Transcript addU8(int value) {
        return addNumber(value, 1);
    }

    /** One part: I2OSP(value, 2). */
    public Transcript addU16(int value) {
        return addNumber(value, 2);
    }

    /** One part: I2OSP(value, 4). */
    public Transcript addU32(long value) {
        return addNumber(value, 4);
    }

    /** One part: I2OSP(value, 8), unsigned. */
    public Transcript addU64(long value) {
        return addNumber(value, 8);
    }

    /** One part: ser(point). */
    public Transcript add(Point point) {
        return add(point.encode());
    }

    /** TH: 32 bytes. */
    public byte[] hash() {
        return block(0);
    }

    /** XOF: {@code length} bytes. */
    public byte[] expand(int length) {
        var out = new byte[length];
        for (int at = 0, counter = 0; at < length; at += Sha256.BYTES, counter++) {
            var block = block(counter);
            System.arraycopy(block, 0, out, at, Math.min(Sha256.BYTES, length - at));
            Arrays.fill(block, (byte) 0);
        }
        return out;
    }

    /** H2S. */
    public Scalar toScalar(Group group) {
        return group.reduce(expand(group.wideBytes()));
    }

    /** Wipes the buffered parts: for calls whose input was secret. Nothing can be added or hashed afterwards. */
    public void erase() {
        Arrays.fill(framed, (byte) 0);
        erased = true;
    }

    private Transcript addNumber(long value, int bytes) {
        if (bytes < Long.BYTES && value >>> (Byte.SIZE * bytes) != 0) {
            throw new IllegalArgumentException(value + " does not fit in " + bytes + " bytes");
        }
        put(part(bytes), value, bytes);
        return this;
    }

    /** Frames one more part of {@code bytes} bytes and returns where it goes. */
    private int part(int bytes) {
        requireUsable();
        if (parts == MAX_PARTS) {
            throw new IllegalArgumentException("more than " + MAX_PARTS + " parts");
        }
        int end = Math.addExact(length, Math.addExact(bytes, LENGTH_BYTES));
        if (Math.addExact(end, COUNTER_BYTES) > framed.length) {
            var larger = Arrays.copyOf(framed, Math.max(end + COUNTER_BYTES, 2 * framed.length));
            Arrays.fill(framed, (byte) 0);
            framed = larger;
        }
        put(length, bytes, LENGTH_BYTES);
        int at = length + LENGTH_BYTES;
        length = end;
        parts++;
        return at;
    }

    private byte[] block(int counter) {
        requireUsable();
        put(0, parts, COUNT_BYTES);
        put(length, counter, COUNTER_BYTES);
        return prefix.copy().update(framed, 0, length + COUNTER_BYTES).digest();
    }

    private void put(int at, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            framed[at + i] = (byte) (value >>> (Byte.SIZE * (bytes - 1 - i)));
        }
    }

    private void requireUsable() {
        if (erased) {
            throw new IllegalStateException("this transcript was erased");
        }
    }

    /** Says how much was added, never what: parts may be secret. */
    @Override
    public String toString() {
        return "Transcript[" + parts + " parts]";
    }
}
