package quorate.store;

import java.util.Optional;

/** The key has an open operation (R0, TPC-2): the answer to any other is BUSY with this id and state. */
public final class OperationOpen extends StoreException {
    private static final long serialVersionUID = 1L;

    private final String keyId;
    private final String operation;
    private final OperationState state;

    OperationOpen(String keyId, Bytes opId, OperationState state) {
        super("key " + keyId + " is busy: operation " + opId.hex() + " is " + state
                + "; join or resolve that operation first");
        this.keyId = keyId;
        this.operation = opId.hex();
        this.state = state;
    }

    public String keyId() {
        return keyId;
    }

    public Bytes opId() {
        return Bytes.fromHex(operation);
    }

    public OperationState state() {
        return state;
    }

    @Override
    public String code() {
        return "BUSY";
    }

    @Override
    public Optional<String> check() {
        return Optional.of("TPC-2");
    }
}
