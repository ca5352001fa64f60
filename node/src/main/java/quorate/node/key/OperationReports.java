package quorate.node.key;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import quorate.api.Bytes;
import quorate.api.Operation;
import quorate.api.OperationProtocol;
import quorate.api.OperationState;
import quorate.commit.Octets;
import quorate.commit.OperationRecord;
import quorate.node.commit.Commits;
import quorate.store.Database;
import quorate.store.StoredOperation;

/** The records of operations as callers see them. */
public final class OperationReports {
    /** protocolIds of protocols.md 0.4. */
    private static final int KEYGEN = 1;

    private static final int REFRESH = 2;
    private static final int IMPORT = 11;

    private final Database database;
    private final Commits commits;
    private final Map<Octets, Integer> players;

    /** @param players the other players of the installation, by id */
    public OperationReports(Database database, Commits commits, Map<Octets, Integer> players) {
        this.database = database;
        this.commits = commits;
        this.players = Map.copyOf(players);
    }

    /** The operation of this id, of whatever key; empty if there is no record of it. */
    public Optional<Operation> find(Bytes opId) {
        return database.operations().named(quorate.store.Bytes.of(opId.toArray())).stream()
                .findFirst()
                .map(this::report);
    }

    /** Those that are not closed, the oldest first. */
    public List<Operation> open() {
        return database.operations().open().stream().map(this::report).toList();
    }

    private Operation report(StoredOperation stored) {
        var operation = stored.operation();
        var waitingFor = stored.state().isOpen() ? waitingFor(stored) : Collections.<Integer>emptySortedSet();
        return new Operation(
                operation.keyId(),
                Bytes.of(operation.opId().toArray()),
                protocol(operation.protocolId()),
                OperationState.valueOf(stored.state().name()),
                waitingFor.isEmpty() ? null : List.copyOf(waitingFor),
                stored.updatedAt());
    }

    private SortedSet<Integer> waitingFor(StoredOperation stored) {
        var keyId = Octets.of(stored.operation().keyId().getBytes(StandardCharsets.UTF_8));
        var waitingFor = new TreeSet<Integer>();
        commits.find(keyId, Octets.of(stored.operation().opId().toArray())).stream()
                .map(OperationRecord::awaited)
                .forEach(awaited -> awaited.forEach(id -> {
                    var player = players.get(id);
                    if (player != null) {
                        waitingFor.add(player);
                    }
                }));
        return waitingFor;
    }

    private static OperationProtocol protocol(int protocolId) {
        return switch (protocolId) {
            case KEYGEN -> OperationProtocol.KEYGEN;
            case REFRESH -> OperationProtocol.RESHARE;
            case IMPORT -> OperationProtocol.IMPORT;
            default -> throw new IllegalStateException("no operation of this version has protocolId " + protocolId);
        };
    }
}
