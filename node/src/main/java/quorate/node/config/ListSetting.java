package quorate.node.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import quorate.node.identity.OwnerOnly;

/**
 * A list in a node.toml to which an operator adds with a command, which is the only way into it. The node reads it when it
 * starts; nothing else of the file changes.
 *
 * @param table without brackets
 */
record ListSetting(String table, String key) {
    private String header() {
        return "[" + table + "]";
    }

    /**
     * Adds an entry, unless it is there.
     *
     * @param entry as it is written
     * @param isThere what the settings must say afterwards
     * @throws ConfigException if the list is written in a way that is not understood here
     */
    void add(Path configuration, String entry, Predicate<NodeConfig> isThere) throws ConfigException {
        try {
            if (isThere.test(NodeConfig.load(configuration))) {
                return;
            }
            var text = with(Files.readString(configuration), entry);
            if (!says(configuration, text, isThere)) {
                throw new ConfigException(configuration + ": " + header() + " is not written as one line " + key
                        + " = [...]; add " + entry + " to it");
            }
            replace(configuration, text);
        } catch (IOException e) {
            throw ConfigException.of(e);
        }
    }

    /** A second list of this name, which the pattern did not find, makes the file one that nobody can read. */
    private static boolean says(Path configuration, String text, Predicate<NodeConfig> isThere) {
        try {
            return isThere.test(NodeConfig.parse(configuration, text));
        } catch (ConfigException e) {
            return false;
        }
    }

    private String with(String text, String entry) {
        var list = Pattern.compile("(\\s*" + Pattern.quote(key) + "\\s*=\\s*\\[)([^\\]#]*)(\\]\\s*(?:#.*)?)");
        var lines = new ArrayList<>(text.lines().toList());
        int header = lines.stream().map(String::strip).toList().indexOf(header());
        if (header < 0) {
            lines.addAll(List.of("", header(), key + " = [" + entry + "]"));
            return String.join("\n", lines) + "\n";
        }
        for (int i = header + 1; i < lines.size() && !lines.get(i).strip().startsWith("["); i++) {
            var found = list.matcher(lines.get(i));
            if (found.matches()) {
                var others = found.group(2).strip();
                lines.set(i, found.group(1) + others + (others.isEmpty() ? "" : ", ") + entry + found.group(3));
                return String.join("\n", lines) + "\n";
            }
        }
        lines.add(header + 1, key + " = [" + entry + "]");
        return String.join("\n", lines) + "\n";
    }

    private static void replace(Path file, String text) throws IOException {
        var temporary = file.toAbsolutePath().resolveSibling("." + file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        OwnerOnly.createFile(temporary, text.getBytes(StandardCharsets.UTF_8));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        OwnerOnly.syncFolderOf(file);
    }
}
