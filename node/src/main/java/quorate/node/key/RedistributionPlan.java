package quorate.node.key;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import quorate.api.Bytes;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.api.Redistribute;
import quorate.commit.Degrees;
import quorate.node.config.Roster;
import quorate.node.problem.ProblemException;
import quorate.reshare.Plan;
import quorate.rounds.Check;
import quorate.rounds.Entry;

/**
 * A redistribution or copy that was asked for, as this node understands it: who takes part, and where this node sits.
 *
 * @param keyId of the key as it is
 * @param held the sharing that this node takes part with as an old party
 * @param old the players of the key
 * @param fresh the players of the new sharing
 * @param present the players of {@code old} that take part
 * @param plan params of AGREE
 */
record RedistributionPlan(
        String keyId,
        Redistribute request,
        Optional<LoadedKey> held,
        Committee old,
        Committee fresh,
        List<Integer> present,
        Plan plan) {

    /**
     * Checks the request against what this node knows of players and key.
     *
     * @param keys asked only if this node takes part as an old party
     * @throws ProblemException PLAYER_UNKNOWN, BAD_REQUEST, or why this node cannot take part
     */
    static RedistributionPlan of(String keyId, Redistribute request, Roster roster, KeyRing keys, int me) {
        var present = new ArrayList<>(request.copies() ? request.dealers() : request.players());
        present.removeAll(request.gone());
        var fresh = committee(request.newPlayers(), roster);
        if (!present.contains(me) && fresh.party(me) == 0) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "player " + me + " takes no part: neither one of " + present + " nor of " + request.newPlayers());
        }
        var held = present.contains(me)
                ? Optional.of(keys.offers(keyId).getFirst())
                : Optional.<LoadedKey>empty();
        held.ifPresent(key -> requireSameKey(key, request));
        var old = held.map(LoadedKey::committee).orElseGet(() -> committee(request.players(), roster));
        var dealers = new TreeSet<Integer>();
        request.dealers().forEach(dealer -> dealers.add(old.party(dealer)));
        var target = request.targetOf(keyId);
        if (request.copies() && target.equals(keyId)) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "a copy of key " + keyId + " has another id");
        }
        var plan = new Plan(
                request.copies(),
                KeyOperations.name(target).bytes(),
                fresh.size(),
                request.newThreshold() - 1,
                fresh.digest(),
                dealers,
                request.publicKey().toArray());
        return new RedistributionPlan(keyId, request, held, old, fresh, List.copyOf(present), plan);
    }

    private static Committee committee(List<Integer> players, Roster roster) {
        return Committee.of(players.stream()
                .map(player -> {
                    if (player > roster.size()) {
                        throw new ProblemException(
                                ProblemCode.PLAYER_UNKNOWN,
                                "player " + player + " is neither in the roster of this node nor registered since;"
                                        + " it knows 1 to " + roster.size());
                    }
                    var card = roster.player(player);
                    return new Committee.Member(player, card.tlsPin(), card.statementKey());
                })
                .toList());
    }

    /** RSH-5, before anything is said: the operator means the key that this node holds. */
    private static void requireSameKey(LoadedKey key, Redistribute request) {
        var sharing = key.sharing();
        var point = sharing.publicKey().encode();
        require(
                Arrays.equals(point, request.publicKey().toArray()),
                "this node holds public key " + Bytes.of(point).hex() + ", not " + request.publicKey().hex());
        require(
                sharing.scheme() == KeyNames.scheme(request.scheme())
                        && sharing.group() == KeyNames.group(request.curve()),
                "this node holds a key of another scheme or curve");
        require(
                sharing.threshold() == request.threshold() && key.committee().players().equals(request.players()),
                "this node holds a key of threshold " + sharing.threshold() + " of players "
                        + key.committee().players() + ", not " + request.threshold() + " of " + request.players());
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ProblemException(Problem.of(ProblemCode.PEERS_DISAGREE, Check.RSH_5.id() + ": " + otherwise)
                    .failing(Check.RSH_5.id()));
        }
    }

    /** The id under which the new players hold the key. */
    String target() {
        return request.targetOf(keyId);
    }

    /** Whether this node, which is {@code me}, is one of the new players. */
    boolean receives(int me) {
        return fresh.party(me) != 0;
    }

    /** Whether this node, which holds a share, shares it; else it observes. */
    boolean deals(int me) {
        return request.dealers().contains(me);
    }

    /** Of a copy only the new players commit. */
    boolean commits(int me) {
        return !request.copies() || receives(me);
    }

    /** Players by {@link Entry#address}. */
    SortedMap<Integer, Integer> players() {
        var players = new TreeMap<Integer, Integer>();
        present.forEach(player -> players.put(Entry.address(0, old.party(player)), player));
        fresh.members().forEach((party, member) -> players.put(Entry.address(1, party), member.player()));
        return players;
    }

    Degrees degrees() {
        return plan.degrees(request.threshold() - 1);
    }
}
