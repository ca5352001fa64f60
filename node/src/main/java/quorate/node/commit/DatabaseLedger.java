package quorate.node.commit;

import java.util.List;
import java.util.Optional;
import quorate.commit.Change;
import quorate.commit.Ledger;
import quorate.commit.OperationRecord;
import quorate.commit.Statement;
import quorate.store.Bytes;
import quorate.store.Database;
import quorate.store.KeyDescription;
import quorate.store.NewPairState;
import quorate.store.OperationState;
import quorate.store.Outcome;
import quorate.store.Part;
import quorate.store.Sharing;

/** Writes each change of the machine as the one transaction that protocols.md 5.4 asks for. */
final class DatabaseLedger implements Ledger<DatabaseLedger.Conflict> {
    /** The database has something else than the change expected; nothing was changed. */
    static final class Conflict extends Exception {
        private static final long serialVersionUID = 1L;

        Conflict(OperationRecord record, Object outcome) {
            super(record.operation() + " could not become " + record.state() + ": " + outcome);
        }
    }

    private final Database database;
    private final Records records;

    DatabaseLedger(Database database) {
        this.database = database;
        this.records = new Records(database);
    }

    /** A ledger that can also write the one pending change that brings this share and its pair states. The caller wipes them. */
    Ledger<Conflict> bringing(KeyDescription key, Sharing sharing, byte[] share, List<NewPairState> pairs) {
        return change -> {
            if (change instanceof Change.StorePending pending) {
                var record = pending.record();
                database.operations()
                        .writePending(key, Records.row(record), sharing, share, pairs, statements(record));
            } else {
                write(change);
            }
        };
    }

    /** The same for a key whose sharing is replaced. */
    Ledger<Conflict> bringing(Sharing sharing, byte[] share, List<NewPairState> pairs) {
        return change -> {
            if (change instanceof Change.StorePending pending) {
                var record = pending.record();
                database.operations().writePending(Records.row(record), sharing, share, pairs, statements(record));
            } else {
                write(change);
            }
        };
    }

    /** A ledger that can also write the change that ends an operation with the repair of this share. The caller wipes it. */
    Ledger<Conflict> repairing(KeyDescription key, Sharing sharing, byte[] share, Optional<Bytes> replaced) {
        return change -> {
            if (change instanceof Change.CloseRepaired repaired) {
                var record = repaired.record();
                require(
                        record,
                        database.shares()
                                .install(
                                        key,
                                        sharing,
                                        share,
                                        replaced,
                                        Records.bytes(record.operation().opId()),
                                        OperationState.valueOf(record.state().name()),
                                        statements(record)));
            } else {
                write(change);
            }
        };
    }

    @Override
    public void write(Change change) throws Conflict {
        var record = change.record();
        var keyId = Records.text(record.operation().keyId());
        var opId = Records.bytes(record.operation().opId());
        var statements = statements(record);
        var operations = database.operations();
        switch (change) {
            case Change.StorePending pending -> leave(record);
            case Change.StoreRefused refused -> require(
                    record, operations.refuseUnseen(Records.row(record), statements), "a record exists");
            case Change.Keep keep -> keep(record);
            case Change.Refuse refuse -> require(record, operations.refuse(keyId, opId, statements));
            case Change.Commit commit -> require(record, operations.commit(keyId, opId, statements));
            case Change.Freeze freeze -> require(record, operations.freeze(keyId, opId, statements));
            case Change.Clean clean -> require(record, operations.clean(keyId, opId, statements));
            case Change.Revert revert -> require(record, operations.revert(keyId, opId, statements));
            // Without a voice nothing is announced in between: two transactions do if the first keeps the proof.
            case Change.TakeProven proven -> {
                require(record, operations.commit(keyId, opId, statements));
                require(record, operations.clean(keyId, opId, statements));
            }
            case Change.Adopt adopt -> require(
                    record,
                    database.adoptions()
                            .adopt(
                                    keyId,
                                    Optional.of(opId),
                                    statements,
                                    Records.bytes(adopt.adopted()),
                                    adopt.abandoned().stream().map(Records::bytes).toList()));
            case Change.CloseRepaired repaired -> throw new IllegalStateException("the end of a repair without its share");
        }
    }

    /** Who is not in the new committee has no new share to store: it commits to "no sharing" (5.2). */
    private void leave(OperationRecord record) {
        if (Records.part(record) != Part.LEAVES) {
            throw new IllegalStateException("a pending record without its share");
        }
        database.operations().writeLeaving(Records.row(record), statements(record));
    }

    private void keep(OperationRecord record) {
        var operation = record.operation();
        var keyId = Records.text(operation.keyId());
        var opId = Records.bytes(operation.opId());
        records.keep(operation, record.statements().all());
        for (var participant : operation.participants()) {
            if (record.dead().contains(participant.id())) {
                database.operations().declareDead(keyId, opId, Records.participant(participant.seat()));
            }
        }
    }

    private static List<quorate.store.Statement> statements(OperationRecord record) {
        List<Statement> all = record.statements().all();
        return Records.rows(all);
    }

    private static void require(OperationRecord record, Outcome outcome) throws Conflict {
        require(record, outcome == Outcome.DONE, outcome);
    }

    private static void require(OperationRecord record, boolean done, Object otherwise) throws Conflict {
        if (!done) {
            throw new Conflict(record, otherwise);
        }
    }
}
