package quorate.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The commit records of protocols.md 5.4. Each change is one durable transaction of the table there: when it returns,
 * the statement that announces it may leave. The statements given with a change (this node's own, and those that
 * justify it) are kept in the same transaction. Every change fails with {@link NotOwner} in a process that lost the
 * database.
 *
 * <p>The store enforces the order of the states, the compare-and-set on the base, and one open operation per key.
 * What it cannot judge is its caller's: whether a certificate is one, and whether the statements named in the table
 * are there.
 */
public final class Operations {
    private final Storage storage;
    private final Vault vault;
    private final int player;

    Operations(Storage storage, Vault vault, int player) {
        this.storage = storage;
        this.vault = vault;
        this.player = player;
    }

    /**
     * none → PENDING for a node that gets a key: generated, copied, imported, or joined.
     *
     * @param share the secret share; the caller wipes it
     * @param pairs the pair states that were made with it; none unless the key is one for ECDSA
     * @throws OperationOpen if the key has an open operation (TPC-2)
     * @throws KeyIdTaken if the id is not free (COM-5)
     */
    public void writePending(
            KeyDescription key,
            Operation operation,
            Sharing sharing,
            byte[] share,
            List<NewPairState> pairs,
            List<Statement> statements) {
        if (operation.part().replacesSharing() || !key.keyId().equals(operation.keyId())) {
            throw new IllegalArgumentException("a new key comes with a new, imported or joined sharing of its id");
        }
        var sealed = seal(operation, sharing, share);
        storage.write(t -> {
            OperationTable.requireNoneOpen(t, operation.keyId());
            admitKey(t, key, operation.part());
            return insertPending(t, operation, Optional.of(new Result(sharing, sealed, pairs)), statements);
        });
    }

    /** The same for a key without pair states, which is every key but those for ECDSA. */
    public void writePending(
            KeyDescription key, Operation operation, Sharing sharing, byte[] share, List<Statement> statements) {
        writePending(key, operation, sharing, share, List.of(), statements);
    }

    /** none → PENDING for a node whose sharing is replaced. Exceptions as above. */
    public void writePending(
            Operation operation,
            Sharing sharing,
            byte[] share,
            List<NewPairState> pairs,
            List<Statement> statements) {
        requirePart(operation, Part.STAYS);
        var sealed = seal(operation, sharing, share);
        storage.write(t -> {
            OperationTable.requireNoneOpen(t, operation.keyId());
            requireKey(t, operation.keyId());
            return insertPending(t, operation, Optional.of(new Result(sharing, sealed, pairs)), statements);
        });
    }

    /** The same without pair states. */
    public void writePending(Operation operation, Sharing sharing, byte[] share, List<Statement> statements) {
        writePending(operation, sharing, share, List.of(), statements);
    }

    /** none → PENDING for a node that leaves the committee: it commits to having no sharing (protocols.md 5.2). */
    public void writeLeaving(Operation operation, List<Statement> statements) {
        requirePart(operation, Part.LEAVES);
        storage.write(t -> {
            OperationTable.requireNoneOpen(t, operation.keyId());
            requireKey(t, operation.keyId());
            return insertPending(t, operation, Optional.empty(), statements);
        });
    }

    /** none → REFUSED: this node will never commit an operation of which it has no record yet. False: it has one. */
    public boolean refuseUnseen(Operation operation, List<Statement> statements) {
        return storage.write(t -> {
            if (OperationTable.find(t, operation.keyId(), operation.opId()).isPresent()) {
                return false;
            }
            OperationTable.insert(t, operation, OperationState.REFUSED, storage.now());
            StatementTable.keep(t, operation.keyId(), operation.opId(), statements, storage.now());
            return true;
        });
    }

    /** PENDING → REFUSED: the new share is wiped. */
    public Outcome refuse(String keyId, Bytes opId, List<Statement> statements) {
        return storage.erase(t -> move(t, keyId, opId, OperationState.REFUSED, statements, Transitions::refuse));
    }

    /**
     * PENDING → COMMITTED: ACTIVE := new, PREVIOUS := old, if ACTIVE is the base. BASE_DIFFERS changes nothing; the
     * caller then refuses and reports "maybe stale" (TPC-3).
     *
     * @param statements the certificate, and this node's own committed statement
     */
    public Outcome commit(String keyId, Bytes opId, List<Statement> statements) {
        return storage.write(t -> move(t, keyId, opId, OperationState.COMMITTED, statements, Transitions::commit));
    }

    /** COMMITTED or FROZEN → CLEAN: PREVIOUS is destroyed; a new key becomes usable. */
    public Outcome clean(String keyId, Bytes opId, List<Statement> statements) {
        return storage.erase(t -> move(t, keyId, opId, OperationState.CLEAN, statements, Transitions::clean));
    }

