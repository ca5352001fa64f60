package quorate.life;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import quorate.algebra.DecodingException;
import quorate.commit.Certificate;
import quorate.commit.Change;
import quorate.commit.Ledger;
import quorate.commit.Octets;
import quorate.commit.OperationRecord;
import quorate.commit.State;
import quorate.commit.Statement;
import quorate.key.KeyShare;
import quorate.rounds.Offer;

/**
 * What one node has written. A crash leaves it as it is; a copy of it is an image of the database. Everything in it is
 * immutable or a snapshot, so nothing of a process survives in it by accident.
 */
final class Disk implements Ledger<Disk.Conflict> {
    /** A compare-and-set that found something else. */
    static final class Conflict extends Exception {
        private static final long serialVersionUID = 1L;

        Conflict(String found) {
            super(found);
        }
    }

    /** A share and the nodes of its sharing, by party. */
    record Held(KeyShare share, List<Integer> nodes) {
        Held {
            nodes = List.copyOf(nodes);
        }

        Octets shareId() {
            return Octets.of(share.sharing().shareId());
        }

        long epoch() {
            return share.sharing().epoch();
        }

        int threshold() {
            return share.sharing().threshold();
        }

        Offer offer() {
            return new Offer(epoch(), share.sharing().shareId());
        }

        Set<Octets> ids() {
            return nodes.stream().map(Cast::id).collect(Collectors.toSet());
        }
    }

    private record Slots(Optional<Held> active, Optional<Held> previous, Optional<Held> pending, boolean stale) {
        static final Slots NONE = new Slots(Optional.empty(), Optional.empty(), Optional.empty(), false);

        Slots active(Optional<Held> now, Optional<Held> before) {
            return new Slots(now, before, Optional.empty(), stale);
        }

        Slots pending(Optional<Held> now) {
            return new Slots(active, previous, now, stale);
        }
    }

    private final Map<String, Slots> keys = new HashMap<>();
    private final Map<Octets, OperationRecord.Snapshot> records = new LinkedHashMap<>();
    private final Map<Octets, Set<Statement>> statements = new LinkedHashMap<>();
    private Octets database;

    Disk(Octets database) {
        this.database = database;
    }

    Disk image() {
        var copy = new Disk(database);
        copy.keys.putAll(keys);
        copy.records.putAll(records);
        statements.forEach((opId, all) -> copy.statements.put(opId, new LinkedHashSet<>(all)));
        return copy;
    }

    Octets database() {
        return database;
    }

    /** The end of a restore: another history begins. */
    void begin(Octets newDatabase) {
        database = newDatabase;
    }

    Optional<Held> active(String keyId) {
        return slots(keyId).active();
    }

    Octets activeId(Octets keyId) {
        return active(World.text(keyId)).map(Held::shareId).orElse(Octets.EMPTY);
    }

    private Slots slots(String keyId) {
        return keys.getOrDefault(keyId, Slots.NONE);
    }

    /** 5.3, the highest epoch first: ACTIVE, and PREVIOUS while it is kept; nothing of a key that is not usable. */
    List<Held> offers(String keyId) {
        var slots = slots(keyId);
        boolean unfinished = records().anyMatch(
                record -> World.text(record.operation().keyId()).equals(keyId)
                        && record.state().isOpen()
                        && !record.isUsable());
        return slots.stale() || unfinished
                ? List.of()
                : Stream.concat(slots.active().stream(), slots.previous().stream())
                        .sorted(Comparator.comparingLong(Held::epoch).reversed())
                        .toList();
    }

    boolean isStale(String keyId) {
        return slots(keyId).stale();
    }

    void markStale(String keyId) {
        var now = slots(keyId);
        keys.put(keyId, new Slots(now.active(), now.previous(), now.pending(), true));
    }

    /** A share that was repaired, dealt or restored by hand. */
    void install(String keyId, Held share) {
        keys.put(keyId, Slots.NONE.active(Optional.of(share), Optional.empty()));
    }

    void delete(String keyId) {
        keys.remove(keyId);
    }

    Stream<OperationRecord> records() {
        return records.values().stream().map(Disk::restore);
    }

