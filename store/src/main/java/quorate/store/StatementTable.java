package quorate.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The SQL of the table {@code statement}. Rows are only ever added. */
final class StatementTable {
    private StatementTable() {}

    /** Adds those that are not there yet; returns how many those are. */
    static int keep(Transaction transaction, String keyId, Bytes opId, List<Statement> statements, Instant now)
            throws SQLException {
        var added = 0;
        for (var statement : statements) {
            added += add(transaction, keyId, opId, statement, now);
        }
        return added;
    }

    static List<Statement> of(Transaction transaction, String keyId, Bytes opId) throws SQLException {
        return transaction.rows(
                """
                SELECT role, party_index, verb, bytes FROM statement
                WHERE key_id = ? AND op_id = ? ORDER BY role, party_index, rowid
                """,
                row -> new Statement(
                        new Participant(row.smallNumber("role"), row.smallNumber("party_index")),
                        row.constant("verb", Verb.class),
                        row.bytes("bytes")),
                keyId,
                opId);
    }

    private static int add(Transaction transaction, String keyId, Bytes opId, Statement statement, Instant now)
            throws SQLException {
        return transaction.change(
                """
                INSERT INTO statement (key_id, op_id, role, party_index, verb, digest, bytes, stored_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (key_id, op_id, role, party_index, verb, digest) DO NOTHING
                """,
                keyId,
                opId,
                statement.signer().role(),
                statement.signer().index(),
                statement.verb(),
                Sha256.of(statement.bytes()),
                statement.bytes(),
                now);
    }
}
