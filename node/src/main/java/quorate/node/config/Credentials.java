package quorate.node.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import quorate.algebra.Encoding;
import quorate.node.identity.OwnerOnly;

/**
 * The API keys that one person holds, a different one for every node, so that no single node can use
 * another in that person's name (protocols.md 0.1, "Who counts as corrupt").
 */
final class Credentials implements AutoCloseable {
    private final String name;
    private final Role role;
    private final SortedMap<Integer, ApiKey> keys = new TreeMap<>();

    Credentials(String name, Role role) {
        this.name = name;
        this.role = role;
    }

    /** Makes the key for a node, and what that node's configuration holds of it. */
    Caller issue(int player, SecureRandom random) {
        var key = ApiKey.create(name, random);
        keys.put(player, key);
        return new Caller(name, EnumSet.of(role), key.sha256());
    }

    /** Writes {@code name.key}: TOML lines {@code node = "key"}, for their owner alone. */
    void write(Path folder) throws IOException {
        var pieces = lines();
        pieces.addFirst(ascii("# API keys of \"" + name + "\" (" + role.text() + "), one for each node. Secret.\n"));
        var text = Encoding.concat(pieces.toArray(byte[][]::new));
        try {
            OwnerOnly.createFile(folder.resolve(name + ".key"), text);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    /** Adds the keys to the file that {@link #write} made of others. */
    void append(Path folder) throws IOException {
        var file = folder.resolve(name + ".key");
        var pieces = lines();
        pieces.addFirst(Files.readAllBytes(file));
        var text = Encoding.concat(pieces.toArray(byte[][]::new));
        try {
            OwnerOnly.replaceFile(file, text);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    private List<byte[]> lines() {
        var lines = new ArrayList<byte[]>();
        keys.forEach((player, key) -> {
            lines.add(ascii(player + " = \""));
            lines.add(key.expose());
            lines.add(ascii("\"\n"));
        });
        return lines;
    }

    @Override
    public void close() {
        keys.values().forEach(ApiKey::close);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
