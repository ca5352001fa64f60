package quorate.store;

import java.time.Instant;
import java.util.Set;

/**
 * An operation as it stands.
 *
 * @param dead participants declared dead here for this record (R6)
 * @param updatedAt when its state last changed
 */
public record StoredOperation(
        Operation operation, OperationState state, Set<Participant> dead, Instant createdAt, Instant updatedAt) {
    public StoredOperation {
        dead = Set.copyOf(dead);
    }
}
