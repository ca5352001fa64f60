package quorate.sdk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Who can sign with whom: nodes that are ready and whose links among one another are all up. */
public final class Quorum {
    private Quorum() {}

    /**
     * The first set of that size, lowest players first, in which everybody is ready and sees everybody.
     *
     * @param candidates who may take part
     * @param readiness what the nodes said of themselves
     */
    public static Optional<List<Integer>> find(
            int size, Collection<Integer> candidates, Map<Integer, Readiness> readiness) {
        var able = new TreeSet<>(candidates).stream()
                .filter(player -> {
                    var said = readiness.get(player);
                    return said != null && said.ready();
                })
                .toList();
        return extend(new ArrayList<>(), size, able, readiness);
    }

    private static Optional<List<Integer>> extend(
            List<Integer> chosen, int size, List<Integer> candidates, Map<Integer, Readiness> readiness) {
        if (chosen.size() == size) {
            return Optional.of(List.copyOf(chosen));
        }
        if (chosen.size() + classes(candidates, readiness) < size) {
            return Optional.empty();
        }
        for (int i = 0; i < candidates.size(); i++) {
            int next = candidates.get(i);
            chosen.add(next);
            var compatible = candidates.subList(i + 1, candidates.size()).stream()
                    .filter(other -> linked(next, other, readiness))
                    .toList();
            var found = extend(chosen, size, compatible, readiness);
            if (found.isPresent()) {
                return found;
            }
            chosen.removeLast();
        }
        return Optional.empty();
    }

    /**
     * No quorum has more than one player of a class in which nobody is linked to anybody, so a greedy partition into
     * such classes bounds its size. Without this bound the search takes seconds for 32 nodes.
     */
    private static int classes(List<Integer> players, Map<Integer, Readiness> readiness) {
        var classes = new ArrayList<List<Integer>>();
        for (int player : players) {
            classes.stream()
                    .filter(unlinked -> unlinked.stream().noneMatch(other -> linked(player, other, readiness)))
                    .findFirst()
                    .ifPresentOrElse(
                            unlinked -> unlinked.add(player), () -> classes.add(new ArrayList<>(List.of(player))));
        }
        return classes.size();
    }

    private static boolean linked(int one, int other, Map<Integer, Readiness> readiness) {
        return sees(one, other, readiness) && sees(other, one, readiness);
    }

    private static boolean sees(int one, int other, Map<Integer, Readiness> readiness) {
        var said = readiness.get(one);
        return said != null && said.canSignWith().contains(other);
    }
}
