package quorate.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuorumTest {
    @Test
    void takesTheLowestPlayersThatSeeOneAnother() {
        var readiness = Map.of(1, ready(1, 2, 3), 2, ready(2, 1, 3), 3, ready(3, 1, 2));

        assertThat(Quorum.find(2, List.of(3, 2, 1), readiness)).contains(List.of(1, 2));
        assertThat(Quorum.find(3, List.of(1, 2, 3), readiness)).contains(List.of(1, 2, 3));
    }

    @Test
    void passesByALinkThatOnlyOneSideSees() {
        var readiness = Map.of(1, ready(1, 2, 3), 2, ready(2, 3), 3, ready(3, 1, 2));

        assertThat(Quorum.find(2, List.of(1, 2, 3), readiness)).contains(List.of(1, 3));
    }

    @Test
    void findsNoneWhereEveryoneIsLinkedButNotToEachOther() {
        var ring = Map.of(1, ready(1, 2, 4), 2, ready(2, 1, 3), 3, ready(3, 2, 4), 4, ready(4, 1, 3));

        assertThat(Quorum.find(3, List.of(1, 2, 3, 4), ring)).isEmpty();
        assertThat(Quorum.find(2, List.of(1, 2, 3, 4), ring)).contains(List.of(1, 2));
    }

    @Test
    void takesOnlyCandidatesThatAnsweredAndAreReady() {
        var readiness = Map.of(1, new Readiness(1, false, List.of(2, 3)), 2, ready(2, 1, 3), 3, ready(3, 2));

        assertThat(Quorum.find(2, List.of(1, 2, 3, 4), readiness)).contains(List.of(2, 3));
        assertThat(Quorum.find(2, List.of(1, 2), readiness)).isEmpty();
    }

    @Test
    void searchesTheLargestClusterQuickly() {
        var readiness = new TreeMap<Integer, Readiness>();
        var all = IntStream.rangeClosed(1, 32).boxed().toList();
        all.forEach(player -> readiness.put(
                player,
                new Readiness(
                        player, true, all.stream().filter(p -> p / 2 != player / 2).toList())));

        assertThat(Quorum.find(17, all, readiness)).hasValueSatisfying(found -> assertThat(found).hasSize(17));
        assertThat(Quorum.find(18, all, readiness)).isEmpty();
    }

    private static Readiness ready(int player, Integer... linked) {
        return new Readiness(player, true, List.of(linked));
    }
}
