package quorate.store;

import java.nio.file.Path;

/** The file is the database of another node, or not a database of this software. Nothing was changed. */
public final class ForeignDatabase extends StoreException {
    private static final long serialVersionUID = 1L;

    ForeignDatabase(Path database, String reason) {
        super(database + " " + reason + "; nothing was changed");
    }

    @Override
    public String code() {
        return "FOREIGN_DATABASE";
    }
}
