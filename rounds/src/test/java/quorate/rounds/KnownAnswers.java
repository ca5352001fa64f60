package quorate.rounds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** {@code vectors/quorate/project-kat.json}, for tests that the testkit is too far above for. */
final class KnownAnswers {
    private static final JsonNode ALL = read(Path.of("..", "vectors", "quorate", "project-kat.json"));

    private KnownAnswers() {}

    static JsonNode field(String name) {
        return ALL.required(name);
    }

    static byte[] hex(JsonNode node, String field) {
        return HexFormat.of().parseHex(node.required(field).asText());
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
