package quorate.node.key;

import java.util.Set;
import java.util.TreeSet;
import quorate.algebra.Group;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.api.RepairShare;
import quorate.key.Scheme;
import quorate.node.identity.Bytes32;
import quorate.node.problem.ProblemException;
import quorate.repair.Repair;
import quorate.rounds.Check;
import quorate.rounds.Refused;

/**
 * A repair that was asked for, once REP-0 holds as far as it can be seen here.
 *
 * @param committee the players of the key: of this node's record, or, if it has none, of its roster
 * @param publicKey ser(pk)
 */
record RepairPlan(String keyId, RepairShare request, Committee committee, byte[] publicKey) {
    /**
     * Checks who takes part.
     *
     * @throws ProblemException BAD_REQUEST, or REFUSED with the reason (REP-0)
     */
    static RepairPlan of(String keyId, RepairShare request, Committee committee, byte[] publicKey, int me) {
        var plan = new RepairPlan(keyId, request, committee, publicKey);
        if (!plan.players().contains(me)) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST, "player " + me + " is neither the target nor a helper of this repair");
        }
        plan.requirePlayer(request.target());
        request.helpers().forEach(plan::requirePlayer);
        try {
            Repair.check(committee.size(), request.threshold() - 1, plan.target(), plan.helpers());
        } catch (Refused e) {
            throw refused(String.valueOf(e.getMessage()));
        }
        return plan;
    }

    private void requirePlayer(int player) {
        if (committee.party(player) == 0) {
            throw refused("REP-0: player " + player + " is not one of the players " + committee.players() + " of key "
                    + keyId);
        }
    }

    private static ProblemException refused(String reason) {
        return new ProblemException(
                Problem.of(ProblemCode.REFUSED, reason).failing(Check.REP_0.id()));
    }

    /** Party index of the target. */
    int target() {
        return committee.party(request.target());
    }

    private Set<Integer> helpers() {
        var parties = new TreeSet<Integer>();
        request.helpers().forEach(player -> parties.add(committee.party(player)));
        return parties;
    }

    /** Who takes part. */
    Set<Integer> players() {
        var players = new TreeSet<>(request.helpers());
        players.add(request.target());
        return players;
    }

    Bytes32 targetId() {
        var member = committee.members().get(target());
        if (member == null) {
            throw new IllegalStateException("the target has no place in the key");
        }
        return member.id();
    }

    Group group() {
        return KeyNames.group(request.curve());
    }

    Scheme scheme() {
        return KeyNames.scheme(request.scheme());
    }
}
