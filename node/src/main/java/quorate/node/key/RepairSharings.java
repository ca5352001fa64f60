package quorate.node.key;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import quorate.commit.Octets;
import quorate.commit.Operation;
import quorate.store.Bytes;
import quorate.store.Database;
import quorate.store.OperationState;

/** Which sharing a repair may be about (protocols.md 6): "the newest one for which t+1 helpers are COMMITTED or CLEAN". */
final class RepairSharings {
    private final Database database;
    private final KeyRing keys;
    private final Function<String, List<Operation>> proven;

    /** @param proven the operations on a key that were CLEAN on an honest node, as others' statements prove */
    RepairSharings(Database database, KeyRing keys, Function<String, List<Operation>> proven) {
        this.database = database;
        this.keys = keys;
        this.proven = proven;
    }

    /** What this node helps with: while an operation is FROZEN here, nothing that it made, since it may be reverted. */
    List<LoadedKey> offers(String keyId) {
        var frozen = database.operations()
                .open(keyId)
                .filter(open -> open.state() == OperationState.FROZEN)
                .flatMap(open -> open.operation().newShareId());
        return keys.offers(keyId).stream()
                .filter(offer -> !frozen.equals(Optional.of(Bytes.of(offer.sharing().shareId()))))
                .toList();
    }

    /** Whether the operation that made this sharing was CLEAN, here or on an honest node. */
    boolean isProven(String keyId, Bytes shareId) {
        boolean here = database.operations().ofKey(keyId).stream()
                .filter(operation -> operation.state() == OperationState.CLEAN)
                .anyMatch(operation -> operation.operation().newShareId().filter(shareId::equals).isPresent());
        return here
                || proven.apply(keyId).stream()
                        .anyMatch(operation -> operation.newShareId().equals(Octets.of(shareId.toArray())));
    }
}
