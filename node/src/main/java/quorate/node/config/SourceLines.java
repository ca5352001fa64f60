package quorate.node.config;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Where a setting stands in the text of a TOML file: the parser gives positions for syntax errors only.
 * Knows {@code [table]}, {@code [[table]]} and {@code key = value}; for other spellings there is no line.
 */
final class SourceLines {
    private static final Pattern HEADER = Pattern.compile("\\s*\\[\\[?\\s*([A-Za-z0-9_-]+)\\s*]]?\\s*(?:#.*)?");
    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*[\"']?([A-Za-z0-9_-]+)[\"']?\\s*=.*");

    private final List<String> lines;

    SourceLines(String text) {
        this.lines = text.lines().toList();
    }

    /** The line, from 1, of a key in the {@code occurrence}-th table of that name; "" is the top of the file. */
    OptionalInt find(String table, int occurrence, String key) {
        var current = "";
        int seen = 1;
        for (int i = 0; i < lines.size(); i++) {
            var header = HEADER.matcher(lines.get(i));
            if (header.matches()) {
                current = header.group(1);
                seen = current.equals(table) ? seen + 1 : seen;
                if (table.isEmpty() && current.equals(key)) {
                    return OptionalInt.of(i + 1);
                }
                continue;
            }
            var assignment = ASSIGNMENT.matcher(lines.get(i));
            boolean here = current.equals(table) && (table.isEmpty() || seen == occurrence + 1);
            if (here && assignment.matches() && assignment.group(1).equals(key)) {
                return OptionalInt.of(i + 1);
            }
        }
        return OptionalInt.empty();
    }
}
