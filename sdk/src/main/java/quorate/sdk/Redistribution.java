package quorate.sdk;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import quorate.api.Bytes;
import quorate.api.KeyInfo;
import quorate.api.KeyState;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.api.Redistribute;
import quorate.api.Redistributed;

/**
 * Gives keys to other players or copies them, as the administrator of all nodes that take part: reads what the key is,
 * chooses dealers, and asks every one of them for the same. Every call throws {@link TsmException}.
 */
public final class Redistribution {
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(500);

    private final SortedMap<Integer, AdminClient> nodes = new TreeMap<>();
    private final SessionIds ids;

    /** The clients stay the caller's to close. */
    public Redistribution(Collection<AdminClient> nodes, SecureRandom random) {
        nodes.forEach(node -> this.nodes.put(node.player(), node));
        this.ids = new SessionIds(random);
    }

    /** A random id for a copy. */
    public String keyId() {
        return ids.keyId();
    }

    /**
     * Asks the nodes what the key is, and who can deal.
     *
     * @throws TsmException NOT_ENOUGH_NODES if too few can, NODES_DISAGREE if the key is not the one that the operator means
     */
    public Redistribute plan(NewCommittee what) {
        var asked = new TreeMap<>(nodes);
        what.dead().forEach(asked::remove);
        var held = new FanOut<>(asked.values(), AdminClient::player).askEach(node -> node.key(what.keyId()));
        var view = KeyView.of(held).orElseThrow(() -> Failures.sum(held.failures()));
        var key = view.agreed();
        var players = what.players().isEmpty() ? without(key.players(), what.dead()) : what.players();
        int threshold = what.threshold().orElse(key.threshold());
        if (threshold > players.size()) {
            throw new IllegalArgumentException(
                    "threshold " + threshold + " is more than the " + players.size() + " players " + players);
        }
        return new Redistribute(
                ids.next(),
                what.copyId().orElse(null),
                players,
                threshold,
                dealers(view, held, key),
                what.dead().isEmpty() ? null : what.dead(),
                key.scheme(),
                key.curve(),
                key.threshold(),
                key.players(),
                point(key, what));
    }

    private static List<Integer> without(List<Integer> players, List<Integer> dead) {
        var living = new ArrayList<>(players);
        living.removeAll(dead);
        return living;
    }

    private static List<Integer> dealers(KeyView view, Answers<KeyInfo> held, KeyInfo key) {
        var able = new TreeSet<Integer>();
        held.given().forEach((player, record) -> {
            if (record.state() == KeyState.ACTIVE && key.players().contains(player)) {
                able.add(player);
            }
        });
        able.removeAll(view.dissenters());
        if (able.size() < key.threshold()) {
            throw refused(ProblemCode.NOT_ENOUGH_NODES, "giving key " + key.keyId() + " away needs " + key.threshold()
                    + " nodes that hold it alike; there are " + able
                    + held.failure().map(sum -> "; " + sum.problem().detail()).orElse(""));
        }
        return able.stream().limit(key.threshold()).toList();
    }

    /** The operator may give the key as verifiers take it. */
    private static Bytes point(KeyInfo key, NewCommittee what) {
        what.publicKey().filter(said -> !said.equals(key.publicKey()) && !said.equals(key.point())).ifPresent(said -> {
            throw refused(ProblemCode.NODES_DISAGREE, "the nodes hold public key " + key.publicKey().hex() + " as key "
                    + key.keyId() + ", not " + said.hex());
        });
        return key.point();
    }

    private static TsmException refused(ProblemCode code, String detail) {
        return new TsmException.Unsettled(Problem.of(code, detail));
    }

    /** Who is asked: both committees but for the dead; of a copy the dealers and the new players. */
    private static SortedSet<Integer> participants(Redistribute request) {
        var all = new TreeSet<>(request.copies() ? request.dealers() : request.players());
        request.gone().forEach(all::remove);
        all.addAll(request.newPlayers());
        return all;
    }

    /**
     * Carries it out. When this returns, every new player holds its share for good. If answers are missing, the same
     * request is repeated under the same id, which joins the operation at the nodes.
     *
     * @return the key as the new players hold it
     */
    public KeyInfo run(String keyId, Redistribute request) {
        var participants = participants(request);
        var asked = new TreeMap<>(nodes);
        asked.keySet().retainAll(participants);
        if (!asked.keySet().equals(participants)) {
            throw new IllegalArgumentException("this needs an administrator of each of " + participants + ", not only of "
                    + asked.keySet());
        }
        var operation = new KeyOperation<>(
                request.copies() ? "copy" : "redistribution",
                BETWEEN_ROUNDS,
                asked,
                AdminClient::player,
                AdminClient::readiness);
        var results = operation.collect(
                request.sessionId(), administrator -> administrator.redistribute(keyId, request));
        var held = new Answers<KeyInfo>();
        results.given().forEach((player, result) -> addKey(held, player, result));
        return KeyOperation.settled(request.sessionId(), held);
    }

    private static void addKey(Answers<KeyInfo> held, int player, Redistributed result) {
        var key = result.key();
        if (key != null) {
            held.add(new NodeAnswer.Given<>(player, key));
        }
    }
}
