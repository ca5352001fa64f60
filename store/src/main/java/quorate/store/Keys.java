package quorate.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The public side of what is stored: keys and their sharings. Reads only, from the live database or a snapshot. */
public final class Keys {
    private static final String KEY_COLUMNS = "key_id, scheme, curve, purpose, attributes, state, created_at";
    private static final String SHARING_COLUMNS =
            """
            key_id, share_id, role, epoch, n, degree, my_index, public_key, chain_code, commitments, roster, op_id,
            stored_at
            """;

    private final Reads reads;
    private final int player;

    Keys(Reads reads, int player) {
        this.reads = reads;
        this.player = player;
    }

    /** Every key that this node knows, by id. */
    public List<StoredKey> all() {
        return reads.read(t -> t.rows("SELECT " + KEY_COLUMNS + " FROM key ORDER BY key_id", Keys::key));
    }

    /** The keys with which this node takes part in signing. */
    public List<StoredKey> usable() {
        return reads.read(t -> t.rows(
                "SELECT " + KEY_COLUMNS + " FROM key WHERE state = 'USABLE' ORDER BY key_id", Keys::key));
    }

    /** The smallest degree of the ACTIVE sharing of a usable key; empty without such keys. */
    public Optional<Integer> leastDegree() {
        return reads.read(t -> t.row(
                """
                SELECT degree FROM sharing JOIN key USING (key_id)
                WHERE state = 'USABLE' AND role = 'ACTIVE' ORDER BY degree LIMIT 1
                """,
                row -> row.smallNumber("degree")));
    }

    public Optional<StoredKey> find(String keyId) {
        return reads.read(t -> find(t, keyId));
    }

    /** Whether a key can be made under this id here: no key has it, and no key deleted here had it (COM-5). */
    public boolean isFree(String keyId) {
        return reads.read(t -> find(t, keyId).isEmpty() && !Tombstones.exists(t, player, keyId));
    }

    /** All sharings of a key, the highest epoch first. */
    public List<StoredSharing> sharings(String keyId) {
        return reads.read(t -> t.rows(
                "SELECT " + SHARING_COLUMNS + " FROM sharing WHERE key_id = ? ORDER BY epoch DESC, role",
                Keys::sharing,
                keyId));
    }

    public Optional<StoredSharing> sharing(String keyId, Bytes shareId) {
        return reads.read(t -> sharing(t, keyId, shareId));
    }

    public Optional<StoredSharing> sharing(String keyId, Role role) {
        return reads.read(t -> sharing(t, keyId, role));
    }

    /**
     * What this node offers to a session on the key (protocols.md 5.3), the highest epoch first: the ACTIVE sharing,
     * and PREVIOUS while it is kept; never PENDING, and nothing of a key that is not usable.
     */
    public List<Offer> offers(String keyId) {
        return reads.read(t -> t.rows(
                """
                SELECT epoch, share_id FROM sharing JOIN key USING (key_id)
                WHERE key_id = ? AND state = 'USABLE' AND role IN ('ACTIVE', 'PREVIOUS') ORDER BY epoch DESC
                """,
                row -> new Offer(row.number("epoch"), row.bytes("share_id")),
                keyId));
    }

    static Optional<StoredKey> find(Transaction transaction, String keyId) throws SQLException {
        return transaction.row("SELECT " + KEY_COLUMNS + " FROM key WHERE key_id = ?", Keys::key, keyId);
    }

    static Optional<StoredSharing> sharing(Transaction transaction, String keyId, Role role) throws SQLException {
        return transaction.row(
                "SELECT " + SHARING_COLUMNS + " FROM sharing WHERE key_id = ? AND role = ?",
                Keys::sharing,
                keyId,
                role);
    }

    static Optional<StoredSharing> sharing(Transaction transaction, String keyId, Bytes shareId) throws SQLException {
        return transaction.row(
                "SELECT " + SHARING_COLUMNS + " FROM sharing WHERE key_id = ? AND share_id = ?",
                Keys::sharing,
                keyId,
                shareId);
    }

    private static StoredKey key(Row row) throws SQLException {
        return new StoredKey(
                new KeyDescription(
                        row.text("key_id"),
                        row.text("scheme"),
                        row.text("curve"),
                        row.text("purpose"),
                        row.bytes("attributes")),
                row.constant("state", KeyState.class),
                row.time("created_at"));
    }

    private static StoredSharing sharing(Row row) throws SQLException {
        return new StoredSharing(
                row.text("key_id"),
                new Sharing(
                        row.bytes("share_id"),
                        row.number("epoch"),
                        row.smallNumber("n"),
                        row.smallNumber("degree"),
                        row.smallNumber("my_index"),
                        row.bytes("public_key"),
                        row.bytes("chain_code"),
                        row.bytes("commitments"),
                        row.bytes("roster")),
                row.constant("role", Role.class),
                row.optionalBytes("op_id"),
                row.time("stored_at"));
    }
}
