package quorate.cli.cluster;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.cli.terminal.CommandFailed;

/** A small TOML file, read strictly. Refusals name file and setting, never a value, which may be a secret. */
final class TomlFile {
    private static final long LARGEST_BYTES = 256 * 1024;
    private static final ObjectMapper TOML = TomlMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;
    private final JsonNode tree;

    private TomlFile(Path file, JsonNode tree) {
        this.file = file;
        this.tree = tree;
    }

    static TomlFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailed(
                    ProblemCode.CONFIGURATION,
                    file + " does not exist",
                    "Name the cluster folder with --cluster DIR or QUORATE_CLUSTER, or make one with"
                            + " 'quorate cluster init DIR --nodes 3 --threshold 2'.");
        }
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw new CommandFailed(ProblemCode.CONFIGURATION, file + " is too large");
            }
            return new TomlFile(file, TOML.readTree(Files.readString(file)));
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new CommandFailed(ProblemCode.CONFIGURATION, file + ", line " + line + ": not TOML");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Table root() {
        return new Table("", tree);
    }

    /** One table of the file. */
    final class Table {
        private final String name;
        private final JsonNode node;

        private Table(String name, JsonNode node) {
            this.name = name;
            this.node = node;
        }

        /** Refuses settings that nobody would read: a misspelt one must not be silently without effect. */
        Table only(String... known) {
            node.fieldNames().forEachRemaining(key -> {
                if (!Set.of(known).contains(key)) {
                    throw wrong("unknown setting " + key);
                }
            });
            return this;
        }

        List<String> keys() {
            var keys = new ArrayList<String>();
            node.fieldNames().forEachRemaining(keys::add);
            return keys;
        }

        Table table(String key) {
            var value = node.path(key);
            if (!value.isObject()) {
                throw wrong(key + " must be a table");
            }
            return new Table(name + "[" + key + "] ", value);
        }

        List<Table> tables(String key) {
            var tables = new ArrayList<Table>();
            for (var table : node.path(key)) {
                tables.add(new Table("[[" + key + "]] " + (tables.size() + 1) + ": ", table));
            }
            return tables;
        }

        int number(String key) {
            var value = node.path(key);
            if (!value.canConvertToInt() || !value.isIntegralNumber()) {
                throw wrong(key + " must be a number");
            }
            return value.intValue();
        }

        String text(String key) {
            return optionalText(key).orElseThrow(() -> wrong(key + " must be a text"));
        }

        Optional<String> optionalText(String key) {
            var value = node.path(key);
            if (!value.isMissingNode() && !value.isTextual()) {
                throw wrong(key + " must be a text");
            }
            return value.isMissingNode() ? Optional.empty() : Optional.of(value.textValue());
        }

        URI uri(String key) {
            try {
                return URI.create(text(key));
            } catch (IllegalArgumentException e) {
                throw wrong(key + " must be an address such as https://127.0.0.1:9101");
            }
        }

        Bytes bytes(String key) {
            try {
                return Bytes.parse(text(key));
            } catch (IllegalArgumentException e) {
                throw wrong(key + " must be lower-case hexadecimal");
            }
        }

        CommandFailed wrong(String what) {
            return new CommandFailed(ProblemCode.CONFIGURATION, file + ": " + name + what);
        }
    }
}
