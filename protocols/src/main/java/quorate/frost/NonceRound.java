package quorate.frost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import quorate.algebra.Draw;
import quorate.algebra.Group;
import quorate.algebra.Secrets;
import quorate.key.KeyShare;
import quorate.rounds.Agreement;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Expected;
import quorate.rounds.Inbox;
import quorate.rounds.Refused;

/**
 * Round 1 of every FROST session: the nonces of one party for all items, and the commitment lists made of everybody's
 * (protocols.md 4.2). An interactive session has one item.
 */
record NonceRound(Agreement agreement, Group group, List<NoncePair> nonces) {
    static final int NUMBER = 1;

    /** Draws the nonces of items 0 to {@code items} - 1. */
    static NonceRound draw(Agreement agreement, KeyShare share, int items, Draw draw, Secrets secrets) {
        var sharing = share.sharing();
        var suite = Suite.of(sharing.scheme(), sharing.group());
        var hedged = draw.knowing(agreement.ctx());
        var nonces = new ArrayList<NoncePair>();
        for (int k = 0; k < items; k++) {
            nonces.add(NoncePair.draw(suite, share.secret(), k, hedged, secrets));
        }
        return new NonceRound(agreement, sharing.group(), List.copyOf(nonces));
    }

    /** [B] ctx and (D_i, E_i) of each item. */
    NonceAnnouncement announcement() {
        return NonceAnnouncement.of(agreement.ctx(), nonces);
    }

    Expected<NonceAnnouncement> expected() {
        return Expected.broadcast(NUMBER, payload -> NonceAnnouncement.read(group, nonces.size(), payload));
    }

    /** COM-4 and FRO-1, then CL of each item. */
    List<CommitmentList> lists(Inbox<NonceAnnouncement> inbox) throws CeremonyException {
        inbox.requireSame(Check.COM_4, (j, announcement) -> Arrays.equals(announcement.ctx(), agreement.ctx()));
        var shown = new TreeMap<Integer, List<NoncePoints>>();
        inbox.require(Check.FRO_1, (j, announcement) -> {
            var points = announcement.points(group);
            points.ifPresent(decoded -> shown.put(j, decoded));
            return points.isPresent();
        });
        int me = agreement.me();
        shown.put(me, nonces.stream().map(NoncePair::points).toList());
        if (!Arrays.equals(inbox.of(me).points(), announcement().points())
                || !shown.keySet().equals(agreement.parties())) {
            throw new Refused(Check.FRO_1, "the commitments are not mine and those of the other signers");
        }
        var lists = new ArrayList<CommitmentList>();
        for (int k = 0; k < nonces.size(); k++) {
            lists.add(new CommitmentList(group, item(k, shown)));
        }
        return lists;
    }

    private static SortedMap<Integer, NoncePoints> item(int k, SortedMap<Integer, List<NoncePoints>> shown) {
        var item = new TreeMap<Integer, NoncePoints>();
        shown.forEach((j, points) -> item.put(j, points.get(k)));
        return item;
    }
}
