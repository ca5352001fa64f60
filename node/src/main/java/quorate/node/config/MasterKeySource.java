package quorate.node.config;

import java.nio.file.Path;

/** Where the key comes from that encrypts the shares at rest. The file is read by the store, never here. */
public sealed interface MasterKeySource {
    Path file();

    /** 32 random bytes, as 64 hex digits. */
    record KeyFile(Path file) implements MasterKeySource {}

    /** A password from which the key is derived. */
    record PasswordFile(Path file) implements MasterKeySource {}
}
