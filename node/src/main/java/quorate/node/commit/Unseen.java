package quorate.node.commit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import quorate.commit.Octets;
import quorate.commit.Operation;
import quorate.commit.Statement;
import quorate.store.Database;

/**
 * Operations of which this node has no record, and how much of them is kept: both statements and refusals stay for
 * ever, so peers get them only within limits, each within its own. Used under the lock of {@link Commits}.
 */
final class Unseen {
    /** Statements of one signer are kept of so many operations of a key. */
    static final int OPERATIONS = 64;

    /** A peer gets a refusal only so often. */
    private static final Duration REFUSE_EVERY = Duration.ofSeconds(5);

    private final Database database;
    private final Records records;
    private final Sharings sharings;
    private final Clock clock;
    private final Map<Octets, Map<Octets, Set<Octets>>> operations = new HashMap<>();
    private final Map<Integer, Instant> refusals = new HashMap<>();

    Unseen(Database database, Records records, Sharings sharings, Clock clock) {
        this.database = database;
        this.records = records;
        this.sharings = sharings;
        this.clock = clock;
    }

    /**
     * Keeps authentic statements about an operation, if there is room for them.
     *
     * @param expected whether a session of this process may still make a record of it
     */
    void keep(CommitFrame.Name name, List<Statement> authentic, boolean expected) {
        var kept = expected ? authentic : room(name, authentic);
        records.keep(name.keyId(), name.opId(), kept);
    }

    /** Statements about a key that is here may prove one day that its sharing is stale (TPC-5). */
    private List<Statement> room(CommitFrame.Name name, List<Statement> authentic) {
        var held = sharings.active(Records.text(name.keyId()));
        return held.isEmpty()
                ? List.of()
                : authentic.stream()
                        .filter(said -> held.get().parties().containsValue(said.signer()))
                        .filter(said -> isAmongPartiesOf(held.get(), said.operation()))
                        .filter(said -> hasRoomFor(name, said.signer()))
                        .toList();
    }

    /** Role 0 are the parties of the sharing that it starts from, in the seats that this node knows. */
    private static boolean isAmongPartiesOf(Sharings.Held held, Operation operation) {
        return operation.participants().stream()
                .filter(participant -> participant.seat().role() == 0)
                .allMatch(participant ->
                        participant.id().equals(held.parties().get(participant.seat().index())));
    }

    private boolean hasRoomFor(CommitFrame.Name name, Octets signer) {
        var of = operations
                .computeIfAbsent(name.keyId(), this::kept)
                .computeIfAbsent(signer, first -> new HashSet<>());
        if (!of.contains(name.opId()) && of.size() >= OPERATIONS) {
            return false;
        }
        of.add(name.opId());
        return true;
    }

    /** By signer the operations without a record here. Read once: all that is added goes through this object. */
    private Map<Octets, Set<Octets>> kept(Octets keyId) {
        var kept = new HashMap<Octets, Set<Octets>>();
        for (var opId : database.statements().operationsOf(Records.text(keyId))) {
            if (database.operations().find(Records.text(keyId), opId).isEmpty()) {
                records.statements(keyId, Records.octets(opId)).forEach(said -> kept.computeIfAbsent(
                                said.signer(), first -> new HashSet<>())
                        .add(Records.octets(opId)));
            }
        }
        return kept;
    }

    /**
     * The operation that {@code player} asks about, if it is to be refused: one in which this process has no part, or
     * which it forgot with its last one, cannot commit.
     */
    Optional<Operation> toRefuse(int player, List<Statement> statements) {
        var now = clock.instant();
        var last = refusals.get(player);
        if (last != null && Duration.between(last, now).compareTo(REFUSE_EVERY) < 0) {
            return Optional.empty();
        }
        var operation = statements.stream()
                .map(Statement::operation)
                .filter(Operation::hasResult)
                .filter(asked -> sharings.active(Records.text(asked.keyId()))
                        .filter(held -> !isAmongPartiesOf(held, asked))
                        .isEmpty())
                .findFirst();
        operation.ifPresent(refused -> refusals.put(player, now));
        return operation;
    }
}
