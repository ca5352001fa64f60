package quorate.store;

import java.sql.SQLException;
import java.util.List;

/** Deleted keys, of this node and of its peers. Never deleted. */
public final class Tombstones {
    private final Storage storage;

    Tombstones(Storage storage) {
        this.storage = storage;
    }

    /** Keeps the tombstone that a peer made, or that a peer returned to this node. False: it was there. */
    public boolean keep(Tombstone tombstone) {
        return storage.write(t -> insert(t, tombstone));
    }

    /** What that player deleted, the oldest first. */
    public List<Tombstone> of(int player) {
        return storage.read(t -> t.rows(
                """
                SELECT player, key_id, public_key, certificate, deleted_at FROM tombstone
                WHERE player = ? ORDER BY deleted_at, key_id
                """,
                row -> new Tombstone(
                        row.smallNumber("player"),
                        row.text("key_id"),
                        row.bytes("public_key"),
                        row.optionalBytes("certificate"),
                        row.time("deleted_at")),
                player));
    }

    static boolean insert(Transaction transaction, Tombstone tombstone) throws SQLException {
        return transaction.change(
                        """
                        INSERT OR IGNORE INTO tombstone (player, key_id, public_key, certificate, deleted_at)
                        VALUES (?, ?, ?, ?, ?)
                        """,
                        tombstone.player(),
                        tombstone.keyId(),
                        tombstone.publicKey(),
                        tombstone.certificate(),
                        tombstone.deletedAt())
                == 1;
    }

    static boolean exists(Transaction transaction, int player, String keyId) throws SQLException {
        return transaction.exists("SELECT 1 FROM tombstone WHERE player = ? AND key_id = ?", player, keyId);
    }
}
