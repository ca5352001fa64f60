package quorate.node.share;

import java.util.List;
import java.util.Optional;
import quorate.store.Database;
import quorate.store.Operation;
import quorate.store.OperationState;
import quorate.store.Role;
import quorate.store.Sharing;
import quorate.store.Snapshot;
import quorate.store.StoredKey;
import quorate.store.StoredOperation;

/**
 * What a database knows of one key before a share of it is put there.
 *
 * @param active the sharing that this node uses now
 * @param operations every operation on the key that it remembers; they stay when a share is lost
 * @param deleted whether the share of this node was deleted on purpose
 */
public record Held(
        Optional<StoredKey> key, Optional<Sharing> active, List<StoredOperation> operations, boolean deleted) {
    public Held {
        operations = List.copyOf(operations);
    }

    public static Held in(Database database, String keyId) {
        return new Held(
                database.keys().find(keyId),
                database.keys().sharing(keyId, Role.ACTIVE).map(stored -> stored.sharing()),
                database.operations().ofKey(keyId),
                !database.keys().isFree(keyId) && database.keys().find(keyId).isEmpty());
    }

    public static Held in(Snapshot database, String keyId) {
        return new Held(
                database.keys().find(keyId),
                database.keys().sharing(keyId, Role.ACTIVE).map(stored -> stored.sharing()),
                database.operations(keyId),
                database.isDeleted(keyId));
    }

    /** The operation because of which others are answered BUSY (R0). */
    Optional<StoredOperation> open() {
        return operations.stream().filter(each -> !isClosed(each.state())).findFirst();
    }

    /** The last operation that this node knows to be done on all nodes. */
    Optional<Operation> finished() {
        return operations.stream()
                .filter(each -> each.state() == OperationState.CLEAN)
                .map(StoredOperation::operation)
                .reduce((one, other) -> one.newEpoch() > other.newEpoch() ? one : other);
    }

    private static boolean isClosed(OperationState state) {
        return switch (state) {
            case PENDING, COMMITTED, FROZEN -> false;
            case CLEAN, REFUSED, REVERTED -> true;
        };
    }
}
