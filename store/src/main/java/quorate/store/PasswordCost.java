package quorate.store;

/** What one guess of a password costs. */
public final class PasswordCost {
    /** 64 MiB, 3 passes, 1 lane: above the second recommendation of RFC 9106, section 4, for one lane. */
    public static final PasswordCost STANDARD = new PasswordCost(64 * 1024, 3, 1);

    private final int memoryKib;
    private final int passes;
    private final int lanes;

    private PasswordCost(int memoryKib, int passes, int lanes) {
        this.memoryKib = memoryKib;
        this.passes = passes;
        this.lanes = lanes;
    }

    /** For tests of this package only: a cost that protects nothing. */
    static PasswordCost lowered(int memoryKib, int passes) {
        return new PasswordCost(memoryKib, passes, 1);
    }

    int memoryKib() {
        return memoryKib;
    }

    int passes() {
        return passes;
    }

    int lanes() {
        return lanes;
    }
}
