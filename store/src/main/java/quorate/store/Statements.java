package quorate.store;

import java.util.List;

/**
 * Signed statements of protocols.md 5.4, kept for ever (R7), also of operations that this database does not know.
 * The node verifies a statement before it keeps it, and bounds what it keeps of one signer: the store does not know who
 * that is, because a dishonest one lists itself in any seat.
 */
public final class Statements {
    private final Storage storage;

    Statements(Storage storage) {
        this.storage = storage;
    }

    /** Keeps statements that a peer showed, all of them; returns how many were not known yet. */
    public int keep(String keyId, Bytes opId, List<Statement> statements) {
        return storage.write(t -> StatementTable.keep(t, keyId, opId, statements, storage.now()));
    }

    /** All of one operation, by signer, in the order in which they were kept. */
    public List<Statement> of(String keyId, Bytes opId) {
        return storage.read(t -> StatementTable.of(t, keyId, opId));
    }

    /** The ids of all operations of a key of which anything was said, known here or not. */
    public List<Bytes> operationsOf(String keyId) {
        return storage.read(t -> t.rows(
                "SELECT DISTINCT op_id FROM statement WHERE key_id = ? ORDER BY op_id",
                row -> row.bytes("op_id"),
                keyId));
    }
}
