package quorate.life;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import quorate.algebra.DecodingException;
import quorate.commit.CommitMachine;
import quorate.commit.Degrees;
import quorate.commit.Ledger;
import quorate.commit.Octets;
import quorate.commit.Operation;
import quorate.commit.OperationRecord;
import quorate.commit.Standing;
import quorate.commit.State;
import quorate.commit.Statement;
import quorate.commit.Transition;
import quorate.commit.Verb;
import quorate.dealing.NewShare;
import quorate.rounds.CeremonyException;
import quorate.rounds.Frame;
import quorate.rounds.Outgoing;
import quorate.rounds.Refused;
import quorate.rounds.Session;

/** One node: a process over a {@link Disk}. What it does with sessions and statements is what the real node does. */
final class Node {
    private static final int MAX_PAYLOAD = 1 << 20;
    private static final int LAST_ROUND = 3;

    private final int number;
    private final World world;
    private final Map<Octets, Map<Integer, Live<?>>> sessions = new HashMap<>();
    private final List<World.Cargo.Letter> early = new ArrayList<>();
    private Disk disk;
    private Octets incarnation;
    private CommitMachine machine;

    /** A session of this process, and what to do when it ends. */
    record Live<R>(
            Errand errand, Session<R> session, Map<Integer, Integer> nodes, int me, Finish<R> finish, Runnable failed) {}

    interface Finish<R> {
        void with(R result);
    }

    Node(int number, World world, Disk disk) {
        this.number = number;
        this.world = world;
        this.disk = disk;
        this.incarnation = world.fresh("process");
        this.machine = machine();
    }

    private CommitMachine machine() {
        return new CommitMachine(
                Cast.id(number), disk.database(), Cast.keys(), Cast.signer(number), Cast.VERIFIER);
    }

    int number() {
        return number;
    }

    World world() {
        return world;
    }

    Disk disk() {
        return disk;
    }

    Octets incarnation() {
        return incarnation;
    }

    CommitMachine commits() {
        return machine;
    }

    /** The process ends, and another begins over the same disk. */
    void restart() {
        sessions.clear();
        early.clear();
        incarnation = world.fresh("process");
        machine = machine();
    }

    /** The database is put back from an image. */
    void restore(Disk image) {
        disk = image.image();
        disk.begin(world.fresh("database"));
        restart();
    }

    boolean hasOpen() {
        return disk.records().anyMatch(record -> record.state().isOpen());
    }

    /** Returns true: something came. */
    boolean receive(int from, World.Cargo cargo) {
        switch (cargo) {
            case World.Cargo.Request request -> begin(request.errand());
            case World.Cargo.Letter letter -> deliver(letter);
            case World.Cargo.Word word -> hear(from, word);
        }
        return true;
    }

    // Sessions

    private void begin(Errand errand) {
        boolean busy = sessions.values().stream()
                .flatMap(all -> all.values().stream())
                .anyMatch(live -> live.errand().keyId().equals(errand.keyId()));
        boolean again = disk.record(errand.session()).isPresent();
        // R0; a repair may begin beside an operation without a voice, which it ends.
        boolean open = disk.open(World.octets(errand.keyId()))
                .filter(record -> !(errand instanceof Errand.Mend) || machine.hasVoice(record))
                .isPresent();
        if (busy || again || open) {
            return;
        }
        var begun = Ceremonies.of(this, errand);
        begun.forEach(live -> sessions.computeIfAbsent(errand.session(), first -> new TreeMap<>()).put(live.me(), live));
        begun.forEach(live -> say(live, live.session().start()));
        var waited = early.stream().filter(letter -> letter.session().equals(errand.session())).toList();
        early.removeAll(waited);
        waited.forEach(this::deliver);
    }

    private void deliver(World.Cargo.Letter letter) {
        var known = sessions.get(letter.session());
        if (known == null) {
            early.add(letter);
            return;
        }
        var live = known.get(letter.recipient());
        if (live != null) {
            deliver(live, letter);
        }
    }

    private <R> void deliver(Live<R> live, World.Cargo.Letter letter) {
        try {
            say(live, live.session().receive(letter.sender(), Frame.decode(letter.frame().clone(), MAX_PAYLOAD)));
        } catch (DecodingException e) {
            throw new AssertionError(e);
        }
    }

    private <R> void say(Live<R> live, List<Outgoing> frames) {
        var session = live.session();
        session.handOver(frames, outgoing -> {
            var to = Optional.ofNullable(live.nodes().get(outgoing.recipient())).orElseThrow();
            var letter = new World.Cargo.Letter(
                    live.errand().session(), live.me(), outgoing.recipient(), outgoing.frame().encode());
            world.post(number, to, letter);
        });
        boolean over = session.ended()
                && sessions.getOrDefault(live.errand().session(), Map.of()).remove(live.me()) != null;
        if (over) {
            end(live);
        }
    }

    private static <R> void end(Live<R> live) {
        R result;
        try {
            result = live.session().result();
        } catch (CeremonyException e) {
            if (live.session().round() >= LAST_ROUND) {
                live.failed().run();
            }
            return;
        }
        live.finish().with(result);
    }

    /** Its sessions have waited long enough. Whether there were any. */
    boolean expire() {
        var waiting = sessions.values().stream().flatMap(all -> all.values().stream()).toList();
        if (waiting.isEmpty() || !world.isHere(number)) {
            return false;
        }
        waiting.forEach(live -> say(live, live.session().expire()));
        return true;
    }

    // Commit

