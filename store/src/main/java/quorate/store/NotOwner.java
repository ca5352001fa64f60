package quorate.store;

import java.util.Optional;

/** This process lost the database to another one (PSG-3): it sends nothing more and stops. */
public final class NotOwner extends StoreException {
    private static final long serialVersionUID = 1L;

    NotOwner(String reason) {
        super(reason + "; this process is no longer the node and must stop");
    }

    @Override
    public String code() {
        return "NOT_OWNER";
    }

    @Override
    public Optional<String> check() {
        return Optional.of("PSG-3");
    }
}
