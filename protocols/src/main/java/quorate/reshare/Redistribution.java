package quorate.reshare;

import java.util.Arrays;
import quorate.algebra.Draw;
import quorate.algebra.HashCommitment;
import quorate.algebra.Lagrange;
import quorate.algebra.SecretPolynomial;
import quorate.algebra.Secrets;
import quorate.dealing.NewSharing;
import quorate.dealing.internal.Announcement;
import quorate.dealing.internal.Contribution;
import quorate.key.KeyRecord;
import quorate.key.KeyShare;
import quorate.key.Sharing;
import quorate.rounds.Agreement;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;
import quorate.rounds.Outbox;
import quorate.rounds.Refused;
import quorate.rounds.Step;

/**
 * Redistribution and copy: threshold-many old parties give a key to a new committee, of any size and threshold. A node that
 * is in both takes part twice, once as a dealer or observer and once as a receiver, each with messages and nonces of its own.
 *
 * <p>Source: protocols.md 5.2, which is key generation (1.1) in which every dealer shares lag(S,i)·x_i, its part of the
 * secret. Letters: S the dealers, N the new committee, f_i the polynomial of dealer i and A_i its commitment, s_ij = f_i(j),
 * x'_j the sum of the s_ij, rec the public record of the old sharing, D1 and D2 the digests of what was broadcast.
 *
 * <p>Assumes authenticated private channels and signed broadcasts. On abort names whom this party caught; the old sharing
 * stays as it is. Cost: 3 rounds; O(|S|·t') multiplications, and for ECDSA those of every new pair.
 */
public final class Redistribution {
    private Redistribution() {}

    /**
     * An old party in S. What it yields is public: the share that it has ends with the commit, or stays if it is a copy.
     *
     * @param share of the agreed sharing
     * @param record of that sharing, for the new committee
     * @param draw hedged with that share
     * @param secrets holds everything secret of this run
     * @throws Refused COM-5 if the plan does not fit what was agreed on
     * @throws IllegalArgumentException if the share is not of the agreed sharing and party
     */
    public static Step<NewSharing> deal(
            Agreement agreement, Plan plan, KeyShare share, KeyRecord record, Draw draw, Secrets secrets)
            throws CeremonyException {
        var hearing = hearing(agreement, plan, share.sharing());
        int me = agreement.me();
        if (agreement.role() != 0 || share.index() != me || !plan.dealers().contains(me)) {
            throw new IllegalArgumentException("party " + agreement.address() + " deals nothing with this share");
        }
        var bound = draw.knowing(agreement.ctx());
        // dealer i: ctx, nonce_i, com_i with f_i of degree t', f_i(0) = lag(S,i)*x_i
        var nonce = bound.draw(Draw.For.DKG, Draw.name("nonce"), Announcement.NONCE_BYTES);
        var weight = Lagrange.atZero(agreement.group(), plan.dealers(), me);
        var f = SecretPolynomial.sampleWith(share.secret().in(secrets).times(weight), plan.degree(), bound, secrets);
        var blind = bound.draw(Draw.For.DKG, Draw.name("blind"), HashCommitment.BLIND_BYTES);
        var mine = new Contribution(f, f.commitment(), new byte[0], blind);
        // Round 0: every dealer also sends rec to every node of N.
        var say = Outbox.toEach(0, hearing.receivers(), j -> record)
                .and(Outbox.toAll(1, mine.announce(agreement.ctx(), me, nonce)));
        return new Step.Next<>(say, Listening.to(hearing, new Dealer(hearing, mine, bound, secrets)));
    }

    /**
     * An old party that deals nothing: it hears and checks what is broadcast, and commits with the others.
     *
     * @param old the agreed sharing
     * @throws Refused COM-5 if the plan does not fit what was agreed on
     */
    public static Step<NewSharing> observe(Agreement agreement, Plan plan, Sharing old) throws CeremonyException {
        var hearing = hearing(agreement, plan, old);
        if (agreement.role() != 0 || plan.dealers().contains(agreement.me())) {
            throw new IllegalArgumentException("party " + agreement.address() + " does not only observe");
        }
        return new Step.Next<>(Outbox.silence(), Listening.to(hearing, new Observer(hearing)));
    }

    private static Hearing hearing(Agreement agreement, Plan plan, Sharing old) throws CeremonyException {
        plan.requireFits(agreement);
        if (!Arrays.equals(old.shareId(), agreement.shareId())) {
            throw new IllegalArgumentException("another sharing than was agreed on");
        }
        if (!Arrays.equals(old.publicKey().encode(), plan.publicKey())) {
            throw new Disagreement(Check.RSH_5, 0, "another public key than was asked for");
        }
        return new Hearing(agreement, plan, old);
    }

    /**
     * A member of the new committee.
     *
     * @param draw hedged with the node's own secret: there is no share yet
     * @param secrets holds everything secret of this run, and the share and pair states of the result
     * @throws Refused COM-5 if the plan does not fit what was agreed on
     */
    public static Step<ReceivedShare> receive(Agreement agreement, Plan plan, Draw draw, Secrets secrets)
            throws CeremonyException {
        plan.requireFits(agreement);
        if (agreement.role() != 1) {
            throw new IllegalArgumentException("party " + agreement.address() + " is not in the new committee");
        }
        return new Step.Next<>(
                Outbox.silence(), new AwaitRecords(agreement, plan, draw.knowing(agreement.ctx()), secrets));
    }
}
