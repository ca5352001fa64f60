package quorate.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The secret side of what is stored, and the changes of a share that need no commit protocol. */
public final class Shares {
    private final Storage storage;
    private final Vault vault;
    private final int player;

    Shares(Storage storage, Vault vault, int player) {
        this.storage = storage;
        this.vault = vault;
        this.player = player;
    }

    /**
     * Opens a share for one use and wipes it afterwards.
     *
     * @throws Damaged if the row was changed, or comes from another key, player, epoch or database
     * @throws IllegalArgumentException if this node holds no such sharing
     */
    public <T, E extends Exception> T use(String keyId, Bytes shareId, SecretUse<T, E> use) throws E {
        return use(storage, vault, keyId, shareId, use);
    }

    /**
     * Stores a share that this node verified alone: repaired (protocols.md 6) or restored from a file (product.md
     * 2.3). It becomes ACTIVE and the key usable.
     *
     * @param replaces the ACTIVE sharing that it takes the place of, which is wiped; empty if there is none
     * @return BASE_DIFFERS if ACTIVE is not that sharing
     * @throws OperationOpen if the key has an open operation
     * @throws KeyIdTaken if the key was deleted here, or has other attributes
     */
    public Outcome install(KeyDescription key, Sharing sharing, byte[] share, Optional<Bytes> replaces) {
        var sealed = vault.sealShare(key.keyId(), sharing, share);
        return storage.erase(t -> {
            OperationTable.requireNoneOpen(t, key.keyId());
            return put(t, key, sharing, sealed, replaces);
        });
    }

    /**
     * The same for a share that is repaired while an operation of the key is open in which this database has no voice (R8
     * of protocols.md 5.4): the operation ends with it, and every other sharing of the key is wiped.
     *
     * @param opId of that operation
     * @param end CLEAN or REVERTED
     * @param statements what is kept with its end
     * @return WRONG_STATE if the operation is not open
     */
    public Outcome install(
            KeyDescription key,
            Sharing sharing,
            byte[] share,
            Optional<Bytes> replaces,
            Bytes opId,
            OperationState end,
            List<Statement> statements) {
        if (end != OperationState.CLEAN && end != OperationState.REVERTED) {
            throw new IllegalArgumentException("no repair ends an operation as " + end);
        }
        var sealed = vault.sealShare(key.keyId(), sharing, share);
        return storage.erase(t -> {
            var keyId = key.keyId();
            var open = OperationTable.open(t, keyId).filter(stored -> stored.operation().opId().equals(opId));
            if (open.isEmpty()) {
                return Outcome.WRONG_STATE;
            }
            if (!active(t, keyId).equals(replaces)) {
                return Outcome.BASE_DIFFERS;
            }
            ShareTable.wipe(t, keyId, Role.PENDING);
            ShareTable.wipe(t, keyId, Role.PREVIOUS);
            var outcome = put(t, key, sharing, sealed, replaces);
            var from = open.get().state();
            if (from == OperationState.PENDING) {
                // The table has no step from PENDING to here; nobody hears of the one in between.
                OperationTable.move(t, keyId, opId, from, OperationState.COMMITTED, storage.now());
                from = OperationState.COMMITTED;
            }
            OperationTable.move(t, keyId, opId, from, end, storage.now());
            StatementTable.keep(t, keyId, opId, statements, storage.now());
            return outcome;
        });
    }

    private Outcome put(Transaction t, KeyDescription key, Sharing sharing, byte[] sealed, Optional<Bytes> replaces)
            throws SQLException {
        if (!active(t, key.keyId()).equals(replaces)) {
            return Outcome.BASE_DIFFERS;
        }
        admitKey(t, key);
        ShareTable.wipe(t, key.keyId(), Role.ACTIVE);
        ShareTable.insertSharing(t, key.keyId(), sharing, Role.ACTIVE, Optional.empty(), sealed, storage.now());
        ShareTable.setState(t, key.keyId(), KeyState.USABLE);
        return Outcome.DONE;
    }

    private static Optional<Bytes> active(Transaction t, String keyId) throws SQLException {
        return Keys.sharing(t, keyId, Role.ACTIVE).map(stored -> stored.sharing().shareId());
    }

    /** Stops offering a key whose ACTIVE sharing was proven to be abandoned (TPC-5). Nothing is wiped. */
    public Outcome markStale(String keyId, Bytes shareId) {
        return storage.write(t -> {
            var active = Keys.sharing(t, keyId, Role.ACTIVE);
            if (active.isEmpty() || !active.get().sharing().shareId().equals(shareId)) {
                return Outcome.BASE_DIFFERS;
            }
            var marked = t.change("UPDATE key SET state = 'STALE' WHERE key_id = ? AND state = 'USABLE'", keyId);
            return marked == 1 ? Outcome.DONE : Outcome.WRONG_STATE;
        });
    }

    /**
     * Deletes this node's share of a key: leaves a tombstone and wipes the share, in one step.
     *
     * @param certificate the one with the highest newEpoch that this node holds
     * @return WRONG_STATE if this node holds no share of it
     * @throws OperationOpen if the key has an open operation
     */
    public Outcome delete(String keyId, Optional<Bytes> certificate) {
        return storage.erase(t -> {
            OperationTable.requireNoneOpen(t, keyId);
            var active = Keys.sharing(t, keyId, Role.ACTIVE);
            if (active.isEmpty()) {
                return Outcome.WRONG_STATE;
            }
            var publicKey = active.get().sharing().publicKey();
            Tombstones.insert(t, new Tombstone(player, keyId, publicKey, certificate, storage.now()));
            ShareTable.wipe(t, keyId, Role.ACTIVE);
            ShareTable.deleteKey(t, keyId);
            return Outcome.DONE;
        });
    }

    static <T, E extends Exception> T use(
            Reads reads, Vault vault, String keyId, Bytes shareId, SecretUse<T, E> use) throws E {
        var row = reads.read(t -> find(t, keyId, shareId))
                .orElseThrow(() -> new IllegalArgumentException(
                        "this node holds no sharing " + shareId + " of key " + keyId));
        return vault.useShare(keyId, row.sharing(), row.sealedShare().toArray(), use);
    }

    private record SealedRow(Sharing sharing, Bytes sealedShare) {}

    private static Optional<SealedRow> find(Transaction t, String keyId, Bytes shareId) throws SQLException {
        var stored = Keys.sharing(t, keyId, shareId);
        var sealed = t.row(
                "SELECT sealed_share FROM sharing WHERE key_id = ? AND share_id = ?",
                row -> row.bytes("sealed_share"),
                keyId,
                shareId);
        return stored.flatMap(some -> sealed.map(bytes -> new SealedRow(some.sharing(), bytes)));
    }

    private void admitKey(Transaction t, KeyDescription key) throws SQLException {
        var known = Keys.find(t, key.keyId());
        if (known.isPresent()) {
            if (!known.get().description().equals(key)) {
                throw new KeyIdTaken(key.keyId(), "a key with other attributes");
            }
        } else if (Tombstones.exists(t, player, key.keyId())) {
            throw new KeyIdTaken(key.keyId(), "the tombstone of a key that was deleted here");
        } else {
            ShareTable.insertKey(t, key, KeyState.NEW, storage.now());
        }
    }
}
