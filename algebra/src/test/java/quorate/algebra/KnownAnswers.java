package quorate.algebra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;

/** {@code vectors/quorate/project-kat.json}, for tests that the testkit is too far above for. */
final class KnownAnswers {
    private static final JsonNode ALL = read(Path.of("..", "vectors", "quorate", "project-kat.json"));

    private KnownAnswers() {}

    static JsonNode field(String name) {
        return ALL.required(name);
    }

    static Stream<JsonNode> cases(String name) {
        return field(name).valueStream();
    }

    static byte[] hex(JsonNode node, String field) {
        return HexFormat.of().parseHex(node.required(field).asText());
    }

    static byte[][] hexes(JsonNode node, String field) {
        return node.required(field)
                .valueStream()
                .map(text -> HexFormat.of().parseHex(text.asText()))
                .toArray(byte[][]::new);
    }

    static Group group(JsonNode node) {
        return switch (node.required("curve").asText()) {
            case "secp256k1" -> Groups.SECP256K1;
            case "P-256" -> Groups.P256;
            case "Ed25519" -> Groups.ED25519;
            default -> throw new AssertionError(node);
        };
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