    /** COMMITTED → FROZEN. Both sharings stay. */
    public Outcome freeze(String keyId, Bytes opId, List<Statement> statements) {
        return storage.write(
                t -> move(t, keyId, opId, OperationState.FROZEN, statements, (u, operation) -> Outcome.DONE));
    }

    /** FROZEN → REVERTED: the new share is wiped, ACTIVE := PREVIOUS. */
    public Outcome revert(String keyId, Bytes opId, List<Statement> statements) {
        return storage.erase(t -> move(t, keyId, opId, OperationState.REVERTED, statements, Transitions::revert));
    }

    /**
     * Declares a participant dead for one open operation on this node (R6). False: it is not open, or already is dead.
     */
    public boolean declareDead(String keyId, Bytes opId, Participant participant) {
        return storage.write(t -> OperationTable.find(t, keyId, opId)
                        .filter(operation -> operation.state().isOpen())
                        .isPresent()
                && OperationTable.declareDead(t, keyId, opId, participant, storage.now()));
    }

    public Optional<StoredOperation> find(String keyId, Bytes opId) {
        return storage.read(t -> OperationTable.find(t, keyId, opId));
    }

    /** The operation because of which others of this key are answered BUSY (R0). */
    public Optional<StoredOperation> open(String keyId) {
        return storage.read(t -> OperationTable.open(t, keyId));
    }

    /** Everything that is unfinished, the oldest first. */
    public List<StoredOperation> open() {
        return storage.read(OperationTable::allOpen);
    }

    /** All operations of a key, the oldest first. */
    public List<StoredOperation> ofKey(String keyId) {
        return storage.read(t -> OperationTable.ofKey(t, keyId));
    }

    /** The operations of that id, of whatever key: also of one that never came to be, or was deleted. */
    public List<StoredOperation> named(Bytes opId) {
        return storage.read(t -> OperationTable.named(t, opId));
    }

    private byte[] seal(Operation operation, Sharing sharing, byte[] share) {
        if (!operation.newShareId().equals(Optional.of(sharing.shareId()))
                || operation.newEpoch() != sharing.epoch()) {
            throw new IllegalArgumentException("the operation makes another sharing than the one given");
        }
        return vault.sealShare(operation.keyId(), sharing, share);
    }

    private record Result(Sharing sharing, byte[] sealedShare, List<NewPairState> pairs) {}

    private Operation insertPending(
            Transaction t, Operation operation, Optional<Result> result, List<Statement> statements)
            throws SQLException {
        var keyId = operation.keyId();
        OperationTable.insert(t, operation, OperationState.PENDING, storage.now());
        if (result.isPresent()) {
            var opId = Optional.of(operation.opId());
            var sharing = result.get().sharing();
            ShareTable.insertSharing(
                    t, keyId, sharing, Role.PENDING, opId, result.get().sealedShare(), storage.now());
            PairStates.insert(t, vault, keyId, sharing.shareId(), result.get().pairs(), storage);
        }
        StatementTable.keep(t, keyId, operation.opId(), statements, storage.now());
        return operation;
    }

    /** What a transition does besides moving the record; record and statements change only if it is DONE. */
    @FunctionalInterface
    private interface Step {
        Outcome take(Transaction t, Operation operation) throws SQLException;
    }

    private Outcome move(
            Transaction t, String keyId, Bytes opId, OperationState to, List<Statement> statements, Step step)
            throws SQLException {
        var stored = OperationTable.find(t, keyId, opId);
        if (stored.isEmpty() || !OperationTable.leadsTo(stored.get().state(), to)) {
            return Outcome.WRONG_STATE;
        }
        var outcome = step.take(t, stored.get().operation());
        if (outcome == Outcome.DONE) {
            OperationTable.move(t, keyId, opId, stored.get().state(), to, storage.now());
            StatementTable.keep(t, keyId, opId, statements, storage.now());
        }
        return outcome;
    }

    private void admitKey(Transaction t, KeyDescription key, Part part) throws SQLException {
        var known = Keys.find(t, key.keyId());
        if (known.isEmpty()) {
            if (part == Part.NEW_KEY && Tombstones.exists(t, player, key.keyId())) {
                throw new KeyIdTaken(key.keyId(), "the tombstone of a key that was deleted here");
            }
            ShareTable.insertKey(t, key, KeyState.NEW, storage.now());
        } else if (part != Part.JOINS
                || known.get().state() != KeyState.ABSENT
                || !known.get().description().equals(key)) {
            throw new KeyIdTaken(key.keyId(), "another key");
        }
    }

    private static void requireKey(Transaction t, String keyId) throws SQLException {
        if (Keys.find(t, keyId).isEmpty()) {
            throw new IllegalArgumentException("there is no key " + keyId);
        }
    }

    private static void requirePart(Operation operation, Part part) {
        if (operation.part() != part) {
            throw new IllegalArgumentException(operation.part() + " is not written this way");
        }
    }
}
