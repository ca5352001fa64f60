package quorate.node.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import quorate.node.identity.Bytes32;

/**
 * One table of a TOML file (or JSON object), read strictly: a key that is missing or malformed is refused
 * when it is asked for, and a key that nobody asked for when the reading ends.
 */
final class Settings {
    private static final int LARGEST_FILE = 256 * 1024;
    private static final ObjectMapper TOML = TomlMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    /** A week: whoever wants more mistook the unit, and far more would not fit into nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    private final String source;
    private final SourceLines lines;
    private final String table;
    private final int occurrence;
    private final JsonNode node;
    private final TreeSet<String> asked = new TreeSet<>();
    private final List<Settings> tables = new ArrayList<>();

    private Settings(String source, SourceLines lines, String table, int occurrence, JsonNode node) {
        this.source = source;
        this.lines = lines;
        this.table = table;
        this.occurrence = occurrence;
        this.node = node;
    }

    /** Turns settings into what they mean. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Settings settings) throws ConfigException;
    }

    static <T> T read(Path file, Reader<T> reader) throws ConfigException {
        try {
            if (!Files.isRegularFile(file)) {
                throw new ConfigException(file + ": there is no such file");
            }
            if (Files.size(file) > LARGEST_FILE) {
                throw new ConfigException(file + ": longer than " + LARGEST_FILE + " bytes");
            }
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file)));
            return parse(file.toString(), text.toString(), reader);
        } catch (CharacterCodingException e) {
            throw new ConfigException(file + ": not UTF-8", e);
        } catch (IOException e) {
            throw ConfigException.of(e);
        }
    }

    /** The whole text: TOML, or JSON if it starts with a brace. */
    static <T> T parse(String source, String text, Reader<T> reader) throws ConfigException {
        if (text.length() > LARGEST_FILE) {
            throw new ConfigException(source + ": longer than " + LARGEST_FILE + " bytes");
        }
        JsonNode node;
        try {
            node = (text.stripLeading().startsWith("{") ? JSON : TOML).readTree(text);
        } catch (JsonProcessingException e) {
            // The original message: the full one quotes the source.
            var line = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
            throw new ConfigException(source + line + ": " + e.getOriginalMessage(), e);
        }
        var settings = new Settings(source, new SourceLines(text), "", 1, node);
        var result = reader.read(settings);
        settings.refuseUnknown();
        return result;
    }

    private void refuseUnknown() throws ConfigException {
        for (var field : node.properties()) {
            if (!asked.contains(field.getKey())) {
                throw wrong(field.getKey(), "unknown key; known here: " + String.join(", ", asked));
            }
        }
        for (var inner : tables) {
            inner.refuseUnknown();
        }
    }

    String text(String key) throws ConfigException {
        var value = required(key);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw wrong(key, "must be text in quotes");
        }
        return value.textValue();
    }

    Optional<String> optionalText(String key) throws ConfigException {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    List<String> texts(String key) throws ConfigException {
        var values = required(key);
        var result = new ArrayList<String>();
        for (var value : values) {
            if (!value.isTextual()) {
                throw wrong(key, "must be a list of texts");
            }
            result.add(value.textValue());
        }
        if (!values.isArray() || result.isEmpty()) {
            throw wrong(key, "must be a list of texts, not empty");
        }
        return result;
    }

    /** The same, and an empty list is a list. */
    List<String> textsOrNone(String key) throws ConfigException {
        var values = required(key);
        return values.isArray() && values.isEmpty() ? List.of() : texts(key);
    }

    int number(String key, int least, int most) throws ConfigException {
        var value = required(key);
        boolean isInt = value.isIntegralNumber() && value.canConvertToInt();
        if (!isInt || value.intValue() < least || value.intValue() > most) {
            throw wrong(key, "must be a whole number from " + least + " to " + most);
        }
        return value.intValue();
    }

    int number(String key, int least, int most, int otherwise) throws ConfigException {
        return has(key) ? number(key, least, most) : otherwise;
    }

    Duration duration(String key, Duration otherwise) throws ConfigException {
        if (!has(key)) {
            return otherwise;
        }
        var match = DURATION.matcher(text(key));
        if (!match.matches() || Long.parseLong(match.group(1)) == 0) {
            throw wrong(key, "must be a duration like \"30s\" (ms, s, m, h), above zero");
        }
        long amount = Long.parseLong(match.group(1));
        var duration =
                switch (match.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    default -> Duration.ofHours(amount);
                };
        if (duration.compareTo(LONGEST) > 0) {
            throw wrong(key, "must be at most " + LONGEST.toHours() + "h");
        }
        return duration;
    }

    Bytes32 bytes32(String key) throws ConfigException {
        return parsed(key, Bytes32::new);
    }

    Address address(String key) throws ConfigException {
        return parsed(key, Address::parse);
    }

    /** A text that {@code parser} understands; its complaint becomes ours. The value is not shown. */
    <T> T parsed(String key, Function<String, T> parser) throws ConfigException {
        var text = text(key);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw wrong(key, e);
        }
    }

    Settings table(String key) throws ConfigException {
        var value = required(key);
        if (!value.isObject()) {
            throw wrong(key, "must be a table [" + key + "]");
        }
        return inner(key, 1, value);
    }

    Optional<Settings> optionalTable(String key) throws ConfigException {
        return has(key) ? Optional.of(table(key)) : Optional.empty();
    }

    /** All tables {@code [[key]]}; none if there are none. */
    List<Settings> tables(String key) throws ConfigException {
        var result = new ArrayList<Settings>();
        if (!has(key)) {
            return result;
        }
        var values = required(key);
        for (var value : values) {
            if (!values.isArray() || !value.isObject()) {
                throw wrong(key, "must be tables [[" + key + "]]");
            }
            result.add(inner(key, result.size() + 1, value));
        }
        return result;
    }

    private Settings inner(String key, int number, JsonNode value) {
        var settings = new Settings(source, lines, key, number, value);
        tables.add(settings);
        return settings;
    }

    boolean has(String key) {
        asked.add(key);
        return node.has(key);
    }

    private JsonNode required(String key) throws ConfigException {
        if (!has(key)) {
            throw wrong(key, "missing");
        }
        return node.get(key);
    }

    /** file:line: [table] key: problem. */
    ConfigException wrong(String key, String problem) {
        return new ConfigException(place(key) + ": " + problem);
    }

    ConfigException wrong(String key, IllegalArgumentException cause) {
        return new ConfigException(place(key) + ": " + cause.getMessage(), cause);
    }

    private String place(String key) {
        var line = lines.find(table, occurrence, key);
        return source
                + (line.isPresent() ? ":" + line.getAsInt() : "")
                + ": "
                + (table.isEmpty() ? "" : occurrence > 1 ? "[" + table + " " + occurrence + "] " : "[" + table + "] ")
                + key;
    }
}
