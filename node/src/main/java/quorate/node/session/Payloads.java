package quorate.node.session;

import quorate.algebra.Encoding;
import quorate.rounds.Entry;
import quorate.rounds.Operation;
import quorate.rounds.Proposal;

/** How long the payloads of a session can be (protocols.md Appendix C): those of ECDSA grow with the batch. */
final class Payloads {
    /** "batch items per session", protocols.md 0.1. */
    private static final int MAX_ITEMS = 64;

    /** The longest message of one item, that of round 2: 73 988 bytes on 256-bit curves. */
    private static final int ITEM_BYTES = 73_988;

    private static final int COUNT_BYTES = 4;

    /** Of a statement, what does not grow with the number of parties: at most that. */
    private static final int STATEMENT_BYTES = 512;

    /** A party and the name of the pair state with it. */
    private static final int SETUP_BYTES = 34;

    /** Of both committees of an earlier redistribution. */
    private static final int MOST_ENTRIES = 2 * Proposal.MAX_PARTIES;

    /** AGREE with a certificate, which has a statement of each participant with all entries, and set-ups (5.4). */
    private static final int AGREE_BYTES = (MOST_ENTRIES + 1)
            * (STATEMENT_BYTES + MOST_ENTRIES * Entry.BYTES + Proposal.MAX_PARTIES * SETUP_BYTES);

    private Payloads() {}

    /** For the messages after AGREE, and for AGREE where it may carry a certificate. */
    static int longest(Proposal proposal) {
        return switch (proposal.operation()) {
            case REFRESH, REDISTRIBUTION, IMPORT -> AGREE_BYTES;
            case KEYGEN, COPY, EXPORT, ECDSA_PRESIGN, ECDSA_INTERACTIVE, FROST_PRESIGN, FROST_INTERACTIVE, REPAIR, PAIR_SETUP ->
                items(proposal) * ITEM_BYTES;
        };
    }

    private static int items(Proposal proposal) {
        if (proposal.operation() == Operation.ECDSA_INTERACTIVE) {
            return 1;
        }
        boolean batch = proposal.operation() == Operation.ECDSA_PRESIGN
                && proposal.params().size() == 1
                && proposal.params().getFirst().length == COUNT_BYTES;
        return batch ? (int) Math.min(MAX_ITEMS, Encoding.os2ip(proposal.params().getFirst(), 0, COUNT_BYTES)) : 0;
    }
}
