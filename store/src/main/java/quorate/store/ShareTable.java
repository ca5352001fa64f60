package quorate.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The changes of the tables {@code key} and {@code sharing} from which operations are made. */
final class ShareTable {
    private ShareTable() {}

    static void insertKey(Transaction transaction, KeyDescription key, KeyState state, Instant now)
            throws SQLException {
        transaction.changeOne(
                """
                INSERT INTO key (key_id, scheme, curve, purpose, attributes, state, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                key.keyId(),
                key.scheme(),
                key.curve(),
                key.purpose(),
                key.attributes(),
                state,
                now);
    }

    static void setState(Transaction transaction, String keyId, KeyState state) throws SQLException {
        transaction.changeOne("UPDATE key SET state = ? WHERE key_id = ?", state, keyId);
    }

    static void deleteKey(Transaction transaction, String keyId) throws SQLException {
        transaction.changeOne("DELETE FROM key WHERE key_id = ?", keyId);
    }

    static void insertSharing(
            Transaction transaction,
            String keyId,
            Sharing sharing,
            Role role,
            Optional<Bytes> opId,
            byte[] sealedShare,
            Instant now)
            throws SQLException {
        transaction.changeOne(
                """
                INSERT INTO sharing (key_id, share_id, role, epoch, n, degree, my_index, public_key, chain_code,
                    commitments, roster, op_id, sealed_share, stored_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                keyId,
                sharing.shareId(),
                role,
                sharing.epoch(),
                sharing.n(),
                sharing.degree(),
                sharing.index(),
                sharing.publicKey(),
                sharing.chainCode(),
                sharing.commitments(),
                sharing.roster(),
                opId,
                sealedShare,
                now);
    }

    static boolean holds(Transaction transaction, String keyId, Role role) throws SQLException {
        return transaction.exists("SELECT 1 FROM sharing WHERE key_id = ? AND role = ?", keyId, role);
    }

    /** Moves a sharing to another role; false if no sharing of that id has the first one. */
    static boolean move(Transaction transaction, String keyId, Bytes shareId, Role from, Role to) throws SQLException {
        return transaction.change(
                        "UPDATE sharing SET role = ? WHERE key_id = ? AND share_id = ? AND role = ?",
                        to,
                        keyId,
                        shareId,
                        from)
                == 1;
    }

    /** Overwrites, then deletes, with its pair states. Returns whether there was one. */
    static boolean wipe(Transaction transaction, String keyId, Role role) throws SQLException {
        transaction.change(
                """
                UPDATE sharing SET sealed_share = zeroblob(length(sealed_share)) WHERE key_id = ? AND role = ?
                """,
                keyId,
                role);
        transaction.change(
                """
                UPDATE pair_state SET sealed_state = zeroblob(length(sealed_state))
                WHERE key_id = ? AND share_id IN (SELECT share_id FROM sharing WHERE key_id = ? AND role = ?)
                """,
                keyId,
                keyId,
                role);
        return transaction.change("DELETE FROM sharing WHERE key_id = ? AND role = ?", keyId, role) == 1;
    }
}
