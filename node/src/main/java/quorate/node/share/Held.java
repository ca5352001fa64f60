package quorate.node.share;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import quorate.algebra.DecodingException;
import quorate.commit.Adoption;
import quorate.commit.Octets;
import quorate.store.Adoptions;
import quorate.store.Bytes;
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
 * @param approvals of adoptions of the key, verified before they were kept
 */
public record Held(
        Optional<StoredKey> key,
        Optional<Sharing> active,
        List<StoredOperation> operations,
        boolean deleted,
        List<Adoptions.Approval> approvals) {
    public Held {
        operations = List.copyOf(operations);
        approvals = List.copyOf(approvals);
    }

    public static Held in(Database database, String keyId) {
        return new Held(
                database.keys().find(keyId),
                database.keys().sharing(keyId, Role.ACTIVE).map(stored -> stored.sharing()),
                database.operations().ofKey(keyId),
                !database.keys().isFree(keyId) && database.keys().find(keyId).isEmpty(),
                database.adoptions().of(keyId));
    }

    public static Held in(Snapshot database, String keyId) {
        return new Held(
                database.keys().find(keyId),
                database.keys().sharing(keyId, Role.ACTIVE).map(stored -> stored.sharing()),
                database.operations(keyId),
                database.isDeleted(keyId),
                database.approvals(keyId));
    }

    /** The operation because of which others are answered BUSY (R0). */
    Optional<StoredOperation> open() {
        return operations.stream().filter(each -> !isClosed(each.state())).findFirst();
    }

    /** The last operation that this node knows to be done on all nodes, of which the result was not given up since. */
    Optional<Operation> finished(Set<Bytes> abandoned) {
        return operations.stream()
                .filter(each -> each.state() == OperationState.CLEAN)
                .map(StoredOperation::operation)
                .filter(operation -> operation.newShareId().filter(abandoned::contains).isEmpty())
                .reduce((one, other) -> one.newEpoch() > other.newEpoch() ? one : other);
    }

    /**
     * The sharings that adoptions gave up: more parties than may be corrupt have approved it (protocols.md 5.4).
     *
     * @param degree threshold - 1
     */
    Set<Bytes> abandoned(int degree) {
        var parties = new HashMap<Decision, Set<Integer>>();
        for (var approval : approvals) {
            var decision = Decision.of(approval);
            parties.computeIfAbsent(decision, first -> new HashSet<>()).add(approval.party());
        }
        return parties.entrySet().stream()
                .filter(decided -> decided.getValue().size() > degree)
                .flatMap(decided -> decided.getKey().abandoned().stream())
                .map(shareId -> Bytes.of(shareId.bytes()))
                .collect(Collectors.toSet());
    }

    private record Decision(Octets opId, Octets shareId, List<Octets> abandoned) {
        static Decision of(Adoptions.Approval approval) {
            try {
                var adoption = Adoption.decode(approval.bytes().toArray());
                return new Decision(adoption.opId(), adoption.shareId(), adoption.abandoned());
            } catch (DecodingException e) {
                throw new IllegalStateException("an approval of key " + approval.keyId() + " cannot be read", e);
            }
        }
    }

    private static boolean isClosed(OperationState state) {
        return switch (state) {
            case PENDING, COMMITTED, FROZEN -> false;
            case CLEAN, REFUSED, REVERTED -> true;
        };
    }
}
