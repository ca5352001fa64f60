package quorate.node.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import quorate.node.identity.Bytes32;
import quorate.node.identity.OwnerOnly;
import quorate.rsa.RsaRecipient;

/**
 * The lists of RSA keys in a node.toml: to whom this node gives what, empty unless its operator wrote them there.
 * Writing
 * them here is the only way into the lists; the node reads them when it starts.
 */
public enum AllowedKeys {
    /** {@code [share-backup] recipients}: for whose holders administrators may have shares sealed. */
    SHARE_BACKUP("share-backup", "recipients") {
        @Override
        Set<Bytes32> in(NodeConfig config) {
            return config.shareRecipients();
        }
    },
    /** {@code [recovery] keys}: recoveryKeys of protocols.md 8.2 (PVE-0). */
    RECOVERY("recovery", "keys") {
        @Override
        Set<Bytes32> in(NodeConfig config) {
            return config.recoveryKeys();
        }
    };

    private final String table;
    private final String key;
    private final String header;
    private final Pattern list;

    AllowedKeys(String table, String key) {
        this.table = table;
        this.key = key;
        this.header = "[" + table + "]";
        this.list = Pattern.compile("(\\s*" + key + "\\s*=\\s*\\[)([^\\]#]*)(\\]\\s*(?:#.*)?)");
    }

    String table() {
        return table;
    }

    String key() {
        return key;
    }

    abstract Set<Bytes32> in(NodeConfig config);

    /**
     * Adds the key of a PEM file, by its fingerprint; nothing else of the file changes.
     *
     * @return the fingerprint
     * @throws ConfigException if the key is refused, or the list is written in a way that is not understood here
     */
    public Bytes32 add(Path configuration, Path publicKey) throws ConfigException {
        try {
            var recipient = Bytes32.of(RsaRecipient.read(publicKey).fingerprint().bytes());
            if (in(NodeConfig.load(configuration)).contains(recipient)) {
                return recipient;
            }
            var text = with(Files.readString(configuration), "\"" + NodeConfig.FINGERPRINT + recipient + "\"");
            if (!in(NodeConfig.parse(configuration, text)).contains(recipient)) {
                throw new ConfigException(configuration + ": " + header + " is not written as one line "
                        + key + " = [...]; add \"" + NodeConfig.FINGERPRINT + recipient + "\" to it");
            }
            replace(configuration, text);
            return recipient;
        } catch (IOException e) {
            throw ConfigException.of(e);
        }
    }

    private String with(String text, String entry) {
        var lines = new ArrayList<>(text.lines().toList());
        int start = lines.stream().map(String::strip).toList().indexOf(header);
        if (start < 0) {
            lines.addAll(List.of("", header, key + " = [" + entry + "]"));
            return String.join("\n", lines) + "\n";
        }
        for (int i = start + 1; i < lines.size() && !lines.get(i).strip().startsWith("["); i++) {
            var line = list.matcher(lines.get(i));
            if (line.matches()) {
                var others = line.group(2).strip();
                lines.set(i, line.group(1) + others + (others.isEmpty() ? "" : ", ") + entry + line.group(3));
            }
        }
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
