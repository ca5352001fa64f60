package quorate.node;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import quorate.api.Bytes;
import quorate.api.Event;
import quorate.api.NotReady;
import quorate.api.ProblemCode;
import quorate.api.Ready;
import quorate.api.Status;
import quorate.api.StatusProblem;
import quorate.node.backup.BackupDrills;
import quorate.node.commit.Staleness;
import quorate.node.config.Roster;
import quorate.node.key.KeyOperations;
import quorate.node.key.KeyRing;
import quorate.node.key.PauseGate;
import quorate.node.key.Self;
import quorate.node.pair.Pairs;
import quorate.store.Database;

/** Answers "can I sign now, with whom", and for each problem the remedy (product.md 5). */
final class StatusReport {
    private static final int EVENTS = 100;

    private final Self self;
    private final Supplier<Roster> roster;
    private final Database database;
    private final KeyRing keys;
    private final KeyOperations operations;
    private final Staleness staleness;
    private final PauseGate gate;
    private final Mesh mesh;
    private final IntSupplier presignatures;
    private final Pairs pairs;
    private final BooleanSupplier stopping;
    private final Clock clock;
    private volatile int leastThreshold;

    /** @param stopping whether the node has a reason to end */
    StatusReport(
            Self self,
            Supplier<Roster> roster,
            Database database,
            KeyRing keys,
            KeyOperations operations,
            Staleness staleness,
            PauseGate gate,
            Mesh mesh,
            IntSupplier presignatures,
            Pairs pairs,
            BooleanSupplier stopping,
            Clock clock) {
        this.self = self;
        this.roster = roster;
        this.database = database;
        this.keys = keys;
        this.operations = operations;
        this.staleness = staleness;
        this.gate = gate;
        this.mesh = mesh;
        this.presignatures = presignatures;
        this.pairs = pairs;
        this.stopping = stopping;
        this.clock = clock;
        refresh();
    }

    /** To be called every second: reads from the database what {@link #ready} answers from memory. */
    void refresh() {
        leastThreshold = keys.leastThreshold().orElse(roster.get().threshold());
    }

    /** Answered to everybody, so it costs nothing and tells no particulars. */
    Ready ready() {
        if (stopping.getAsBoolean()) {
            return Ready.no(self.player(), NotReady.STOPPING);
        }
        return isQuorum(mesh.connected()) ? Ready.yes(self.player()) : Ready.no(self.player(), NotReady.NO_QUORUM);
    }

    Status status() {
        refresh();
        return new Status(
                self.player(),
                Software.VERSION,
                Bytes.of(self.incarnation().bytes()),
                ready().ready(),
                keys.usable(),
                gate.state(),
                mesh.report(others()),
                operations.unfinished(),
                database.events().latest(EVENTS).stream()
                        .map(event -> new Event(event.time(), event.kind(), event.detail(), null))
                        .toList(),
                problems(),
                pairs.outOfUse(),
                presignatures.getAsInt(),
                database.drills().last().map(BackupDrills::shown).orElse(null));
    }

    /** Enough nodes are there for some key; without keys, for a key of the cluster's threshold. */
    private boolean isQuorum(Set<Integer> connected) {
        return connected.size() + 1 >= leastThreshold;
    }

    private List<StatusProblem> problems() {
        var problems = new ArrayList<StatusProblem>();
        var connected = mesh.connected();
        if (!isQuorum(connected)) {
            problems.add(new StatusProblem(
                    ProblemCode.NOT_READY,
                    "links are up to players " + connected + " only; a quorum needs "
                            + (leastThreshold - 1) + " others",
                    "Start the other nodes, or mend the network between them and this one."));
        }
        for (int player : others()) {
            if (!connected.contains(player)) {
                problems.add(new StatusProblem(
                        ProblemCode.PEER_SILENT,
                        "no link to player " + player,
                        "Start node " + player + ", or mend the network to " + roster.get().player(player).mpc() + "."));
            }
        }
        var life = new KeyLifeProblems(self.player(), database, staleness, clock);
        problems.addAll(life.unfinished(operations.unfinished()));
        problems.addAll(life.staleHere());
        problems.addAll(life.staleElsewhere());
        return problems;
    }

    private Set<Integer> others() {
        var others = new TreeSet<Integer>();
        roster.get().players().forEach(card -> others.add(card.player()));
        others.remove(self.player());
        return others;
    }
}
