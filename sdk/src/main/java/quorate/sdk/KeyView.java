package quorate.sdk;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import quorate.api.Bytes;
import quorate.api.KeyInfo;
import quorate.api.KeyState;
import quorate.api.Problem;
import quorate.api.ProblemCode;

/**
 * A key as all nodes hold it.
 *
 * @param agreed the key as most nodes hold it; with as many, the one of the highest epoch
 * @param nodes what every node answered, by player; only players of the key and nodes that hold it
 * @param differences where nodes that hold the key disagree about it
 */
public record KeyView(KeyInfo agreed, List<NodeAnswer<KeyInfo>> nodes, List<Difference> differences) {
    private static final Map<String, Function<KeyInfo, Object>> MEMBERS = members();

    /** What a reshare changes. */
    private static final Set<String> OF_THE_EPOCH = Set.of("epoch", "shareId", "commitment");

    public KeyView {
        nodes = List.copyOf(nodes);
        differences = List.copyOf(differences);
    }

    /** The nodes whose key is not the agreed one. */
    public List<Integer> dissenters() {
        var dissenters = new TreeSet<Integer>();
        for (var answer : nodes) {
            if (answer instanceof NodeAnswer.Given<KeyInfo>(int player, KeyInfo key)
                    && !identity(key).equals(identity(agreed))) {
                dissenters.add(player);
            }
        }
        return List.copyOf(dissenters);
    }

    /**
     * The nodes that can still sign together, if they see one another: those that answered and offer one and the same
     * sharing, the most of them. The key can be used while they are as many as its threshold.
     */
    public List<Integer> signers() {
        var offering = new LinkedHashMap<Bytes, TreeSet<Integer>>();
        for (var answer : nodes) {
            if (answer instanceof NodeAnswer.Given<KeyInfo>(int player, KeyInfo key) && key.state() == KeyState.ACTIVE) {
                key.offers().forEach(offer -> offering.computeIfAbsent(offer.shareId(), first -> new TreeSet<>())
                        .add(player));
            }
        }
        return offering.values().stream()
                .max(Comparator.comparingInt(Set::size))
                .map(List::copyOf)
                .orElse(List.of());
    }

    /** The disagreement as a problem that names members, values and nodes; empty if all nodes agree. */
    public Optional<Problem> disagreement() {
        return disagreement(differences);
    }

    /**
     * The same about what the key is for those who verify its signatures. A node that holds the share of another epoch
     * does not disagree about that.
     */
    public Optional<Problem> disagreementAboutPublicKey() {
        return disagreement(differences.stream()
                .filter(difference -> !OF_THE_EPOCH.contains(difference.member()))
                .toList());
    }

    private Optional<Problem> disagreement(List<Difference> about) {
        return about.isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.of(
                        ProblemCode.NODES_DISAGREE,
                        "key " + agreed.keyId() + ": "
                                + about.stream().map(Difference::toString).collect(Collectors.joining("; "))));
    }

    /** Compares what the nodes hold; empty if none of them has the key. */
    static Optional<KeyView> of(Answers<KeyInfo> answers) {
        return agreed(answers.given()).map(agreed -> {
            var concerned = new TreeSet<>(agreed.players());
            concerned.addAll(answers.given().keySet());
            var nodes = answers.all().stream()
                    .filter(answer -> concerned.contains(answer.player()))
                    .toList();
            return new KeyView(agreed, nodes, Difference.among(answers.given(), MEMBERS));
        });
    }

    private static Optional<KeyInfo> agreed(SortedMap<Integer, KeyInfo> held) {
        var votes = new LinkedHashMap<Object, List<KeyInfo>>();
        held.values().forEach(key -> votes.merge(identity(key), List.of(key), KeyView::joined));
        return votes.values().stream()
                .max(Comparator.<List<KeyInfo>>comparingInt(List::size)
                        .thenComparingLong(keys -> keys.getFirst().epoch()))
                .map(List::getFirst);
    }

    private static List<KeyInfo> joined(List<KeyInfo> one, List<KeyInfo> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    private static Map<String, Object> identity(KeyInfo key) {
        var identity = new TreeMap<String, Object>();
        MEMBERS.forEach((member, value) -> identity.put(member, value.apply(key)));
        return identity;
    }

    /** What must be equal at all nodes; the time of creation and the state are each node's own. */
    private static Map<String, Function<KeyInfo, Object>> members() {
        var members = new LinkedHashMap<String, Function<KeyInfo, Object>>();
        members.put("epoch", KeyInfo::epoch);
        members.put("publicKey", KeyInfo::publicKey);
        members.put("point", KeyInfo::point);
        members.put("curve", key -> key.curve().wireName());
        members.put("scheme", key -> key.scheme().wireName());
        members.put("threshold", KeyInfo::threshold);
        members.put("players", KeyInfo::players);
        members.put("shareId", KeyInfo::shareId);
        members.put("chainCode", KeyInfo::chainCode);
        members.put("purpose", KeyInfo::purpose);
        members.put("minPathLength", KeyInfo::minPathLength);
        members.put("messagesOnly", KeyInfo::messagesOnly);
        members.put("presignatures", KeyInfo::presignatures);
        members.put("commitment", KeyInfo::commitment);
        return members;
    }
}
