package quorate.node.commit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import quorate.commit.AdoptionRecord;
import quorate.commit.CommitMachine;
import quorate.commit.Octets;
import quorate.commit.OperationRecord;
import quorate.commit.Standing;
import quorate.commit.Statement;
import quorate.commit.StatusReport;
import quorate.commit.Verb;
import quorate.rounds.Refused;
import quorate.store.Database;
import quorate.store.Outcome;

/**
 * Who holds a sharing that the others have left (protocols.md 5.4, Stale). Nodes tell one another what they hold when
 * a link comes up and when a session finds no common sharing; whoever knows that a sharing was left shows the CLEAN
 * statements that prove it, and only the proof makes a node stop offering its own (TPC-5). Used under the lock of
 * {@link Commits}.
 */
public final class Staleness {
    private final CommitMachine machine;
    private final Database database;
    private final Records records;
    private final Sharings sharings;
    private final BiConsumer<String, String> event;
    private final Map<Place, Behind> behind = new ConcurrentHashMap<>();
    private final Set<Octets> hinted = ConcurrentHashMap.newKeySet();

    /** Another player holds an older sharing of a key than this node. */
    public record Behind(int player, String keyId, long epoch, long ours) {
        public String detail() {
            return "player " + player + " holds key " + keyId + " at epoch " + epoch + ", this node at epoch " + ours;
        }
    }

    private record Place(int player, Octets keyId) {}

    Staleness(
            CommitMachine machine,
            Database database,
            Records records,
            Sharings sharings,
            BiConsumer<String, String> event) {
        this.machine = machine;
        this.database = database;
        this.records = records;
        this.sharings = sharings;
        this.event = event;
    }

    /** The players that hold an older sharing than this node, as far as they said. */
    public List<Behind> behind() {
        var all = new TreeMap<String, Behind>();
        behind.values().forEach(one -> all.put(one.keyId() + " " + one.player(), one));
        return List.copyOf(all.values());
    }

    /** Those of one key. */
    public List<Behind> behind(String keyId) {
        return behind().stream().filter(one -> one.keyId().equals(keyId)).toList();
    }

    /** The keys of which too few others say that this node's sharing was left: it is still offered. */
    public boolean isHinted(Octets shareId) {
        return hinted.contains(shareId);
    }

    /**
     * {@code player} said what it holds of a key.
     *
     * @return what proves to it that its sharing was left; empty if this node cannot prove that
     */
    List<StatusReport> heard(int player, Octets playerId, Holding theirs) {
        var keyId = Records.text(theirs.keyId());
        var place = new Place(player, theirs.keyId());
        var ours = sharings.active(keyId);
        if (ours.isEmpty() || !ours.get().parties().containsValue(playerId)) {
            return List.of();
        }
        boolean common = database.keys().sharings(keyId).stream()
                .anyMatch(stored -> Records.octets(stored.sharing().shareId()).equals(theirs.shareId()));
        if (common || Long.compareUnsigned(theirs.epoch(), ours.get().epoch()) >= 0) {
            behind.remove(place);
        } else {
            var now = new Behind(player, keyId, theirs.epoch(), ours.get().epoch());
            if (!now.equals(behind.put(place, now))) {
                event.accept("peer-stale", now.detail() + ": repair the share of player " + player);
            }
        }
        return common ? List.of() : proofAgainst(theirs);
    }

    private List<StatusReport> proofAgainst(Holding theirs) {
        var reports = new ArrayList<StatusReport>();
        for (var opId : database.statements().operationsOf(Records.text(theirs.keyId()))) {
            var clean = records.statements(theirs.keyId(), Records.octets(opId)).stream()
                    .filter(statement -> isOfWhoLeft(statement, theirs.shareId()))
                    .toList();
            if (!clean.isEmpty()) {
                reports.add(new StatusReport(Records.octets(opId), clean));
            }
        }
        return reports;
    }

    private static boolean isOfWhoLeft(Statement statement, Octets shareId) {
        return statement.verb() == Verb.CLEAN
                && statement.operation().baseShareId().equals(shareId);
    }

    /**
     * Statements about a key came, of an operation that is not open here: stops offering the ACTIVE sharing if they
     * prove that it was left.
     */
    void review(Octets key, List<AdoptionRecord> adoptions) {
        var keyId = Records.text(key);
        var held = sharings.active(keyId);
        if (held.isEmpty()) {
            return;
        }
        var ours = held.get();
        var statements = new ArrayList<Statement>();
        for (var opId : database.statements().operationsOf(keyId)) {
            records.statements(key, Records.octets(opId)).stream()
                    .filter(statement -> isOfWhoLeft(statement, ours.shareId()))
                    .forEach(statements::add);
        }
        if (statements.isEmpty()) {
            return;
        }
        var parties = new HashSet<>(ours.parties().values());
        switch (machine.standing(ours.shareId(), parties, ours.degree(), statements, adoptions)) {
            case Standing.Current current -> hinted.remove(ours.shareId());
            case Standing.MaybeStale hint -> {
                if (hinted.add(ours.shareId())) {
                    event.accept(
                            "maybe-stale",
                            "key " + keyId + " was perhaps reshared without this node, which holds epoch " + ours.epoch()
                                    + ": " + hint.hints().size() + " of the others say so");
                }
            }
            case Standing.Stale stale -> mark(ours, stale.refusal());
            // Nobody adopts without the others' statements being overridden: the share is in quarantine already.
            case Standing.Abandoned abandoned -> mark(ours, abandoned.refusal());
        }
    }

    /**
     * The others can be CLEAN without this node's word only because they declared it dead: "M may take part again only after
     * section 6" (R6). To be called before this node commits, with what it knows then.
     */
    void reviewBeforeCommit(OperationRecord record) {
        var operation = record.operation();
        sharings.active(Records.text(operation.keyId()))
                .filter(held -> held.shareId().equals(operation.baseShareId()))
                .ifPresent(held -> {
                    var parties = new HashSet<>(held.parties().values());
                    var said = record.statements().all().stream()
                            .filter(statement -> isOfWhoLeft(statement, held.shareId()))
                            .toList();
                    if (machine.standing(held.shareId(), parties, held.degree(), said, List.of())
                                    instanceof Standing.Stale
                            && database.shares().markStale(held.keyId(), Records.bytes(held.shareId())) == Outcome.DONE) {
                        event.accept(
                                "share-stale",
                                "R6: the others ended " + operation + " of key " + held.keyId() + " without this node,"
                                        + " which was declared dead: its share is not offered any more. Repair it");
                    }
                });
    }

    private void mark(Sharings.Held ours, Refused why) {
        var shareId = Records.bytes(ours.shareId());
        if (database.shares().markStale(ours.keyId(), shareId) == Outcome.DONE) {
            hinted.remove(ours.shareId());
            event.accept(
                    "share-stale",
                    why.getMessage() + ": the share of key " + ours.keyId() + ", epoch " + ours.epoch()
                            + ", is not offered any more. Repair it");
        }
    }

    /** What this node holds of all keys of which {@code playerId} is a party too. */
    List<Holding> holdingsFor(Octets playerId) {
        return sharings.active().stream()
                .filter(held -> held.parties().containsValue(playerId))
                .map(Holding::of)
                .toList();
    }

    /** What this node holds of one key. */
    List<Sharings.Held> held(Octets keyId) {
        return sharings.active(Records.text(keyId)).stream().toList();
    }
}
