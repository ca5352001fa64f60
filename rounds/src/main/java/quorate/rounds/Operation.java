package quorate.rounds;

import java.util.ArrayList;
import java.util.List;
import quorate.algebra.Encoding;

/**
 * The operations of the table in protocols.md 0.4, as far as they exist. Each fixes the protocolId, how
 * many parties of the key take part (COM-5) and whether it works on a sharing that all of them must offer.
 */
public enum Operation {
    KEYGEN(1, Quorum.ALL, false),
    REFRESH(2, Quorum.ALL, true),
    /** Of a key that the old committee gives up: all of it takes part, but for who is declared dead. */
    REDISTRIBUTION(3, Quorum.OLD_AND_NEW, true),
    /** A redistribution under a new key id, after which the old key stays. */
    COPY(3, Quorum.DEALERS_AND_NEW, true),
    ECDSA_PRESIGN(4, Quorum.THRESHOLD, true),
    ECDSA_INTERACTIVE(5, Quorum.THRESHOLD, true),
    FROST_PRESIGN(6, Quorum.AT_LEAST_THRESHOLD, true),
    FROST_INTERACTIVE(7, Quorum.AT_LEAST_THRESHOLD, true),
    REPAIR(8, Quorum.THRESHOLD_AND_TARGET, true),
    PAIR_SETUP(9, Quorum.TWO, true),
    EXPORT(10, Quorum.AT_LEAST_THRESHOLD, true),
    /** Of a key whose shares were exported to these nodes: all of them are its new committee, and there is no old one. */
    IMPORT(11, Quorum.NEW_ONLY, false);

    private enum Quorum {
        ALL,
        TWO,
        THRESHOLD,
        AT_LEAST_THRESHOLD,
        OLD_AND_NEW,
        DEALERS_AND_NEW,
        NEW_ONLY,
        THRESHOLD_AND_TARGET
    }

    private static final int NOWHERE = -1;

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

    /** Whether a new committee, of role 1, takes part. */
    public boolean hasNewCommittee() {
        return quorum == Quorum.OLD_AND_NEW || quorum == Quorum.DEALERS_AND_NEW || quorum == Quorum.NEW_ONLY;
    }

    /** Whether all that is said of the key stands in the request, and no participant has a sharing of it. */
    boolean bringsKey() {
        return quorum == Quorum.NEW_ONLY;
    }

    /** The size rule: whether {@code parties} of role 0 and of {@code n} players may run it on a key of this degree. */
    public boolean admits(int parties, int n, int degree) {
        return switch (quorum) {
            case ALL -> parties == n;
            case TWO -> parties == 2;
            case NEW_ONLY -> parties == 0;
            case THRESHOLD, DEALERS_AND_NEW -> parties == degree + 1;
            case AT_LEAST_THRESHOLD, OLD_AND_NEW -> parties > degree && parties <= n;
            case THRESHOLD_AND_TARGET -> parties == degree + 2;
        };
    }

    /**
     * params of ctx (protocols.md 0.4): those of AGREE, with newEpoch where the participants compute it.
     *
     * @param newEpoch counts for operations that make a sharing of an existing key
     */
    List<byte[]> paramsWith(long newEpoch, List<byte[]> params) {
        int at = newEpochAt();
        if (at == NOWHERE || at >= params.size()) {
            return params;
        }
        var bound = new ArrayList<>(params);
        bound.set(at, Encoding.i2osp(newEpoch, Long.BYTES));
        return List.copyOf(bound);
    }

    /** Whether all participants compute the epoch of a new sharing from what they agree on (protocols.md 5.1). */
    boolean computesEpoch() {
        return this == REFRESH || this == REDISTRIBUTION || this == IMPORT;
    }

    private int newEpochAt() {
        return switch (this) {
            case REFRESH -> 0;
            case REDISTRIBUTION, COPY -> 6;
            case KEYGEN,
                    ECDSA_PRESIGN,
                    ECDSA_INTERACTIVE,
                    FROST_PRESIGN,
                    FROST_INTERACTIVE,
                    REPAIR,
                    PAIR_SETUP,
                    EXPORT,
                    IMPORT ->
                NOWHERE;
        };
    }
}
