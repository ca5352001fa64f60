package quorate.cli.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import quorate.api.ProblemCode;
import quorate.cli.terminal.CommandFailed;
import quorate.sdk.ApiKey;

/**
 * The API keys of one person, a different one for every node: lines {@code 1 = "qrt_..."}. Nobody else may read the
 * file.
 */
final class CredentialsFile {
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    private final Path file;
    private final Map<Integer, ApiKey> keys;

    private CredentialsFile(Path file, Map<Integer, ApiKey> keys) {
        this.file = file;
        this.keys = keys;
    }

    static CredentialsFile load(Path file) {
        if (!Files.exists(file)) {
            throw new CommandFailed(ProblemCode.CREDENTIALS, file + " does not exist");
        }
        requireOwnerOnly(file);
        var table = TomlFile.read(file).root();
        var keys = new TreeMap<Integer, ApiKey>();
        for (var name : table.keys()) {
            try {
                keys.put(Integer.valueOf(name), ApiKey.of(table.text(name)));
            } catch (IllegalArgumentException e) {
                throw new CommandFailed(
                        ProblemCode.CREDENTIALS, file + ": every line must be the number of a node and its API key");
            }
        }
        return new CredentialsFile(file, keys);
    }

    boolean has(int node) {
        return keys.containsKey(node);
    }

    ApiKey keyFor(int node) {
        var key = keys.get(node);
        if (key == null) {
            throw new CommandFailed(ProblemCode.CREDENTIALS, file + " has no API key for node " + node);
        }
        return key;
    }

    private static void requireOwnerOnly(Path file) {
        try {
            var mode = Files.getPosixFilePermissions(file);
            if (!OWNER.containsAll(mode)) {
                throw new CommandFailed(
                        ProblemCode.CREDENTIALS,
                        file + " has mode " + PosixFilePermissions.toString(mode) + ", so others can use it",
                        "chmod 600 " + file);
            }
        } catch (UnsupportedOperationException e) {
            throw new CommandFailed(ProblemCode.CREDENTIALS, file + " is on a file system without owner and mode");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
