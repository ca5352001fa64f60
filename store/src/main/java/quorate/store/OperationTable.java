package quorate.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The SQL of the tables {@code operation} and {@code declared_dead}. */
final class OperationTable {
    private static final String COLUMNS =
            """
            key_id, op_id, protocol_id, part, state, base_share_id, new_share_id, new_epoch, subject, created_at,
            updated_at
            """;
    private static final String OPEN = "state IN ('PENDING', 'COMMITTED', 'FROZEN')";

    private OperationTable() {}

    /** Whether the table of protocols.md 5.4 has this step. The database refuses any other by a trigger. */
    static boolean leadsTo(OperationState from, OperationState to) {
        return switch (from) {
            case PENDING -> to == OperationState.COMMITTED || to == OperationState.REFUSED;
            // R8: without a voice refusals of all others take it back at once.
            case COMMITTED -> to == OperationState.CLEAN
                    || to == OperationState.FROZEN
                    || to == OperationState.REVERTED;
            case FROZEN -> to == OperationState.CLEAN || to == OperationState.REVERTED;
            case CLEAN, REFUSED, REVERTED -> false;
        };
    }

    static void insert(Transaction transaction, Operation operation, OperationState state, Instant now)
            throws SQLException {
        transaction.changeOne(
                """
                INSERT INTO operation (key_id, op_id, protocol_id, part, state, base_share_id, new_share_id, new_epoch,
                    subject, created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                operation.keyId(),
                operation.opId(),
                operation.protocolId(),
                operation.part(),
                state,
                operation.baseShareId(),
                operation.newShareId(),
                operation.newEpoch(),
                operation.subject(),
                now,
                now);
    }

    static void move(
            Transaction transaction, String keyId, Bytes opId, OperationState from, OperationState to, Instant now)
            throws SQLException {
        transaction.changeOne(
                "UPDATE operation SET state = ?, updated_at = ? WHERE key_id = ? AND op_id = ? AND state = ?",
                to,
                now,
                keyId,
                opId,
                from);
    }

    static void requireNoneOpen(Transaction transaction, String keyId) throws SQLException {
        var open = open(transaction, keyId);
        if (open.isPresent()) {
            throw new OperationOpen(keyId, open.get().operation().opId(), open.get().state());
        }
    }

    static Optional<StoredOperation> find(Transaction transaction, String keyId, Bytes opId) throws SQLException {
        return only(select(transaction, "key_id = ? AND op_id = ?", keyId, opId));
    }

    static Optional<StoredOperation> open(Transaction transaction, String keyId) throws SQLException {
        return only(select(transaction, "key_id = ? AND " + OPEN, keyId));
    }

    static List<StoredOperation> allOpen(Transaction transaction) throws SQLException {
        return select(transaction, OPEN);
    }

    static List<StoredOperation> ofKey(Transaction transaction, String keyId) throws SQLException {
        return select(transaction, "key_id = ?", keyId);
    }

    static List<StoredOperation> named(Transaction transaction, Bytes opId) throws SQLException {
        return select(transaction, "op_id = ?", opId);
    }

    static boolean declareDead(
            Transaction transaction, String keyId, Bytes opId, Participant participant, Instant now)
            throws SQLException {
        return transaction.change(
                        """
                        INSERT OR IGNORE INTO declared_dead (key_id, op_id, role, party_index, declared_at)
                        VALUES (?, ?, ?, ?, ?)
                        """,
                        keyId,
                        opId,
                        participant.role(),
                        participant.index(),
                        now)
                == 1;
    }

    private static Optional<StoredOperation> only(List<StoredOperation> operations) {
        return operations.stream().findFirst();
    }

    private static List<StoredOperation> select(Transaction transaction, String condition, Object... values)
            throws SQLException {
        var withoutDead = transaction.rows(
                "SELECT " + COLUMNS + " FROM operation WHERE " + condition + " ORDER BY rowid",
                OperationTable::operation,
                values);
        var operations = new ArrayList<StoredOperation>();
        for (var stored : withoutDead) {
            var operation = stored.operation();
            var dead = dead(transaction, operation.keyId(), operation.opId());
            operations.add(
                    new StoredOperation(operation, stored.state(), dead, stored.createdAt(), stored.updatedAt()));
        }
        return List.copyOf(operations);
    }

    private static Set<Participant> dead(Transaction transaction, String keyId, Bytes opId) throws SQLException {
        return Set.copyOf(transaction.rows(
                "SELECT role, party_index FROM declared_dead WHERE key_id = ? AND op_id = ?",
                row -> new Participant(row.smallNumber("role"), row.smallNumber("party_index")),
                keyId,
                opId));
    }

    private static StoredOperation operation(Row row) throws SQLException {
        return new StoredOperation(
                new Operation(
                        row.text("key_id"),
                        row.bytes("op_id"),
                        row.smallNumber("protocol_id"),
                        row.constant("part", Part.class),
                        row.optionalBytes("base_share_id"),
                        row.optionalBytes("new_share_id"),
                        row.number("new_epoch"),
                        row.bytes("subject")),
                row.constant("state", OperationState.class),
                Set.of(),
                row.time("created_at"),
                row.time("updated_at"));
    }
}
