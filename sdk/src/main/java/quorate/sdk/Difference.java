package quorate.sdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A member in which the answers of nodes differ: every value with the nodes that gave it, most nodes first. */
public record Difference(String member, List<Value> values) {
    /** One value and the nodes that gave it. */
    public record Value(String value, List<Integer> nodes) {
        public Value {
            nodes = List.copyOf(nodes);
        }
    }

    public Difference {
        values = List.copyOf(values);
    }

    /** {@code "epoch is 2 at node 1, 3 and 1 at node 2"}. */
    @Override
    public String toString() {
        return values.stream()
                .map(v -> v.value() + " at node "
                        + v.nodes().stream().map(String::valueOf).collect(Collectors.joining(", ")))
                .collect(Collectors.joining(" and ", member + " is ", ""));
    }

    /** Compares answers member by member. */
    static <T> List<Difference> among(SortedMap<Integer, T> answers, Map<String, Function<T, Object>> members) {
        var differences = new ArrayList<Difference>();
        members.forEach((member, value) -> {
            var nodes = new TreeMap<String, List<Integer>>();
            answers.forEach((player, answer) -> nodes.computeIfAbsent(
                            String.valueOf(value.apply(answer)), v -> new ArrayList<>())
                    .add(player));
            if (nodes.size() > 1) {
                differences.add(new Difference(
                        member,
                        nodes.entrySet().stream()
                                .map(n -> new Value(n.getKey(), n.getValue()))
                                .sorted((a, b) -> Integer.compare(
                                        b.nodes().size(), a.nodes().size()))
                                .toList()));
            }
        });
        return List.copyOf(differences);
    }
}
