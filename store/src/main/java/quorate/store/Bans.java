package quorate.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Verdicts over pair states, kept for ever, and what administrators allowed after them (protocols.md 3.6). A ban is
 * durable when {@link #raise} returns; only then may anything be said about it.
 */
public final class Bans {
    private static final String COLUMNS = "number, key_id, setup, accuser, accused, reason, made_at, bytes";

    /** Between this node and a peer. An approval covers the bans up to its number. */
    static final String UNAPPROVED =
            """
            key_id = ? AND (accuser, accused) IN (
                    SELECT node_id, ? FROM node UNION ALL SELECT ?, node_id FROM node)
                AND number > (SELECT coalesce(max(bans), 0) FROM pair_approval WHERE key_id = ? AND peer = ?)
            """;

    private final Storage storage;

    Bans(Storage storage) {
        this.storage = storage;
    }

    /**
     * Stores a ban and wipes, where this node raised it, the pair states with the accused in this sharing.
     *
     * @param peer party index of the other in the sharing {@code shareId}, whose pair states are wiped; 0 wipes none
     */
    public void raise(
            String keyId, Bytes shareId, int peer, Bytes setup, Bytes accuser, Bytes accused, String reason, Bytes bytes) {
        storage.erase(t -> {
            insert(t, keyId, setup, accuser, accused, reason, bytes);
            t.change(
                    """
                    UPDATE pair_state SET sealed_state = zeroblob(length(sealed_state))
                    WHERE key_id = ? AND share_id = ? AND peer = ?
                    """,
                    keyId,
                    shareId,
                    peer);
            t.change(
                    "UPDATE pair_state SET sealed_state = x'' WHERE key_id = ? AND share_id = ? AND peer = ?",
                    keyId,
                    shareId,
                    peer);
            return true;
        });
    }

    /** Stores a ban that a peer raised, or gave back. False if it was known. */
    public boolean keep(String keyId, Bytes setup, Bytes accuser, Bytes accused, String reason, Bytes bytes) {
        return storage.write(t -> insert(t, keyId, setup, accuser, accused, reason, bytes));
    }

    /** All bans, in the order in which they became known. */
    public List<StoredBan> all() {
        return storage.read(t -> t.rows("SELECT " + COLUMNS + " FROM ban ORDER BY number", Bans::ban));
    }

    /** The bans of this accuser, to be given back to it (BAN-1). */
    public List<StoredBan> by(Bytes accuser) {
        return storage.read(t -> t.rows(
                "SELECT " + COLUMNS + " FROM ban WHERE accuser = ? ORDER BY number", Bans::ban, accuser));
    }

    /** Whether any ban names this setup. */
    public boolean names(String keyId, Bytes setup) {
        return storage.read(t -> t.exists("SELECT 1 FROM ban WHERE key_id = ? AND setup = ?", keyId, setup));
    }

    /** Whether this ban is known. */
    public boolean knows(String keyId, Bytes setup, Bytes accuser, Bytes accused) {
        return storage.read(t -> t.exists(
                "SELECT 1 FROM ban WHERE key_id = ? AND setup = ? AND accuser = ? AND accused = ?",
                keyId,
                setup,
                accuser,
                accused));
    }

    /** The bans between this node and {@code peer} that no administrator of this node has allowed to be overcome (PAIR-4). */
    public List<StoredBan> unapproved(String keyId, Bytes peer) {
        return storage.read(t -> t.rows(
                "SELECT " + COLUMNS + " FROM ban WHERE " + UNAPPROVED + " ORDER BY number",
                Bans::ban,
                keyId,
                peer,
                peer,
                keyId,
                peer));
    }

    /** An administrator allows a fresh set-up with {@code peer} after all bans known so far. */
    public void approve(String keyId, Bytes peer, String by) {
        storage.write(t -> t.change(
                """
                INSERT INTO pair_approval (key_id, peer, bans, approved_by, approved_at)
                VALUES (?, ?, (SELECT coalesce(max(number), 0) FROM ban), ?, ?) ON CONFLICT DO NOTHING
                """,
                keyId,
                peer,
                by,
                storage.now()));
    }

    /** Who approved last, if anybody did. */
    public Optional<String> approver(String keyId, Bytes peer) {
        return storage.read(t -> t.row(
                """
                SELECT approved_by FROM pair_approval WHERE key_id = ? AND peer = ? ORDER BY bans DESC LIMIT 1
                """,
                row -> row.text("approved_by"),
                keyId,
                peer));
    }

    private boolean insert(
            Transaction t, String keyId, Bytes setup, Bytes accuser, Bytes accused, String reason, Bytes bytes)
            throws SQLException {
        return t.change(
                        """
                        INSERT INTO ban (key_id, setup, accuser, accused, reason, made_at, bytes)
                        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                        """,
                        keyId,
                        setup,
                        accuser,
                        accused,
                        reason,
                        storage.now(),
                        bytes)
                == 1;
    }

    private static StoredBan ban(Row row) throws SQLException {
        return new StoredBan(
                row.number("number"),
                row.text("key_id"),
                row.bytes("setup"),
                row.bytes("accuser"),
                row.bytes("accused"),
                row.text("reason"),
                row.time("made_at"),
                row.bytes("bytes"));
    }
}
