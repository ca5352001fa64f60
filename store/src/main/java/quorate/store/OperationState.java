package quorate.store;

/** The states of an operation (protocols.md 5.4). */
public enum OperationState {
    PENDING,
    COMMITTED,
    FROZEN,
    CLEAN,
    REFUSED,
    REVERTED;

    /** An open operation blocks every other one of its key; a closed one never changes again. */
    public boolean isOpen() {
        return switch (this) {
            case PENDING, COMMITTED, FROZEN -> true;
            case CLEAN, REFUSED, REVERTED -> false;
        };
    }
}
