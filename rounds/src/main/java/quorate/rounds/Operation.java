package quorate.rounds;

/**
 * The operations of the table in protocols.md 0.4, as far as they exist. Each fixes the protocolId, how
 * many parties take part (COM-5) and whether it works on a sharing that all of them must offer.
 */
public enum Operation {
    KEYGEN(1, Quorum.ALL, false),
    ECDSA_PRESIGN(4, Quorum.THRESHOLD, true),
    ECDSA_INTERACTIVE(5, Quorum.THRESHOLD, true),
    FROST_PRESIGN(6, Quorum.AT_LEAST_THRESHOLD, true),
    FROST_INTERACTIVE(7, Quorum.AT_LEAST_THRESHOLD, true),
    REPAIR(8, Quorum.THRESHOLD_AND_TARGET, true),
    PAIR_SETUP(9, Quorum.TWO, true);

    private enum Quorum {
        ALL,
        TWO,
        THRESHOLD,
        AT_LEAST_THRESHOLD,
        THRESHOLD_AND_TARGET
    }

    private final int protocolId;
    private final Quorum quorum;
    private final boolean usesSharing;

    Operation(int protocolId, Quorum quorum, boolean usesSharing) {
        this.protocolId = protocolId;
        this.quorum = quorum;
        this.usesSharing = usesSharing;
    }

    /** One byte in the envelope, in AGREE and in ctx. */
    public int protocolId() {
        return protocolId;
    }

    /** Whether the participants must have a sharing of the key in common. */
    public boolean usesSharing() {
        return usesSharing;
    }

    /** The size rule: whether {@code parties} of {@code n} players may run it on a key of this degree. */
    public boolean admits(int parties, int n, int degree) {
        return switch (quorum) {
            case ALL -> parties == n;
            case TWO -> parties == 2;
            case THRESHOLD -> parties == degree + 1;
            case AT_LEAST_THRESHOLD -> parties > degree && parties <= n;
            case THRESHOLD_AND_TARGET -> parties == degree + 2;
        };
    }
}
