package quorate.reshare;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Lagrange;
import quorate.algebra.Transcript;
import quorate.dealing.NewSharing;
import quorate.dealing.internal.Announcement;
import quorate.dealing.internal.Commitments;
import quorate.dealing.internal.Dealing;
import quorate.dealing.internal.Opening;
import quorate.key.Sharing;
import quorate.key.UnsoundKey;
import quorate.rounds.Agreement;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;
import quorate.rounds.Entry;
import quorate.rounds.Inbox;
import quorate.rounds.Misbehaviour;

/**
 * What every participant of a redistribution hears and checks, whatever its role (protocols.md 5.2).
 *
 * @param old the agreed sharing
 */
record Hearing(Agreement agreement, Plan plan, Sharing old) {
    private static final int OPENED = 2;

    /** Addresses of S. */
    Set<Integer> dealers() {
        return plan.dealers();
    }

    /** Addresses of N. */
    Set<Integer> receivers() {
        return agreement.newParties().stream().map(Hearing::receiver).collect(Collectors.toSet());
    }

    /** Addresses of everybody who is not only an observer. */
    Set<Integer> speakers() {
        var all = new TreeSet<>(dealers());
        all.addAll(receivers());
        return all;
    }

    static int receiver(int index) {
        return Entry.address(1, index);
    }

    Group group() {
        return agreement.group();
    }

    /** D1 = TH("dkg/d1", ctx, {00||I2OSP(i,2)||nonce_i||com_i}_{i in S}, {01||I2OSP(j,2)||nonce'_j}_{j in N}). */
    byte[] d1(Inbox<Announcement> dealt, Inbox<Greeting> greeted) {
        var d1 = Transcript.of("dkg/d1").add(agreement.ctx());
        for (int i : dealers()) {
            var announced = dealt.of(i);
            d1.add(new byte[] {0}, Encoding.i2osp(i, 2), announced.nonce(), announced.commitment());
        }
        for (int j : agreement.newParties()) {
            d1.add(new byte[] {1}, Encoding.i2osp(j, 2), greeted.of(receiver(j)).nonce());
        }
        return d1.hash();
    }

    /** t'+1 points, none = O (RSH-2); commitment; PoK. */
    Dealing dealing() {
        return Dealing.ofSharing(agreement, plan.degree() + 1);
    }

    /** A_{i,0} == lag(S,i)*X_i with X_i from the old public record; sum_{i in S} A_{i,0} == pk (RSH-4). */
    void requireSharesOfTheKey(Inbox<Opening> opened, Commitments commitments) throws Misbehaviour, Disagreement {
        opened.require(Check.RSH_4, (i, opening) -> {
            var weight = Lagrange.atZero(group(), plan.dealers(), i);
            return commitments.of(i).constant().equals(old.publicShare(i).times(weight));
        });
        if (!commitments.sum().constant().equals(old.publicKey())) {
            throw new Disagreement(Check.RSH_4, OPENED, "the dealers' shares do not add up to the key");
        }
    }

    /** D2 = TH("dkg/d2", D1, {I2OSP(i,2) || round-2 broadcast payload}_{i in S}). */
    byte[] d2(byte[] d1, Inbox<Opening> opened) {
        var d2 = Transcript.of("dkg/d2").add(d1);
        opened.payloads().forEach((i, payload) -> d2.add(Encoding.i2osp(i, 2), payload));
        return d2.hash();
    }

    /** A_k = sum_{i in S} A_{i,k}, cc unchanged. DKG-7: no A_k or X'_j = O. */
    NewSharing made(Commitments commitments, byte[] d2) throws Disagreement {
        try {
            var sharing = new Sharing(
                    plan.newKeyId(),
                    old.scheme(),
                    plan.players(),
                    agreement.newEpoch(),
                    old.chainCode(),
                    commitments.sum());
            return NewSharing.of(
                    agreement, sharing, plan.roster(), d2, plan.base(agreement), plan.committing(agreement));
        } catch (UnsoundKey e) {
            throw new Disagreement(Check.DKG_7, OPENED, e.contradiction());
        }
    }
}