    /** A session has its result: PENDING, prepared. */
    void prepare(NewShare made, Degrees degrees, List<Integer> committee) {
        var operation = made.operation();
        try {
            var pending = machine.prepare(
                    operation,
                    made.setups(),
                    degrees,
                    disk.activeId(operation.keyId()),
                    disk.open(operation.keyId()));
            step(pending, disk.bringing(new Disk.Held(made.share(), committee)));
        } catch (Refused e) {
            refuse(operation, degrees);
            return;
        }
        current(operation).ifPresent(record -> take(record, disk.statements(operation.opId())));
    }

    /** It failed where others may have one. */
    void refuse(Operation operation, Degrees degrees) {
        if (disk.record(operation.opId()).isEmpty()) {
            try {
                step(machine.refuseWithoutResult(operation, degrees), disk);
            } catch (Refused e) {
                return; // Without a voice this is left to the others (R8).
            }
        }
    }

    /** A share was repaired: one write, and maybe the end of an operation without a voice. */
    void repaired(String keyId, Disk.Held share) {
        var open = disk.open(World.octets(keyId));
        if (open.isEmpty()) {
            world.event();
            disk.install(keyId, share);
            world.written();
        } else {
            machine.repaired(open.get(), share.shareId()).ifPresent(end -> step(end, disk.bringing(share)));
        }
    }

    private void hear(int from, World.Cargo.Word word) {
        var operation = word.statements().getFirst().operation();
        var record = disk.record(operation.opId());
        if (record.isPresent()) {
            take(record.get(), word.statements());
        } else {
            var examination = machine.examine(word.statements());
            if (examination.rolledBack().isPresent()) {
                throw new AssertionError("node " + number + " forgot " + examination.rolledBack().get());
            }
            disk.keep(examination.authentic());
            if (word.question() && !sessions.containsKey(operation.opId())) {
                examination.authentic().stream()
                        .map(Statement::operation)
                        .filter(Operation::hasResult)
                        .findFirst()
                        .ifPresent(unseen -> refuse(unseen, Degrees.of(1)));
            }
        }
        review(operation);
        if (word.question()) {
            disk.record(operation.opId()).ifPresent(mine -> tell(from, mine, false));
        }
    }

    /** TPC-5. */
    private void review(Operation operation) {
        var keyId = World.text(operation.keyId());
        boolean open = current(operation).filter(record -> record.state().isOpen()).isPresent();
        disk.active(keyId).filter(held -> !open && !disk.isStale(keyId)).ifPresent(held -> {
            var left = disk.statements().stream()
                    .filter(said -> said.verb() == Verb.CLEAN
                            && said.operation().baseShareId().equals(held.shareId()))
                    .toList();
            var standing = machine.standing(held.shareId(), held.ids(), held.threshold() - 1, left, List.of());
            if (standing instanceof Standing.Stale) {
                disk.markStale(keyId);
            }
        });
    }

    private void take(OperationRecord record, List<Statement> statements) {
        var operation = record.operation();
        var reception = machine.receive(record, disk.activeId(operation.keyId()), statements);
        if (reception.rolledBack().isPresent()) {
            throw new AssertionError("node " + number + " forgot " + reception.rolledBack().get());
        }
        reception.transition().ifPresent(transition -> step(transition, disk));
        reception.noCertificate().ifPresent(flaw -> {
            throw new AssertionError("honest nodes disagree: " + flaw.getMessage());
        });
        current(operation).ifPresent(this::advance);
    }

    private void advance(OperationRecord record) {
        var keyId = record.operation().keyId();
        for (var next = machine.advance(record, disk.activeId(keyId)); next.isPresent(); ) {
            step(next.get(), disk);
            next = current(record.operation()).flatMap(now -> machine.advance(now, disk.activeId(keyId)));
        }
    }

    private Optional<OperationRecord> current(Operation operation) {
        return disk.record(operation.opId());
    }

    private void step(Transition transition, Ledger<Disk.Conflict> ledger) {
        world.event();
        var operation = transition.change().record().operation();
        try {
            var outgoing = transition.writeTo(ledger);
            world.written();
            for (int other : others(operation)) {
                outgoing.certificate().ifPresent(proof -> world.post(
                        number, other, new World.Cargo.Word(proof.prepared(), false)));
                if (!outgoing.statements().isEmpty()) {
                    world.post(number, other, new World.Cargo.Word(outgoing.statements(), false));
                }
            }
        } catch (Disk.Conflict e) {
            throw new AssertionError("node " + number + ", " + operation + ": " + e.getMessage(), e);
        }
    }

    private List<Integer> others(Operation operation) {
        return operation.participants().stream()
                .map(participant -> Cast.node(participant.id()))
                .filter(node -> node != number)
                .distinct()
                .toList();
    }

    /** A link is up: what is open is asked about, what is closed is shown. */
    void linkUp(int other) {
        disk.records()
                .filter(record -> others(record.operation()).contains(other))
                .forEach(record -> tell(other, record, record.state().isOpen()));
    }

    private void tell(int other, OperationRecord record, boolean question) {
        var all = machine.status(record).statements();
        if (!all.isEmpty()) {
            world.post(number, other, new World.Cargo.Word(all, question));
        }
    }

    /** R7: everybody who is here was asked; R1: now a node without C gives up. */
    void deadline() {
        var open = disk.records().filter(record -> record.state() == State.PENDING).toList();
        open.forEach(record -> machine.refuse(record).ifPresent(refusal -> step(refusal, disk)));
    }

    /** {@code resolve --dead} (R6). */
    void declareDead(int dead) {
        var open = disk.records()
                .filter(record -> record.state().isOpen() && others(record.operation()).contains(dead))
                .toList();
        open.forEach(record -> {
            machine.declareDead(record, Set.of(Cast.id(dead))).ifPresent(change -> step(change, disk));
            current(record.operation()).ifPresent(this::advance);
        });
    }
}
