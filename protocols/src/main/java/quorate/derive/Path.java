package quorate.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;

/**
 * The way from a key to one of its descendants: indices of soft steps, from the key downwards (protocols.md 0.3
 * and 3.8). Written {@code m/0/5}; the key itself is {@code m}.
 *
 * @param indices at most {@link #MAX_DEPTH}, none negative
 */
public record Path(List<Integer> indices) {
    /** Of protocols.md 0.1. */
    public static final int MAX_DEPTH = 16;

    /** The key itself. */
    public static final Path ROOT = new Path(List.of());

    private static final String NAME_OF_ROOT = "m";
    private static final int INDEX_BYTES = 4;

    /** Canonical decimal of at most 10 digits, which a long holds. */
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,9}");

    private static final Pattern HARDENED = Pattern.compile("[0-9]+['hH\u2019]");

    public Path {
        indices = List.copyOf(indices);
        if (indices.size() > MAX_DEPTH) {
            throw new IllegalArgumentException(tooDeep(indices.size()));
        }
        for (int index : indices) {
            if (index < 0) {
                throw new IllegalArgumentException(hardened(String.valueOf(index & 0xffffffffL)));
            }
        }
    }

    public static Path of(Integer... indices) {
        return new Path(List.of(indices));
    }

    /**
     * Reads {@code m/0/5}.
     *
     * @throws IllegalArgumentException if {@code text} is not a path, too deep, or has a hardened step
     */
    public static Path parse(String text) {
        var steps = text.split("/", -1);
        if (!steps[0].equals(NAME_OF_ROOT)) {
            throw new IllegalArgumentException("a path starts with \"m\", as in \"m/0/5\"");
        }
        int depth = steps.length - 1;
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException(tooDeep(depth));
        }
        var indices = new ArrayList<Integer>();
        for (int i = 1; i <= depth; i++) {
            indices.add(index(steps[i], i));
        }
        return new Path(indices);
    }

    private static int index(String step, int position) {
        if (HARDENED.matcher(step).matches()) {
            throw new IllegalArgumentException(hardened(step));
        }
        if (!INDEX.matcher(step).matches()) {
            throw new IllegalArgumentException(
                    "step " + position + " of the path is not a number from 0 to 2147483647");
        }
        long index = Long.parseLong(step);
        if (index > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(hardened(step));
        }
        return (int) index;
    }

    private static String hardened(String step) {
        return "step " + step
                + " is hardened (marked so, or 2147483648 and above): that needs the secret key, which nobody has";
    }

    private static String tooDeep(int depth) {
        return "a path has at most " + MAX_DEPTH + " steps, not " + depth;
    }

    /** Reads what {@link #encode} writes, and nothing else. */
    public static Path decode(byte[] encoded) throws DecodingException {
        if (encoded.length == 0) {
            throw new DecodingException("a path is at least its depth");
        }
        int depth = encoded[0] & 0xff;
        if (depth > MAX_DEPTH) {
            throw new DecodingException(tooDeep(depth));
        }
        if (encoded.length != 1 + depth * INDEX_BYTES) {
            throw new DecodingException("a path of depth " + depth + " has not " + encoded.length + " bytes");
        }
        var indices = new ArrayList<Integer>();
        for (int at = 1; at < encoded.length; at += INDEX_BYTES) {
            long index = Encoding.os2ip(encoded, at, INDEX_BYTES);
            if (index > Integer.MAX_VALUE) {
                throw new DecodingException(hardened(String.valueOf(index)));
            }
            indices.add((int) index);
        }
        return new Path(indices);
    }

    /** I2OSP(depth,1) || for each step I2OSP(index,4); the root is the single byte 00. */
    public byte[] encode() {
        var pieces = new ArrayList<byte[]>();
        pieces.add(Encoding.i2osp(depth(), 1));
        indices.forEach(index -> pieces.add(Encoding.i2osp(index, INDEX_BYTES)));
        return Encoding.concat(pieces.toArray(byte[][]::new));
    }

    /** How many steps there are: what a key's minimum path length is compared with. */
    public int depth() {
        return indices.size();
    }

    /** The first {@code depth} steps. */
    public Path prefix(int depth) {
        return new Path(indices.subList(0, depth));
    }

    /**
     * One step further.
     *
     * @throws IllegalArgumentException if that is too deep, or hardened
     */
    public Path child(int index) {
        var longer = new ArrayList<>(indices);
        longer.add(index);
        return new Path(longer);
    }

    @Override
    public String toString() {
        var text = new StringJoiner("/");
        text.add(NAME_OF_ROOT);
        indices.forEach(index -> text.add(String.valueOf(index)));
        return text.toString();
    }
}
