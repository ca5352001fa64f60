package quorate.store;

/** Which exports were imported here (IMP-3 of protocols.md 7.3). What is written here is kept for ever. */
public final class Imports {
    private final Storage storage;

    Imports(Storage storage) {
        this.storage = storage;
    }

    /**
     * Whether an operation that may still end with the key, or has, brought this export here. One that was refused or
     * reverted here never can, so the same files may be tried again.
     */
    public boolean isImported(Bytes exportId) {
        return storage.read(t -> t.exists(
                """
                SELECT 1 FROM import_record JOIN operation USING (key_id, op_id)
                WHERE export_id = ? AND operation.state NOT IN ('REFUSED', 'REVERTED')
                """,
                exportId));
    }

    /** Durable when it returns. Comes before the record of the operation. */
    public void record(Bytes exportId, String keyId, Bytes opId) {
        storage.write(t -> t.change(
                """
                INSERT INTO import_record (export_id, key_id, op_id, recorded_at) VALUES (?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """,
                exportId.requireLength(Sharing.ID_BYTES, "export id"),
                keyId,
                opId.requireLength(Sharing.ID_BYTES, "operation id"),
                storage.now()));
    }
}
