package quorate.node.commit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import quorate.commit.AdoptionRecord;
import quorate.commit.CommitMachine;
import quorate.commit.Octets;
import quorate.commit.Operation;
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
    /** An operator hears of one player and key only so often: each event is written durably. */
    private static final Duration REPORT_EVERY = Duration.ofMinutes(10);

    private final CommitMachine machine;
    private final Database database;
    private final Records records;
    private final Sharings sharings;
    private final BiConsumer<String, String> event;
    private final Clock clock;
    private final Map<Place, Behind> behind = new ConcurrentHashMap<>();
    private final Map<Place, Octets> said = new HashMap<>();
    private final Map<Place, Instant> reported = new HashMap<>();
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
            Clock clock,
            BiConsumer<String, String> event) {
        this.machine = machine;
        this.database = database;
        this.records = records;
        this.sharings = sharings;
        this.clock = clock;
        this.event = event;
    }

    /** The players that hold an older sharing than this node, as far as they said. */
    public List<Behind> behind() {
        return behind(one -> true);
    }

    /** Those of one key. */
    public List<Behind> behind(String keyId) {
        return behind(one -> one.keyId().equals(keyId));
    }

    /** What was said of another sharing than this node holds now says nothing any more. */
    private List<Behind> behind(Predicate<Behind> wanted) {
        var all = new TreeMap<String, Behind>();
        behind.values().stream()
                .filter(wanted)
                .filter(one -> sharings.active(one.keyId()).filter(held -> held.epoch() == one.ours()).isPresent())
                .forEach(one -> all.put(one.keyId() + " " + one.player(), one));
        return List.copyOf(all.values());
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
        var ours = sharings.active(keyId).filter(held -> held.parties().containsValue(playerId));
        if (ours.isEmpty()) {
            behind.remove(place);
            // It may have been left out of a committee that this node has left too, or is one of now (5.2).
            return proofAgainst(theirs, sharings.active(keyId));
        }
        boolean common = database.keys().sharings(keyId).stream()
                .anyMatch(stored -> Records.octets(stored.sharing().shareId()).equals(theirs.shareId()));
        if (common || Long.compareUnsigned(theirs.epoch(), ours.get().epoch()) >= 0) {
            behind.remove(place);
        } else {
            var now = new Behind(player, keyId, theirs.epoch(), ours.get().epoch());
            if (!now.equals(behind.put(place, now)) && isToReport(place)) {
                event.accept("peer-stale", now.detail() + ": repair the share of player " + player);
            }
        }
        return common ? List.of() : proofAgainst(theirs, ours);
    }

    private boolean isToReport(Place place) {
        var now = clock.instant();
        var last = reported.get(place);
        boolean due = last == null || Duration.between(last, now).compareTo(REPORT_EVERY) >= 0;
        if (due) {
            reported.put(place, now);
        }
        return due;
    }

    /**
     * What this node holds itself, for who holds something else. It is told so only when it says something new, or both
     * would answer for ever.
     */
    Optional<Holding> answer(int player, Octets playerId, Holding theirs) {
        return sharings.active(Records.text(theirs.keyId()))
                .filter(ours -> ours.parties().containsValue(playerId))
                .filter(ours -> !theirs.shareId().equals(said.put(new Place(player, theirs.keyId()), theirs.shareId())))
                .filter(ours -> !ours.shareId().equals(theirs.shareId()))
                .map(Holding::of);
    }

    /** The link is new: so may be what is behind it. */
    void forgetSaid(int player) {
        said.keySet().removeIf(place -> place.player() == player);
    }

    /** Proves that theirs was left, and says what made ours: with operations between, theirs is not the base of it. */
    private List<StatusReport> proofAgainst(Holding theirs, Optional<Sharings.Held> ours) {
        var mine = ours.map(Sharings.Held::shareId);
        var reports = new ArrayList<StatusReport>();
        for (var opId : database.statements().operationsOf(Records.text(theirs.keyId()))) {
            var clean = records.statements(theirs.keyId(), Records.octets(opId)).stream()
                    .filter(statement ->
                            isOfWhoLeft(statement, theirs.shareId())
                                    || mine.filter(shareId -> isOfWhoTook(statement, shareId)).isPresent())
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

    private static boolean isOfWhoTook(Statement statement, Octets shareId) {
        return statement.verb() == Verb.CLEAN
                && statement.operation().newShareId().equals(shareId);
    }

    /** The operations on a key that were CLEAN on an honest node, as the kept statements of its other parties prove. */
    List<Operation> proven(String keyId) {
        return sharings.active(keyId).map(this::proven).orElseGet(List::of);
    }

    private List<Operation> proven(Sharings.Held held) {
        var key = Records.key(held.keyId());
        var others = new HashSet<>(held.parties().values());
        others.remove(held.parties().get(held.me()));
        var signers = new LinkedHashMap<Operation, Set<Octets>>();
        for (var opId : database.statements().operationsOf(held.keyId())) {
            records.statements(key, Records.octets(opId)).stream()
                    .filter(statement -> statement.verb() == Verb.CLEAN && others.contains(statement.signer()))
                    .forEach(statement -> signers.computeIfAbsent(statement.operation(), first -> new HashSet<>())
                            .add(statement.signer()));
        }
        return signers.entrySet().stream()
                .filter(proof -> proof.getValue().size() > held.degree())
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Statements came of an operation that is not open here: stops offering the ACTIVE sharing if they prove, with
     * those that are kept, that it was left. A proof is kept whole.
     */
    void review(CommitFrame.Name name, List<Statement> shown, List<AdoptionRecord> adoptions) {
        var keyId = Records.text(name.keyId());
        var held = sharings.active(keyId);
        if (held.isEmpty()) {
            return;
        }
        var ours = held.get();
        var said = Stream.concat(records.statements(name.keyId(), name.opId()).stream(), shown.stream());
        switch (standing(ours, said, adoptions)) {
            case Standing.Current current -> {}
            case Standing.MaybeStale hint -> {
                if (hinted.add(ours.shareId())) {
                    event.accept(
                            "maybe-stale",
                            "key " + keyId + " was perhaps reshared without this node, which holds epoch " + ours.epoch()
                                    + ": " + hint.hints().size() + " of the others say so");
                }
            }
            case Standing.Stale stale -> {
                records.keepAll(name.keyId(), name.opId(), stale.proof());
                mark(ours, stale.refusal());
            }
            // Nobody adopts without the others' statements being overridden: the share is in quarantine already.
            case Standing.Abandoned abandoned -> mark(ours, abandoned.refusal());
        }
    }

    /** An adoption revived it: what others said of it before does not count any more. */
    void forgetHint(Octets shareId) {
        hinted.remove(shareId);
    }

    /** Whether what is kept proves that the ACTIVE sharing of a key was left, although these adoptions count. */
    boolean isLeft(Octets key, List<AdoptionRecord> adoptions) {
        var keyId = Records.text(key);
        var held = sharings.active(keyId);
        var kept = database.statements().operationsOf(keyId).stream()
                .flatMap(opId -> records.statements(key, Records.octets(opId)).stream());
        return held.isPresent()
                && switch (standing(held.get(), kept, adoptions)) {
                    case Standing.Current current -> false;
                    case Standing.MaybeStale hint -> false;
                    case Standing.Stale stale -> true;
                    case Standing.Abandoned abandoned -> true;
                };
    }

    private Standing standing(Sharings.Held ours, Stream<Statement> statements, List<AdoptionRecord> adoptions) {
        var parties = new HashSet<>(ours.parties().values());
        var clean = statements.filter(statement -> isOfWhoLeft(statement, ours.shareId())).toList();
        return machine.standing(ours.shareId(), parties, ours.degree(), clean, adoptions);
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
