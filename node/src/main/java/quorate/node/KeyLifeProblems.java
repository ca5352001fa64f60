package quorate.node;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import quorate.api.Operation;
import quorate.api.OperationProtocol;
import quorate.api.OperationState;
import quorate.api.ProblemCode;
import quorate.api.StatusProblem;
import quorate.node.commit.Staleness;
import quorate.node.key.KeyRing;
import quorate.store.Bytes;
import quorate.store.Database;
import quorate.store.KeyState;
import quorate.store.Role;
import quorate.store.StoredKey;

/** What an operator should mend about operations and shares, with how (protocols.md 5.4). */
record KeyLifeProblems(int player, Database database, Staleness staleness, Clock clock) {
    /** "alarm 'reshare not effective'", protocols.md 0.1. */
    static final Duration NOT_EFFECTIVE_AFTER = Duration.ofHours(24);

    /** Operations that have not ended, and what each waits for. */
    List<StatusProblem> unfinished(List<Operation> operations) {
        return operations.stream().map(this::unfinished).toList();
    }

    private StatusProblem unfinished(Operation operation) {
        var waitingFor = operation.waitingFor() == null ? List.<Integer>of() : operation.waitingFor();
        var detail = "operation " + operation.opId().hex() + " of key " + operation.keyId() + " is "
                + operation.state().wireName()
                + (waitingFor.isEmpty() ? "" : ", waiting for players " + waitingFor);
        if (!isNotEffective(operation, clock)) {
            return new StatusProblem(
                    ProblemCode.BUSY,
                    detail,
                    "It ends by itself once all its players are there; signing does not wait for it.");
        }
        return new StatusProblem(
                ProblemCode.RESHARE_NOT_EFFECTIVE,
                "reshare not effective, waiting for players " + waitingFor + ": " + detail,
                "Bring the players back. If one is gone for good: `quorate key resolve " + operation.keyId()
                        + " --dead I`; until then the old shares are worth something.");
    }

    /** A reshare that most have committed and that does not become CLEAN: the old sharing is still alive. */
    static boolean isNotEffective(Operation operation, Clock clock) {
        return operation.protocol() != OperationProtocol.KEYGEN
                && (operation.state() == OperationState.COMMITTED || operation.state() == OperationState.FROZEN)
                && operation.since() != null
                && Duration.between(operation.since(), clock.instant()).compareTo(NOT_EFFECTIVE_AFTER) > 0;
    }

    /** Shares of this node that others have left, and those of which too few say so. */
    List<StatusProblem> staleHere() {
        var problems = new ArrayList<StatusProblem>();
        for (var key : database.keys().all()) {
            if (key.state() == KeyState.STALE) {
                problems.add(new StatusProblem(
                        ProblemCode.SHARE_STALE,
                        "this node's share of key " + key.keyId() + " is of epoch " + epoch(key)
                                + ", which the others have proved to be over; it is not offered",
                        KeyRing.repair(key.keyId(), player)));
            } else if (isHinted(key)) {
                problems.add(new StatusProblem(
                        ProblemCode.SHARE_STALE,
                        "this node's share of key " + key.keyId() + " is perhaps old: a player says that the key was"
                                + " reshared, but too few to prove it; it is still offered",
                        "Start the other nodes and see `quorate key show " + key.keyId() + "`."));
            }
        }
        return problems;
    }

    private String epoch(StoredKey key) {
        return database.keys()
                .sharing(key.keyId(), Role.ACTIVE)
                .map(stored -> String.valueOf(stored.sharing().epoch()))
                .orElse("?");
    }

    private boolean isHinted(StoredKey key) {
        return database.keys()
                .sharing(key.keyId(), Role.ACTIVE)
                .map(stored -> stored.sharing().shareId())
                .filter(this::isHinted)
                .isPresent();
    }

    private boolean isHinted(Bytes shareId) {
        return staleness.isHinted(quorate.commit.Octets.of(shareId.toArray()));
    }

    /** Shares of other players that are older than this node's. */
    List<StatusProblem> staleElsewhere() {
        return staleness.behind().stream()
                .map(behind -> new StatusProblem(
                        ProblemCode.PEER_STALE, behind.detail(), KeyRing.repair(behind.keyId(), behind.player())))
                .toList();
    }
}
