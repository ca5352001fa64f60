package quorate.store;

import java.io.IOException;
import java.sql.SQLException;

/** The disk or the engine failed: full, read-only, gone. What was being written did not happen. */
public final class StorageFailed extends StoreException {
    private static final long serialVersionUID = 1L;

    StorageFailed(String doing, IOException cause) {
        super("failed to " + doing + ": " + cause, cause);
    }

    StorageFailed(String doing, SQLException cause) {
        super("failed to " + doing + ": " + cause.getMessage(), cause);
    }

    @Override
    public String code() {
        return "STORAGE_FAILED";
    }
}
