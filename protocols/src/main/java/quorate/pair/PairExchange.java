package quorate.pair;

import java.util.Arrays;
import quorate.algebra.DecodingException;
import quorate.algebra.Draw;
import quorate.algebra.Secrets;

/**
 * One party's side of the set-up with one other, both directions at once (protocols.md 1.3): an invitation, an answer
 * to the other's invitation, and from the other's answer the pair state. Each step is taken once. Whatever is secret on
 * the way is wiped with the last step, or else with the scope.
 */
public final class PairExchange {
    private final PairTerms terms;
    private final Draw draw;
    private final Secrets scope;
    private final byte[] zeroSeed;
    private final BaseOtChoice choice;

    private PairExchange(PairTerms terms, Draw draw, Secrets scope, byte[] zeroSeed, BaseOtChoice choice) {
        this.terms = terms;
        this.draw = draw;
        this.scope = scope;
        this.zeroSeed = zeroSeed;
        this.choice = choice;
    }

    /** Draws zseed and BOT1, bound to D1. */
    public static PairExchange start(PairTerms terms, Draw draw, Secrets scope) {
        var bound = draw.knowing(terms.d1());
        int peer = terms.peer();
        var zeroSeed = scope.keep(bound.draw(Draw.For.BOT, Draw.name("zseed", peer), BaseOt.SEED_BYTES));
        var hashing = BaseOtHashing.of(terms, peer, terms.me());
        return new PairExchange(terms, bound, scope, zeroSeed, BaseOtChoice.draw(hashing, peer, bound, scope));
    }

    public PairInvitation invitation() {
        return new PairInvitation(zeroSeed, choice.message());
    }

    /**
     * Draws BOT2 in answer to the other's invitation.
     *
     * @throws DecodingException PAIR-1: r_0, r_1 valid, not O; mA_b != O
     */
    public Answered answer(PairInvitation theirs) throws DecodingException {
        var hashing = BaseOtHashing.of(terms, terms.me(), terms.peer());
        return new Answered(theirs, BaseOtReply.to(theirs.message(), hashing, terms.peer(), draw, scope));
    }

    /** When both invitations are out. */
    public final class Answered {
        private final PairInvitation theirInvitation;
        private final BaseOtReply reply;

        private Answered(PairInvitation theirInvitation, BaseOtReply reply) {
            this.theirInvitation = theirInvitation;
            this.reply = reply;
        }

        public PairAnswer answer() {
            return new PairAnswer(reply.message());
        }

        /**
         * The pair state, which lives in the scope of this exchange. That both have the same is for PAIR-2 or TPC-1.
         *
         * @throws DecodingException PAIR-1: mB_0, mB_1 valid, not O
         */
        public PairState finish(PairAnswer theirs) throws DecodingException {
            try {
                var asAlice = choice.receive(theirs.message(), scope);
                var seed = scope.keep(terms.zeroSeed(zeroSeed, theirInvitation.zeroSeed()));
                var setup = terms.setup(
                        new PairTerms.Said(theirInvitation.message(), reply.message()),
                        new PairTerms.Said(choice.message(), theirs.message()),
                        seed);
                return new PairState(
                        terms.me(), terms.peer(), terms.generation(), setup, reply.seeds(), asAlice, seed, scope);
            } finally {
                Arrays.fill(zeroSeed, (byte) 0);
                Arrays.fill(theirInvitation.zeroSeed(), (byte) 0);
            }
        }
    }

    @Override
    public String toString() {
        return "PairExchange[" + terms.me() + "-" + terms.peer() + ", redacted]";
    }
}
