package quorate.testkit.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The files of the folder {@code vectors/} of the project, as seen from the folder of a module. */
public final class Vectors {
    private static final Path FOLDER = Path.of("..", "vectors");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Vectors() {}

    /** {@code json("bip341/wallet-test-vectors.json")}. */
    public static JsonNode json(String file) {
        try {
            return JSON.readTree(Files.readAllBytes(FOLDER.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One field of our own known answers. */
    public static JsonNode known(String field) {
        return json("quorate/project-kat.json").required(field);
    }

    public static List<String> lines(String file) {
        try {
            return Files.readAllLines(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of a field in hex. */
    public static byte[] hex(JsonNode node, String field) {
        return hex(node.required(field));
    }

    public static byte[] hex(JsonNode text) {
        return hex(text.asText());
    }

    public static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    /** For long values, of which a vector states the hash. */
    public static byte[] sha256(byte[] value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public static Stream<JsonNode> stream(JsonNode array) {
        return array.valueStream();
    }
}
