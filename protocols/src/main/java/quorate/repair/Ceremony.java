package quorate.repair;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Lagrange;
import quorate.algebra.Scalar;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.rounds.Agreement;
import quorate.rounds.Check;
import quorate.rounds.Refused;

/**
 * What every round of a repair needs.
 *
 * @param target r
 * @param helpers H, ascending
 */
record Ceremony(Agreement agreement, int target, SortedSet<Integer> helpers, Secrets secrets) {
    /** P = H and r. */
    static Ceremony of(Agreement agreement, int target, Secrets secrets) throws Refused {
        var helpers = new TreeSet<>(agreement.parties());
        if (!helpers.remove(target)) {
            throw new Refused(Check.REP_0, "party " + target + " does not take part");
        }
        Repair.check(agreement.n(), agreement.degree(), target, helpers);
        return new Ceremony(agreement, target, helpers, secrets);
    }

    Group group() {
        return agreement.group();
    }

    int me() {
        return agreement.me();
    }

    byte[] ctx() {
        return agreement.ctx();
    }

    SortedSet<Integer> otherHelpers() {
        var others = new TreeSet<>(helpers);
        others.remove(me());
        return others;
    }

    /** l_i = lag(H, i, r). */
    Scalar weight(int helper) {
        return Lagrange.at(group(), helpers, helper, target);
    }

    /** The place of {@code helper} in H, from 0: of its point in an {@link Opening}. */
    int place(int helper) {
        return helpers.headSet(helper).size();
    }

    /** TH(name, previous, {I2OSP(i,2) || what helper i said}_{i in H}). */
    byte[] digest(String name, byte[] previous, SortedMap<Integer, byte[]> said) {
        var transcript = Transcript.of(name).add(previous);
        said.forEach((helper, bytes) -> transcript.add(Encoding.i2osp(helper, 2), bytes));
        return transcript.hash();
    }
}
