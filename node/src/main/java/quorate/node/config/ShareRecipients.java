package quorate.node.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import quorate.node.identity.Bytes32;
import quorate.node.identity.OwnerOnly;
import quorate.rsa.RsaRecipient;

/**
 * Writes RSA keys into the list {@code [share-backup] recipients} of a node.toml, which is the only way into it. The
 * node reads the list when it starts.
 */
public final class ShareRecipients {
    private static final String HEADER = "[" + NodeConfig.SHARE_BACKUP + "]";
    private static final Pattern LIST =
            Pattern.compile("(\\s*" + NodeConfig.RECIPIENTS + "\\s*=\\s*\\[)([^\\]#]*)(\\]\\s*(?:#.*)?)");

    private ShareRecipients() {}

    /**
     * Adds the key of a PEM file, by its fingerprint; nothing else of the file changes.
     *
     * @return the fingerprint
     * @throws ConfigException if the key is refused, or the list is written in a way that is not understood here
     */
    public static Bytes32 add(Path configuration, Path publicKey) throws ConfigException {
        try {
            var recipient = Bytes32.of(RsaRecipient.read(publicKey).fingerprint().bytes());
            if (NodeConfig.load(configuration).shareRecipients().contains(recipient)) {
                return recipient;
            }
            var text = with(Files.readString(configuration), "\"" + NodeConfig.FINGERPRINT + recipient + "\"");
            if (!NodeConfig.parse(configuration, text).shareRecipients().contains(recipient)) {
                throw new ConfigException(configuration + ": " + HEADER + " is not written as one line "
                        + NodeConfig.RECIPIENTS + " = [...]; add \"" + NodeConfig.FINGERPRINT + recipient + "\" to it");
            }
            replace(configuration, text);
            return recipient;
        } catch (IOException e) {
            throw ConfigException.of(e);
        }
    }

    private static String with(String text, String entry) {
        var lines = new ArrayList<>(text.lines().toList());
        int header = lines.stream().map(String::strip).toList().indexOf(HEADER);
        if (header < 0) {
            lines.addAll(List.of("", HEADER, NodeConfig.RECIPIENTS + " = [" + entry + "]"));
            return String.join("\n", lines) + "\n";
        }
        for (int i = header + 1; i < lines.size() && !lines.get(i).strip().startsWith("["); i++) {
            var list = LIST.matcher(lines.get(i));
            if (list.matches()) {
                var others = list.group(2).strip();
                lines.set(i, list.group(1) + others + (others.isEmpty() ? "" : ", ") + entry + list.group(3));
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
