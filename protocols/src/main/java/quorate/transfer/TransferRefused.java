package quorate.transfer;

import quorate.rounds.Check;

/** A set of wrapped shares is not taken, or not made. Says which check of Appendix A is broken, and how. */
public final class TransferRefused extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong, each with a code of its own for whoever asked. */
    public enum Reason {
        /** EXP-2: the headers are not those of one export, or its public shares not those of one key. */
        NOT_ONE_EXPORT(Check.EXP_2),
        /** EXP-5: a share that was unwrapped is not the one that its header names. */
        OTHER_SHARE(Check.EXP_5),
        /** IMP-3: another key, chain code or export than was asked for. */
        SUBSTITUTED(Check.IMP_3),
        /** IMP-3: it was not made for this node and its wrapping key, or not for a move. */
        DESTINATION(Check.IMP_3),
        /** IMP-3: it was made for another application. */
        APPLICATION(Check.IMP_3),
        /** IMP-3: its time is over. */
        EXPIRED(Check.IMP_3),
        /** IMP-3: too few nodes of the source have signed. */
        SIGNATURES(Check.IMP_3),
        /** IMP-1: a header or blob that is none, or a share of something else. */
        UNSOUND(Check.IMP_1);

        private final Check check;

        Reason(Check check) {
            this.check = check;
        }

        /** Of Appendix A. */
        public Check check() {
            return check;
        }
    }

    private final Reason reason;

    /** @param detail never says anything secret */
    public TransferRefused(Reason reason, String detail) {
        super(reason.check() + ": " + detail);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    public Check check() {
        return reason.check();
    }
}
