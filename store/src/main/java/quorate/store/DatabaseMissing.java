package quorate.store;

import java.nio.file.Path;

/**
 * There is no database where one is expected, and none is made: a node never starts empty in place of a lost database.
 */
public final class DatabaseMissing extends StoreException {
    static final String CHECK_OR_RESTORE = "check the data folder in the configuration, or restore a backup";

    private static final long serialVersionUID = 1L;

    DatabaseMissing(Path database, String remedy) {
        super("there is no database at " + database + "; " + remedy);
    }

    @Override
    public String code() {
        return "DATABASE_MISSING";
    }
}