    Optional<OperationRecord> record(Octets opId) {
        return Optional.ofNullable(records.get(opId)).map(Disk::restore);
    }

    Optional<OperationRecord> open(Octets keyId) {
        return records()
                .filter(record -> record.state().isOpen() && record.operation().keyId().equals(keyId))
                .findFirst();
    }

    private static OperationRecord restore(OperationRecord.Snapshot snapshot) {
        try {
            return OperationRecord.restore(snapshot);
        } catch (DecodingException e) {
            throw new AssertionError(e);
        }
    }

    /** Statements about operations, whether there is a record of them or not. */
    void keep(List<Statement> more) {
        more.forEach(statement -> statements
                .computeIfAbsent(statement.operation().opId(), first -> new LinkedHashSet<>())
                .add(statement));
    }

    List<Statement> statements(Octets opId) {
        return List.copyOf(statements.getOrDefault(opId, Set.of()));
    }

    List<Statement> statements() {
        var all = new ArrayList<Statement>();
        statements.values().forEach(all::addAll);
        records().forEach(record -> all.addAll(record.statements().all()));
        return all;
    }

    /** {@code top} of AGREE. */
    byte[] top(Octets keyId) {
        return records()
                .filter(record -> record.operation().keyId().equals(keyId))
                .flatMap(record -> record.certificate().stream())
                .max(Comparator.comparingLong(certificate -> certificate.operation().newEpoch()))
                .map(Certificate::encode)
                .orElseGet(() -> new byte[0]);
    }

    /** A ledger that also has the share which a pending record or the end of a repair brings. */
    Ledger<Conflict> bringing(Held share) {
        return change -> {
            var keyId = World.text(change.record().operation().keyId());
            write(change);
            switch (change) {
                case Change.StorePending pending -> keys.put(keyId, slots(keyId).pending(Optional.of(share)));
                case Change.CloseRepaired repaired -> install(keyId, share);
                default -> {}
            }
        };
    }

    @Override
    public void write(Change change) throws Conflict {
        var operation = change.record().operation();
        var keyId = World.text(operation.keyId());
        var found = record(operation.opId()).map(OperationRecord::state);
        require(found.equals(change.from()), "the record is " + found);
        var now = slots(keyId);
        switch (change) {
            case Change.StorePending pending -> {
                require(open(operation.keyId()).isEmpty(), "another operation is open");
                requireActive(operation.keyId(), pending.expectedActive());
            }
            case Change.Commit commit -> {
                requireActive(operation.keyId(), commit.expectedActive());
                if (!commit.expectedActive().equals(commit.nextActive())) {
                    keys.put(keyId, now.active(now.pending(), now.active()));
                }
            }
            case Change.TakeProven proven -> {
                requireActive(operation.keyId(), proven.expectedActive());
                keys.put(keyId, now.active(now.pending(), Optional.empty()));
            }
            case Change.Clean clean -> {
                requireActive(operation.keyId(), clean.expectedActive());
                keys.put(keyId, now.active(now.active(), Optional.empty()));
            }
            case Change.Revert revert -> {
                requireActive(operation.keyId(), revert.expectedActive());
                keys.put(keyId, now.active(now.previous(), Optional.empty()));
            }
            case Change.Refuse refuse -> keys.put(keyId, now.pending(Optional.empty()));
            case Change.Adopt adopt -> throw new AssertionError("nobody adopts here");
            case Change.CloseRepaired repaired -> {}
            case Change.StoreRefused refused -> {}
            case Change.Freeze freeze -> {}
            case Change.Keep keep -> {}
        }
        records.put(operation.opId(), change.record().snapshot());
    }

    private void requireActive(Octets keyId, Octets expected) throws Conflict {
        require(activeId(keyId).equals(expected), "ACTIVE is " + activeId(keyId));
    }

    private static void require(boolean condition, String found) throws Conflict {
        if (!condition) {
            throw new Conflict(found);
        }
    }

    /** Where an operation stands here. */
    Optional<State> state(Octets opId) {
        return record(opId).map(OperationRecord::state);
    }
}
