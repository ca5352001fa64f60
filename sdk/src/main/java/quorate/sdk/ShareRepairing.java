package quorate.sdk;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import quorate.api.Bytes;
import quorate.api.KeyInfo;
import quorate.api.KeyState;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.api.RepairShare;
import quorate.api.RepairState;
import quorate.api.ShareRepair;

/**
 * Repairs shares as the administrator of nodes: reads what the key is, chooses helpers, and approves the same session on
 * every one of them and on the target. Nodes of other administrators are approved by these, under the same session id.
 * Every call throws {@link TsmException}.
 */
public final class ShareRepairing {
    private final SortedMap<Integer, AdminClient> nodes = new TreeMap<>();
    private final SessionIds ids;

    /** The clients stay the caller's to close. */
    public ShareRepairing(Collection<AdminClient> nodes, SecureRandom random) {
        nodes.forEach(node -> this.nodes.put(node.player(), node));
        this.ids = new SessionIds(random);
    }

    /**
     * Asks the nodes what the key is, and who can help.
     *
     * @throws TsmException REFUSED if the key has no repair, NOT_ENOUGH_NODES if too few can help, NODES_DISAGREE if the
     *     key is not the one that the operator means
     */
    public RepairShare plan(Repairing what) {
        var held = new FanOut<>(nodes.values(), AdminClient::player).askEach(node -> node.key(what.keyId()));
        var others = new Answers<KeyInfo>();
        held.all().stream().filter(answer -> answer.player() != what.target()).forEach(others::add);
        var view = KeyView.of(others).or(() -> KeyView.of(held)).orElseThrow(() -> Failures.sum(held.failures()));
        var key = view.agreed();
        requireRepairable(key, what.target());
        return new RepairShare(
                what.sessionId().orElseGet(ids::next),
                what.target(),
                what.helpers().isEmpty() ? helpers(view, others, what.target()) : what.helpers(),
                key.scheme(),
                key.curve(),
                key.threshold(),
                key.players(),
                what.publicKey().map(said -> point(key, said)).orElse(null),
                Math.toIntExact(what.patience().toSeconds()));
    }

    private static void requireRepairable(KeyInfo key, int target) {
        if (key.threshold() == key.players().size()) {
            throw refused(ProblemCode.REFUSED, "REP-0: key " + key.keyId() + " needs all of its " + key.threshold()
                    + " nodes, so the others cannot repair a share: restore a backup of node " + target);
        }
        if (!key.players().contains(target)) {
            throw refused(ProblemCode.REFUSED,
                    "REP-0: node " + target + " is not one of the nodes " + key.players() + " of key " + key.keyId());
        }
    }

    private static List<Integer> helpers(KeyView view, Answers<KeyInfo> others, int target) {
        var key = view.agreed();
        var able = new TreeSet<Integer>();
        others.given().forEach((player, held) -> {
            if (held.state() == KeyState.ACTIVE && key.players().contains(player)) {
                able.add(player);
            }
        });
        able.removeAll(view.dissenters());
        if (able.size() < key.threshold()) {
            throw refused(ProblemCode.NOT_ENOUGH_NODES, "a repair of node " + target + " needs " + key.threshold()
                    + " other nodes that hold key " + key.keyId() + " alike; there are " + able
                    + others.failure().map(sum -> "; " + sum.problem().detail()).orElse(""));
        }
        return able.stream().limit(key.threshold()).toList();
    }

    /** The operator may give the key as verifiers take it. */
    private static Bytes point(KeyInfo key, Bytes said) {
        if (!said.equals(key.publicKey()) && !said.equals(key.point())) {
            throw refused(ProblemCode.NODES_DISAGREE, "the nodes hold public key " + key.publicKey().hex() + " as key "
                    + key.keyId() + ", not " + said.hex());
        }
        return key.point();
    }

    private static TsmException refused(ProblemCode code, String detail) {
        return new TsmException.Unsettled(Problem.of(code, detail));
    }

    /**
     * Approves the repair on the nodes of this administrator that take part, and waits until they have done their parts.
     *
     * @param progress told how far the nodes have come, whenever they are asked
     * @return what every one of them came to
     */
    public SortedMap<Integer, ShareRepair> run(
            String keyId, RepairShare request, Consumer<SortedMap<Integer, ShareRepair>> progress) {
        var waiting = new TreeMap<>(nodes);
        waiting.keySet().removeIf(player -> player != request.target() && !request.helpers().contains(player));
        if (waiting.isEmpty()) {
            throw refused(ProblemCode.NOT_ENOUGH_NODES, "no node of this repair is one of " + nodes.keySet());
        }
        long deadline = System.nanoTime() + Duration.ofSeconds(request.waits()).toNanos();
        var states = new TreeMap<Integer, ShareRepair>();
        while (true) {
            var answers = new FanOut<>(waiting.values(), AdminClient::player)
                    .askTogether(node -> node.repair(keyId, request));
            states.putAll(answers.given());
            progress.accept(states);
            waiting.keySet().removeIf(player -> {
                var state = states.get(player);
                return state != null && state.state() != RepairState.WAITING;
            });
            answers.failure().ifPresent(sum -> {
                throw inSession(sum, request);
            });
            if (waiting.isEmpty()) {
                return states;
            }
            if (System.nanoTime() > deadline) {
                throw inSession(
                        refused(ProblemCode.PEER_SILENT, "nodes " + waiting.keySet() + " still wait for the others"),
                        request);
            }
        }
    }

    private static TsmException inSession(TsmException failure, RepairShare request) {
        return failure.problem().sessionId() == null
                ? failure.reporting(failure.problem().inSession(request.sessionId()))
                : failure;
    }
}
