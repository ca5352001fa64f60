package quorate.node.key;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import quorate.api.Bytes;
import quorate.api.Operation;
import quorate.api.OperationProtocol;
import quorate.api.OperationState;
import quorate.commit.Octets;
import quorate.commit.OperationRecord;
import quorate.commit.Verb;
import quorate.node.commit.Commits;
import quorate.store.Database;
import quorate.store.StoredOperation;

/** The records of operations as callers see them. */
public final class OperationReports {
    /** protocolIds of protocols.md 0.4. */
    private static final int KEYGEN = 1;

    private static final int REFRESH = 2;
    private static final int REDISTRIBUTION = 3;
    private static final int IMPORT = 11;

    private final Database database;
    private final Commits commits;
    private final Supplier<Map<Octets, Integer>> players;

    /** @param players the other players of the installation as they are known now, by id */
    public OperationReports(Database database, Commits commits, Supplier<Map<Octets, Integer>> players) {
        this.database = database;
        this.commits = commits;
        this.players = players;
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
        var record = record(stored);
        var waitingFor = stored.state().isOpen() ? waitingFor(record) : Collections.<Integer>emptySortedSet();
        var clean = clean(record);
        return new Operation(
                operation.keyId(),
                Bytes.of(operation.opId().toArray()),
                protocol(operation),
                OperationState.valueOf(stored.state().name()),
                waitingFor.isEmpty() ? null : List.copyOf(waitingFor),
                clean.isEmpty() ? null : List.copyOf(clean),
                stored.updatedAt());
    }

    private Optional<OperationRecord> record(StoredOperation stored) {
        var keyId = Octets.of(stored.operation().keyId().getBytes(StandardCharsets.UTF_8));
        return commits.find(keyId, Octets.of(stored.operation().opId().toArray()));
    }

    private SortedSet<Integer> waitingFor(Optional<OperationRecord> record) {
        return players(record.map(OperationRecord::awaited).orElse(Set.of()));
    }

    /** Whose word this node holds that it has destroyed what it held before. */
    private SortedSet<Integer> clean(Optional<OperationRecord> record) {
        var ids = new HashSet<Octets>();
        record.ifPresent(held -> held.statements().all().stream()
                .filter(statement -> statement.verb() == Verb.CLEAN)
                .forEach(statement -> ids.add(statement.signer())));
        return players(ids);
    }

    private SortedSet<Integer> players(Set<Octets> ids) {
        var known = players.get();
        var named = new TreeSet<Integer>();
        ids.forEach(id -> Optional.ofNullable(known.get(id)).ifPresent(named::add));
        return named;
    }

    private static OperationProtocol protocol(quorate.store.Operation operation) {
        return switch (operation.protocolId()) {
            case KEYGEN -> OperationProtocol.KEYGEN;
            case REFRESH -> OperationProtocol.RESHARE;
            case REDISTRIBUTION ->
                operation.baseShareId().isEmpty() ? OperationProtocol.COPY : OperationProtocol.REDISTRIBUTION;
            case IMPORT -> OperationProtocol.IMPORT;
            default -> throw new IllegalStateException(
                    "no operation of this version has protocolId " + operation.protocolId());
        };
    }
}
