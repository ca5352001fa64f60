package quorate.sdk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What several nodes answered to one question, by player. */
public final class Answers<T> {
    private final TreeMap<Integer, T> given = new TreeMap<>();
    private final TreeMap<Integer, TsmException> failures = new TreeMap<>();

    void add(NodeAnswer<T> answer) {
        switch (answer) {
            case NodeAnswer.Given<T> g -> given.put(g.player(), g.value());
            case NodeAnswer.Failed<T> f -> failures.put(f.player(), f.failure());
        }
    }

    public SortedMap<Integer, T> given() {
        return Collections.unmodifiableSortedMap(given);
    }

    public SortedMap<Integer, TsmException> failures() {
        return Collections.unmodifiableSortedMap(failures);
    }

    /** All of them, by player. */
    public List<NodeAnswer<T>> all() {
        var all = new ArrayList<NodeAnswer<T>>();
        given.forEach((player, value) -> all.add(new NodeAnswer.Given<>(player, value)));
        failures.forEach((player, failure) -> all.add(new NodeAnswer.Failed<>(player, failure)));
        all.sort((a, b) -> Integer.compare(a.player(), b.player()));
        return List.copyOf(all);
    }

    /** All failures as one, if there are any. */
    public Optional<TsmException> failure() {
        return failures.isEmpty() ? Optional.empty() : Optional.of(Failures.sum(failures));
    }

    /** Throws the sum of all failures, if there are any. */
    void requireAll() {
        failure().ifPresent(sum -> {
            throw sum;
        });
    }
}
