package quorate.recovery.key;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The way from a recovered key to one of its descendants, {@code m/44'/0/5}. Unlike a threshold key, a whole one has
 * hardened
 * children too.
 *
 * @param indices as in BIP-32: hardened ones have the top bit set
 */
public record ChildPath(List<Integer> indices) {
    public static final ChildPath ROOT = new ChildPath(List.of());
    static final int HARDENED = 1 << 31;
    private static final int MAX_DEPTH = 16;
    private static final Pattern STEP = Pattern.compile("(0|[1-9][0-9]{0,9})(['hH]?)");

    public ChildPath {
        indices = List.copyOf(indices);
        if (indices.size() > MAX_DEPTH) {
            throw new IllegalArgumentException("a path has at most " + MAX_DEPTH + " steps, not " + indices.size());
        }
    }

    /**
     * Reads {@code m/44'/0/5}.
     *
     * @throws IllegalArgumentException if {@code text} is not a path
     */
    public static ChildPath parse(String text) {
        var steps = text.split("/", -1);
        if (!steps[0].equals("m")) {
            throw new IllegalArgumentException("a path starts with \"m\", as in \"m/0/5\"");
        }
        var indices = new ArrayList<Integer>();
        for (int i = 1; i < steps.length; i++) {
            var step = STEP.matcher(steps[i]);
            if (!step.matches() || Long.parseLong(step.group(1)) > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "step " + i + " of the path is not a number from 0 to 2147483647, or that and an apostrophe");
            }
            indices.add((int) Long.parseLong(step.group(1)) | (step.group(2).isEmpty() ? 0 : HARDENED));
        }
        return new ChildPath(indices);
    }

    static boolean isHardened(int index) {
        return index < 0;
    }

    @Override
    public String toString() {
        var text = new StringBuilder("m");
        indices.forEach(index ->
                text.append('/').append(index & Integer.MAX_VALUE).append(isHardened(index) ? "'" : ""));
        return text.toString();
    }
}
