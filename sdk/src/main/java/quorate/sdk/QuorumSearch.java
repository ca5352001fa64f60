package quorate.sdk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import quorate.api.KeyInfo;
import quorate.api.KeyState;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.api.Status;

/**
 * Finds {@code threshold} nodes that can sign with a key now: ready, linked to one another, no pair of them out of
 * use, holding the same sharing. Takes the first that answer, so a node that hangs delays nothing.
 */
final class QuorumSearch {
    private final FanOut<TsmClient> nodes;

    QuorumSearch(Collection<TsmClient> nodes) {
        this.nodes = new FanOut<>(nodes, TsmClient::player);
    }

    private record Offered(long epoch, String shareId) {}

    /** What one node says of itself and of its share. */
    private record Candidate(Readiness readiness, KeyInfo key) {
        static Candidate of(TsmClient client, String keyId) {
            var status = client.status();
            return new Candidate(withoutPairs(Readiness.of(status), status, keyId), client.key(keyId));
        }

        /** As if there were no link between two that cannot sign together. */
        private static Readiness withoutPairs(Readiness said, Status status, String keyId) {
            var apart = status.pairs().stream()
                    .filter(pair -> pair.keyId().equals(keyId) && pair.players().contains(said.player()))
                    .flatMap(pair -> pair.players().stream())
                    .collect(Collectors.toSet());
            var together =
                    said.canSignWith().stream().filter(peer -> !apart.contains(peer)).toList();
            return new Readiness(said.player(), said.ready(), together);
        }
    }

    List<Integer> quorumFor(String keyId, Set<Integer> avoided) {
        var answers = nodes.askUntil(
                client -> Candidate.of(client, keyId),
                soFar -> find(soFar, avoided).isPresent());
        if (answers.given().isEmpty()) {
            throw Failures.sum(answers.failures());
        }
        return find(answers, avoided).orElseThrow(() -> tooFew(keyId, answers));
    }

    private static Optional<List<Integer>> find(Answers<Candidate> answers, Set<Integer> avoided) {
        var held = new TreeMap<>(answers.given());
        held.keySet().removeAll(avoided);
        held.values().removeIf(candidate -> candidate.key().state() != KeyState.ACTIVE);
        // Two are offered while a reshare is not finished: the nodes use the newest that all of them offer.
        var sharings = new TreeMap<Offered, List<Candidate>>(
                Comparator.comparingLong(Offered::epoch).reversed().thenComparing(Offered::shareId));
        held.values().forEach(candidate -> candidate.key().offers().forEach(offer -> sharings.computeIfAbsent(
                        new Offered(offer.epoch(), offer.shareId().hex()), first -> new ArrayList<>())
                .add(candidate)));
        var readiness = new TreeMap<Integer, Readiness>();
        held.forEach((player, candidate) -> readiness.put(player, candidate.readiness()));
        return sharings.values().stream()
                .map(sharing -> Quorum.find(
                        sharing.getFirst().key().threshold(),
                        sharing.stream().map(c -> c.key().player()).toList(),
                        readiness))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static TsmException tooFew(String keyId, Answers<Candidate> answers) {
        var why = answers.all().stream()
                .map(answer -> switch (answer) {
                    case NodeAnswer.Given<Candidate>(int player, Candidate said) ->
                        "node " + player + (said.readiness().ready() ? " is ready" : " is not ready") + ", linked to "
                                + said.readiness().canSignWith() + ", share "
                                + said.key().state().wireName();
                    case NodeAnswer.Failed<Candidate>(int player, TsmException failure) ->
                        failure.problem().detail();
                })
                .collect(Collectors.joining("; "));
        int threshold = answers.given().firstEntry().getValue().key().threshold();
        return new TsmException.Unsettled(Problem.of(
                ProblemCode.NOT_ENOUGH_NODES,
                "key " + keyId + " needs " + threshold + " nodes that see one another: " + why));
    }
}
