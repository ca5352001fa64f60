package quorate.store;

import java.nio.file.Path;

/** A newer release has migrated this database. Nothing was changed. */
public final class NewerSchema extends StoreException {
    private static final long serialVersionUID = 1L;

    private final int found;
    private final int known;

    NewerSchema(Path database, SchemaVersion found, SchemaVersion known) {
        super(database + " has schema version " + found.number() + ", this software knows up to " + known.number()
                + "; run the release that wrote it, or a later one");
        this.found = found.number();
        this.known = known.number();
    }

    public SchemaVersion found() {
        return new SchemaVersion(found);
    }

    public SchemaVersion known() {
        return new SchemaVersion(known);
    }

    @Override
    public String code() {
        return "NEWER_SCHEMA";
    }
}
