package quorate.cli.key;

import java.util.Locale;
import quorate.api.Bytes;

/** Bytes as options take them: hexadecimal of either case. */
final class HexOption {
    private HexOption() {}

    /** @throws IllegalArgumentException naming the option, if that is not hexadecimal */
    static Bytes parse(String option, String text) {
        try {
            return Bytes.parse(text.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
        }
    }
}
