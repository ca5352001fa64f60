package quorate.store;

import java.util.Optional;

/** The engine did not take a setting on which durability or erasure rests (PSG-3): no start. */
public final class NotDurable extends StoreException {
    private static final long serialVersionUID = 1L;

    NotDurable(String pragma, String wanted, String found) {
        super("SQLite answers " + pragma + " = " + found + ", needed is " + wanted
                + "; move the data folder to a local file system that supports it");
    }

    @Override
    public String code() {
        return "NOT_DURABLE";
    }

    @Override
    public Optional<String> check() {
        return Optional.of("PSG-3");
    }
}
