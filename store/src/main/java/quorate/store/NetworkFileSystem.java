package quorate.store;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The data folder is on a network file system, whose locks and syncs are not to be trusted (PSG-3, protocols.md 15.2).
 */
public final class NetworkFileSystem extends StoreException {
    private static final long serialVersionUID = 1L;

    NetworkFileSystem(Path folder, String type) {
        super(folder + " is on a network file system (" + type
                + "); use a local disk, or allow it in the configuration if its locks and syncs are reliable");
    }

    @Override
    public String code() {
        return "NETWORK_FILE_SYSTEM";
    }

    @Override
    public Optional<String> check() {
        return Optional.of("PSG-3");
    }
}
