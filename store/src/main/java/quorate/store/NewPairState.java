package quorate.store;

/**
 * A pair state to be stored (protocols.md 1.3).
 *
 * @param peer party index of the other
 * @param setup its name, 32 bytes
 * @param state its secret; the caller wipes it
 */
public record NewPairState(int peer, Bytes setup, long generation, byte[] state) {
    public NewPairState {
        setup.requireLength(32, "setup");
    }

    @Override
    public String toString() {
        return "NewPairState[peer " + peer + ", setup " + setup + ", redacted]";
    }
}
