package quorate.store;

import java.util.Optional;

/** The key id is not free on this node (COM-5): a live key or a tombstone has it. */
public final class KeyIdTaken extends StoreException {
    private static final long serialVersionUID = 1L;

    private final String keyId;

    KeyIdTaken(String keyId, String by) {
        super("key id " + keyId + " is taken by " + by + "; choose another id");
        this.keyId = keyId;
    }

    public String keyId() {
        return keyId;
    }

    @Override
    public String code() {
        return "KEY_ID_TAKEN";
    }

    @Override
    public Optional<String> check() {
        return Optional.of("COM-5");
    }
}
