package quorate.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Approvals of adoptions, and what an adoption does to the sharings of a key (protocols.md 5.4, Adoption). */
public final class Adoptions {
    /** "quarantine of an abandoned sharing", protocols.md 0.1. */
    private static final Duration QUARANTINE = Duration.ofDays(90);

    private final Storage storage;

    /** One signed approval, as the node encodes it. */
    public record Approval(String keyId, Bytes opId, int party, Bytes bytes) {}

    Adoptions(Storage storage) {
        this.storage = storage;
    }

    /** Keeps an approval that the node has verified. False: that party has approved in this operation before. */
    public boolean keep(Approval approval) {
        return storage.write(t -> t.change(
                        """
                        INSERT OR IGNORE INTO adoption (key_id, op_id, party_index, bytes, stored_at)
                        VALUES (?, ?, ?, ?, ?)
                        """,
                        approval.keyId(),
                        approval.opId(),
                        approval.party(),
                        approval.bytes(),
                        storage.now())
                == 1);
    }

    /** All approvals for a key, by operation and party. */
    public List<Approval> of(String keyId) {
        return storage.read(t -> of(t, keyId));
    }

    static List<Approval> of(Transaction t, String keyId) throws SQLException {
        return t.rows(
                "SELECT key_id, op_id, party_index, bytes FROM adoption WHERE key_id = ? ORDER BY op_id, party_index",
                row -> new Approval(
                        row.text("key_id"), row.bytes("op_id"), row.smallNumber("party_index"), row.bytes("bytes")),
                keyId);
    }

    /**
     * An adoption takes effect: of the sharings of the key the adopted one becomes ACTIVE and is offered; those that
     * are given up go to quarantine; any other is wiped. The open operation of the key ends REVERTED.
     *
     * @param open the open operation, with the statements that go with its end
     * @return WRONG_STATE if the operation is not open
     */
    public Outcome adopt(
            String keyId, Optional<Bytes> open, List<Statement> statements, Bytes adopted, List<Bytes> abandoned) {
        return storage.erase(t -> {
            if (open.isPresent()) {
                var stored = OperationTable.find(t, keyId, open.get());
                if (stored.isEmpty() || !stored.get().state().isOpen()) {
                    return Outcome.WRONG_STATE;
                }
                OperationTable.move(
                        t, keyId, open.get(), stored.get().state(), OperationState.REVERTED, storage.now());
                StatementTable.keep(t, keyId, open.get(), statements, storage.now());
            }
            for (var abandonedId : abandoned) {
                quarantine(t, keyId, abandonedId);
            }
            boolean holds = false;
            for (var role : Role.values()) {
                var sharing = Keys.sharing(t, keyId, role);
                boolean isAdopted = sharing.isPresent()
                        && sharing.get().sharing().shareId().equals(adopted);
                if (isAdopted && role != Role.ACTIVE) {
                    ShareTable.wipe(t, keyId, Role.ACTIVE);
                    ShareTable.move(t, keyId, adopted, role, Role.ACTIVE);
                } else if (sharing.isPresent() && !isAdopted) {
                    ShareTable.wipe(t, keyId, role);
                }
                holds |= isAdopted;
            }
            ShareTable.setState(t, keyId, holds ? KeyState.USABLE : KeyState.ABSENT);
            return Outcome.DONE;
        });
    }

    private void quarantine(Transaction t, String keyId, Bytes shareId) throws SQLException {
        t.change(
                """
                INSERT OR IGNORE INTO quarantine (key_id, share_id, epoch, n, degree, my_index, public_key, chain_code,
                    commitments, roster, sealed_share, since)
                SELECT key_id, share_id, epoch, n, degree, my_index, public_key, chain_code, commitments, roster,
                    sealed_share, ? FROM sharing WHERE key_id = ? AND share_id = ?
                """,
                storage.now(),
                keyId,
                shareId);
        for (var role : Role.values()) {
            var sharing = Keys.sharing(t, keyId, role);
            if (sharing.isPresent() && sharing.get().sharing().shareId().equals(shareId)) {
                ShareTable.wipe(t, keyId, role);
            }
        }
    }

    /** The sharings of a key that are in quarantine, newest epoch first. */
    public List<Bytes> quarantined(String keyId) {
        return storage.read(t -> t.rows(
                "SELECT share_id FROM quarantine WHERE key_id = ? ORDER BY epoch DESC",
                row -> row.bytes("share_id"),
                keyId));
    }

    /** Erases what has been in quarantine long enough; returns how many shares that were. */
    public int eraseOld() {
        var before = storage.now().minus(QUARANTINE);
        boolean any = storage.read(t -> t.exists("SELECT 1 FROM quarantine WHERE since < ?", before));
        return !any
                ? 0
                : storage.erase(t -> {
                    t.change(
                            "UPDATE quarantine SET sealed_share = zeroblob(length(sealed_share)) WHERE since < ?", before);
                    return t.change("DELETE FROM quarantine WHERE since < ?", before);
                });
    }
}
