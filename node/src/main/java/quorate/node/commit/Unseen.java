package quorate.node.commit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quorate.commit.Operation;
import quorate.commit.Statement;
import quorate.store.Database;

/**
 * Operations of which this node has no record, and how much of them is kept: both statements and refusals stay for
 * ever, so peers get them only within limits. Used under the lock of {@link Commits}.
 */
final class Unseen {
    /** Statements are kept of so many operations of a key. */
    static final int OPERATIONS = 64;

    /** A peer gets a refusal only so often. */
    private static final Duration REFUSE_EVERY = Duration.ofSeconds(5);

    private final Database database;
    private final Clock clock;
    private final Map<Integer, Instant> refusals = new HashMap<>();

    Unseen(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Keeps authentic statements about an operation, if there is room for them.
     *
     * @param expected whether a session of this process may still make a record of it
     */
    void keep(CommitFrame.Name name, List<Statement> authentic, boolean expected) {
        if (expected || hasRoomFor(name)) {
            database.statements()
                    .keep(Records.text(name.keyId()), Records.bytes(name.opId()), Records.rows(authentic));
        }
    }

    /** Statements about a key that is here may prove one day that its sharing is stale (TPC-5). */
    private boolean hasRoomFor(CommitFrame.Name name) {
        var keyId = Records.text(name.keyId());
        if (database.keys().find(keyId).isEmpty()) {
            return false;
        }
        var known = database.statements().operationsOf(keyId);
        int unseen = known.size() - database.operations().ofKey(keyId).size();
        return known.contains(Records.bytes(name.opId())) || unseen < OPERATIONS;
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
        var operation =
                statements.stream().map(Statement::operation).filter(Operation::hasResult).findFirst();
        operation.ifPresent(refused -> refusals.put(player, now));
        return operation;
    }
}
