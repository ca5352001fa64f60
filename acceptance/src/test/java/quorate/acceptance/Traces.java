package quorate.acceptance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Secrets in every form in which they may have got into a file, and the search for them. */
final class Traces {
    /** Of any form: what is shorter could be there by chance. */
    private static final int SHORTEST = Long.BYTES;

    /** So many bits that few are set, although there are millions of forms; a bit for most starts alone. */
    private static final int FILTER_BITS = 26;

    private static final long GOLDEN_RATIO = 0x9e37_79b9_7f4a_7c15L;

    private final Map<Long, List<byte[]>> forms = new HashMap<>();

    /** For every start of a form one bit is set: nearly all places of a file need no look at the forms. */
    private final long[] filter = new long[1 << (FILTER_BITS - 6)];
    private int secrets;

    int secrets() {
        return secrets;
    }

    /** A number as it is encoded, and backwards; in binary and in hexadecimal. A piece of it is enough. */
    void addEncoded(byte[] number) {
        secrets++;
        var backwards = number.clone();
        for (int i = 0; i < number.length; i++) {
            backwards[i] = number[number.length - 1 - i];
        }
        for (var whole : List.of(number, backwards)) {
            for (int at = 0; at < whole.length; at += 2 * SHORTEST) {
                var half = Arrays.copyOfRange(whole, at, at + 2 * SHORTEST);
                add(half);
                add(HexFormat.of().formatHex(half).getBytes(US_ASCII));
                add(HexFormat.of().withUpperCase().formatHex(half).getBytes(US_ASCII));
            }
        }
    }

    /** The words in which a number is computed with, as memory holds them: each alone is enough. */
    void addLimbs(long[] limbs) {
        for (long limb : limbs) {
            for (var order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
                add(ByteBuffer.allocate(Long.BYTES).order(order).putLong(limb).array());
            }
        }
    }

    private void add(byte[] form) {
        long start = start(form, 0);
        forms.computeIfAbsent(start, ignored -> new ArrayList<>(1)).add(form);
        int bit = bit(start);
        filter[bit >>> 6] |= 1L << bit;
    }

    private boolean mayStart(long window) {
        int bit = bit(window);
        return (filter[bit >>> 6] & (1L << bit)) != 0;
    }

    private static int bit(long start) {
        return (int) ((start * GOLDEN_RATIO) >>> (Long.SIZE - FILTER_BITS));
    }

    private static long start(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes, at, Long.BYTES).getLong();
    }

    /** The files in this folder, at any depth, that contain one of them; a file that ends meanwhile contains none. */
    List<Path> in(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(this::isIn).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isIn(Path file) {
        try {
            var content = Files.readAllBytes(file);
            long window = 0;
            for (int end = 0; end < content.length; end++) {
                window = window << Byte.SIZE | Byte.toUnsignedLong(content[end]);
                int at = end - SHORTEST + 1;
                if (at >= 0 && mayStart(window) && isAt(content, at, forms.getOrDefault(window, List.of()))) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isAt(byte[] content, int at, List<byte[]> candidates) {
        return candidates.stream().anyMatch(form -> at + form.length <= content.length
                && Arrays.equals(content, at, at + form.length, form, 0, form.length));
    }
}
