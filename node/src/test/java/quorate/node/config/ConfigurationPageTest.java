package quorate.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/configuration.md lists exactly the keys that the parser knows, and the defaults that it takes. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9-]+)` \\| (.*?) \\| .*");
    private static final Pattern KNOWN = Pattern.compile("known here: (.*)$");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void makeACluster() throws ConfigException {
        var cluster = ClusterFiles.initialise(folder.resolve("c"), 2, 2, 9100, new SecureRandom());
        file = cluster.nodes().getFirst().config();
    }

    @ParameterizedTest
    @CsvSource({"Top level", "[api]", "[mpc]", "[master-key]", "[[caller]]", "[share-backup]", "[export]", "[recovery]", "[limits]"})
    void listsEveryKeyOfATable(String table) throws Exception {
        var listed = new TreeSet<>(rows(table).keySet());

        assertThat(listed).containsExactlyElementsOf(known(table));
    }

    @Test
    void saysTheDefaultsOfTheLimits() throws Exception {
        var lines = new StringBuilder("\n[limits]\n");
        rows("[limits]").forEach((key, otherwise) ->
                lines.append(key).append(" = ").append(otherwise.replace("`", "")).append('\n'));
        Files.writeString(file, lines, StandardOpenOption.APPEND);

        assertThat(NodeConfig.load(file).limits()).isEqualTo(Limits.DEFAULT);
    }

    /** By key, the default as it is written. */
    private static Map<String, String> rows(String table) throws Exception {
        var rows = new LinkedHashMap<String, String>();
        boolean here = false;
        for (var line : Files.readAllLines(PAGE)) {
            if (line.startsWith("## ")) {
                here = line.equals("## " + table);
            }
            var row = ROW.matcher(line);
            if (here && row.matches()) {
                rows.put(row.group(1), row.group(2));
            }
        }
        return rows;
    }

    /** The parser says itself what it knows, to whoever writes a key that it does not. */
    private List<String> known(String table) throws Exception {
        var lines = Files.readAllLines(file);
        int at = table.equals("Top level") ? -1 : lines.indexOf(table);
        if (at < 0 && !table.equals("Top level")) {
            lines.add(table);
            at = lines.size() - 1;
        }
        lines.add(at + 1, "no-such-key = 1");
        Files.write(file, lines);
        try {
            NodeConfig.load(file);
        } catch (ConfigException e) {
            var known = KNOWN.matcher(String.valueOf(e.getMessage()));
            assertThat(known.find()).as(e.getMessage()).isTrue();
            return List.of(known.group(1).split(", "));
        }
        throw new AssertionError("an unknown key was accepted");
    }
}
