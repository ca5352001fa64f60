package quorate.dealing.internal;

import quorate.algebra.Group;
import quorate.key.Sharing;
import quorate.rounds.Agreement;
import quorate.rounds.Check;
import quorate.rounds.Entry;
import quorate.rounds.Inbox;
import quorate.rounds.Misbehaviour;

/**
 * What a correct {@link Opening} looks like in one ceremony, and the checks that are the same in all of them.
 *
 * @param points how many a party commits to
 * @param chainCodeBytes of its contribution to the chain code
 * @param count the check that a wrong number of points breaks
 * @param decode the check that breaks if one of them does not decode
 * @param proof the check that breaks if the proof of possession does not hold
 */
public record Dealing(
        byte[] ctx, Group group, int points, int chainCodeBytes, Check count, Check decode, Check proof) {
    /** 1.1: A_{i,0..t} and cc_i. */
    public static Dealing ofKey(Agreement agreement) {
        return new Dealing(
                agreement.ctx(),
                agreement.group(),
                agreement.degree() + 1,
                Sharing.CHAIN_CODE_BYTES,
                Check.DKG_1,
                Check.DKG_2,
                Check.DKG_4);
    }

    /** 5.1 and 5.2: so many points and nothing else. */
    public static Dealing ofSharing(Agreement agreement, int points) {
        return new Dealing(agreement.ctx(), agreement.group(), points, 0, Check.RSH_2, Check.RSH_2, Check.DKG_4);
    }

    /** 7.3: as 5.2, but for the check of the proof. */
    public static Dealing ofImport(Agreement agreement) {
        return new Dealing(
                agreement.ctx(),
                agreement.group(),
                agreement.degree() + 1,
                0,
                Check.RSH_2,
                Check.RSH_2,
                Check.IMP_2);
    }

    /**
     * Round 2 of everybody else who deals: the right number of points, all decode, the commitment opens, the proof holds. In
     * this order, and D1 was compared before. A party is known here by its address, in hashes by its index.
     *
     * @param commitments to which those of the others are added
     */
    public void examine(
            Inbox<Opening> opened, Inbox<Announcement> announced, byte[] d1, Commitments commitments)
            throws Misbehaviour {
        opened.require(count, (j, opening) -> opening.hasPoints(points, group));
        opened.require(decode, (j, opening) -> {
            var decoded = opening.commitment(group);
            decoded.ifPresent(commitment -> commitments.put(j, commitment));
            return decoded.isPresent();
        });
        opened.require(Check.DKG_3, (j, opening) -> opening.opens(announced.of(j), this, Entry.indexOf(j)));
        opened.require(
                proof, (j, opening) -> opening.proves(d1, Entry.indexOf(j), commitments.of(j).constant()));
    }
}
