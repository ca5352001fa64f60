package quorate.store;

import java.nio.file.Path;

/** The file does not hold a master key or password. The message says what it lacks, never what it holds. */
public final class BadMasterKeyFile extends StoreException {
    private static final long serialVersionUID = 1L;

    BadMasterKeyFile(Path file, String reason) {
        super(file + " " + reason);
    }

    @Override
    public String code() {
        return "BAD_MASTER_KEY_FILE";
    }
}
