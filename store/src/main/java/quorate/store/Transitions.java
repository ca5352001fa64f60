package quorate.store;

import java.sql.SQLException;

/**
 * What the transitions of protocols.md 5.4 do to the sharings of a key. Each runs inside the transaction of its record.
 */
final class Transitions {
    private Transitions() {}

    /** The new share is wiped. */
    static Outcome refuse(Transaction t, Operation operation) throws SQLException {
        ShareTable.wipe(t, operation.keyId(), Role.PENDING);
        forgetKeyThatNeverWas(t, operation);
        return Outcome.DONE;
    }

    /** ACTIVE := new, PREVIOUS := old; BASE_DIFFERS, and nothing changed, if ACTIVE is not the base. */
    static Outcome commit(Transaction t, Operation operation) throws SQLException {
        var keyId = operation.keyId();
        if (!makeRoom(t, operation)) {
            return Outcome.BASE_DIFFERS;
        }
        if (operation.part() != Part.LEAVES) {
            var next = operation.newShareId().orElseThrow();
            require(ShareTable.move(t, keyId, next, Role.PENDING, Role.ACTIVE), operation, Role.PENDING);
        }
        if (operation.part() == Part.JOINS) {
            ShareTable.setState(t, keyId, KeyState.USABLE);
        }
        return Outcome.DONE;
    }

    /** PREVIOUS is destroyed; a new key becomes usable. */
    static Outcome clean(Transaction t, Operation operation) throws SQLException {
        ShareTable.wipe(t, operation.keyId(), Role.PREVIOUS);
        switch (operation.part()) {
            case NEW_KEY, IMPORTED_KEY -> ShareTable.setState(t, operation.keyId(), KeyState.USABLE);
            case LEAVES -> ShareTable.setState(t, operation.keyId(), KeyState.ABSENT);
            case STAYS, JOINS -> {}
        }
        return Outcome.DONE;
    }

    /** The new share is wiped, ACTIVE := PREVIOUS. */
    static Outcome revert(Transaction t, Operation operation) throws SQLException {
        var keyId = operation.keyId();
        if (operation.part() != Part.LEAVES) {
            require(ShareTable.wipe(t, keyId, Role.ACTIVE), operation, Role.ACTIVE);
        }
        if (operation.part().replacesSharing()) {
            var base = operation.baseShareId().orElseThrow();
            require(ShareTable.move(t, keyId, base, Role.PREVIOUS, Role.ACTIVE), operation, Role.PREVIOUS);
        }
        forgetKeyThatNeverWas(t, operation);
        return Outcome.DONE;
    }

    /** ACTIVE becomes PREVIOUS if it is the base; where there is no base here, there must be no ACTIVE. */
    private static boolean makeRoom(Transaction t, Operation operation) throws SQLException {
        var keyId = operation.keyId();
        return operation.part().replacesSharing()
                ? ShareTable.move(t, keyId, operation.baseShareId().orElseThrow(), Role.ACTIVE, Role.PREVIOUS)
                : !ShareTable.holds(t, keyId, Role.ACTIVE);
    }

    private static void forgetKeyThatNeverWas(Transaction t, Operation operation) throws SQLException {
        switch (operation.part()) {
            case NEW_KEY, IMPORTED_KEY -> ShareTable.deleteKey(t, operation.keyId());
            case JOINS -> ShareTable.setState(t, operation.keyId(), KeyState.ABSENT);
            case STAYS, LEAVES -> {}
        }
    }

    private static void require(boolean held, Operation operation, Role role) {
        if (!held) {
            throw new IllegalStateException("operation " + operation.opId() + " has no " + role + " sharing");
        }
    }
}
