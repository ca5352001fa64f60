package quorate.node.key;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import quorate.algebra.DecodingException;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.key.KeyRecord;
import quorate.key.Sharing;
import quorate.node.commit.Commits;
import quorate.node.problem.CeremonyProblems;
import quorate.node.problem.ProblemException;
import quorate.node.session.SessionUsed;
import quorate.node.session.Sessions;
import quorate.repair.Repair;
import quorate.repair.RepairOutcome;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Driver;
import quorate.rounds.HedgedDraw;
import quorate.rounds.Offer;
import quorate.rounds.Operation;
import quorate.rounds.Proposal;
import quorate.rounds.Protocol;
import quorate.rounds.Refused;
import quorate.rounds.Unresponsive;
import quorate.store.Bytes;
import quorate.store.Database;
import quorate.store.KeyDescription;
import quorate.store.KeyIdTaken;
import quorate.store.KeyState;
import quorate.store.OperationOpen;
import quorate.store.Outcome;
import quorate.store.Role;
import quorate.store.StoredSharing;

/**
 * One session of share repair (protocols.md 6) on this node: as a helper, at which nothing changes, or as the target,
 * which stores its share in one transaction once it has verified everything.
 */
public final class RepairCeremony {
    private static final int AGREEING = 0;

    private final Database database;
    private final KeyRing keys;
    private final Presence presence;
    private final Sessions sessions;
    private final Commits commits;
    private final SecureRandom random;

    public RepairCeremony(
            Database database, KeyRing keys, Presence presence, Sessions sessions, Commits commits, SecureRandom random) {
        this.database = database;
        this.keys = keys;
        this.presence = presence;
        this.sessions = sessions;
        this.commits = commits;
        this.random = random;
    }

    /** What this node decides when its part really begins, after all the waiting for the others. */
    interface Beginning {
        void now() throws Refused;
    }

    int me() {
        return presence.self().player();
    }

    /** Helps; what the target does with it is not this node's to know. */
    void help(
            RepairPlan plan, List<LoadedKey> offers, Duration limit, Driver.Progress progress, Beginning beginning)
            throws InterruptedException {
        try (var secrets = new Secrets()) {
            run(plan, offers, limit, progress, agreement -> {
                requireApproval(plan);
                beginning.now();
                var key = offers.stream()
                        .filter(offer -> Arrays.equals(offer.sharing().shareId(), agreement.shareId()))
                        .findFirst()
                        .orElseThrow();
                var share = keys.open(key, secrets);
                var hedge = secrets.keep(share.secret().exposeFor(Purpose.HEDGING));
                var draw = new HedgedDraw(random, hedge, presence.self().entry(key.party()), secrets);
                return Repair.help(agreement, plan.target(), share, record(key), draw, secrets);
            });
        }
    }

    /** What must be there before this node computes anything for another one. */
    private void requireApproval(RepairPlan plan) throws Refused {
        var session = Bytes.of(plan.request().sessionId().toArray());
        var target = Bytes.of(plan.targetId().bytes());
        if (!database.repairApprovals().holds(session, plan.keyId(), target)) {
            throw new Refused(Check.REP_0, "no administrator of this node approves it now");
        }
    }

    private static KeyRecord record(LoadedKey key) {
        var ids = key.committee().members().values().stream()
                .map(member -> member.id().bytes())
                .toList();
        return KeyRecord.of(key.sharing(), ids, key.description().attributes().toArray());
    }

    /**
     * Gets the share of this node and stores it. Returns the sharing that it is of.
     *
     * @param isProven whether a sharing that this node holds is known to be in force: its operation was CLEAN somewhere
     */
    Sharing receive(
            RepairPlan plan,
            Duration limit,
            Driver.Progress progress,
            Beginning beginning,
            Predicate<Bytes> isProven)
            throws InterruptedException {
        var replaced = database.keys().sharing(plan.keyId(), Role.ACTIVE).map(held -> held.sharing().shareId());
        try (var secrets = new Secrets()) {
            var outcome = run(plan, List.of(), limit, progress, agreement -> {
                requireApproval(plan);
                beginning.now();
                return Repair.receive(agreement, plan.target(), plan.publicKey(), secrets);
            });
            return switch (outcome) {
                case RepairOutcome.Repaired repaired -> {
                    requireNotOlder(plan, repaired.share().sharing(), isProven);
                    yield store(plan, repaired, replaced);
                }
                case RepairOutcome.Helped helped -> throw new IllegalStateException("the target has helped itself");
            };
        }
    }

    private Sharing store(RepairPlan plan, RepairOutcome.Repaired repaired, Optional<Bytes> replaced) {
        var sharing = repaired.share().sharing();
        var attributes = repaired.record().attributes();
        var description = new KeyDescription(
                plan.keyId(),
                plan.request().scheme().wireName(),
                plan.request().curve().wireName(),
                purpose(attributes),
                Bytes.of(attributes));
        var stored = LoadedKey.store(sharing, plan.committee(), plan.target());
        var share = repaired.share().secret().exposeFor(Purpose.SEALING);
        try {
            if (commits.repaired(description, stored, share, replaced) != Outcome.DONE) {
                throw new ProblemException(
                        ProblemCode.BUSY, "this node's share of key " + plan.keyId() + " changed meanwhile");
            }
            return sharing;
        } catch (OperationOpen e) {
            throw new ProblemException(ProblemCode.BUSY, String.valueOf(e.getMessage()));
        } catch (KeyIdTaken e) {
            throw new ProblemException(ProblemCode.KEY_EXISTS, String.valueOf(e.getMessage()));
        } finally {
            Arrays.fill(share, (byte) 0);
        }
    }

    /**
     * Helpers that hide the newest sharing must not take this node back. But one that it only holds, as after the
     * restore of a backup, may belong to an operation that was reverted: then theirs is the one in force.
     */
    private void requireNotOlder(RepairPlan plan, Sharing repaired, Predicate<Bytes> isProven) {
        var usable = database.keys().find(plan.keyId()).filter(key -> key.state() == KeyState.USABLE);
        var held = database.keys().sharing(plan.keyId(), Role.ACTIVE).map(StoredSharing::sharing);
        if (usable.isPresent()
                && held.filter(ours -> ours.epoch() > repaired.epoch() && isProven.test(ours.shareId())).isPresent()) {
            throw new ProblemException(Problem.of(
                            ProblemCode.REFUSED,
                            "the helpers hold epoch " + repaired.epoch() + " of key " + plan.keyId()
                                    + ", this node epoch " + held.get().epoch())
                    .failing(Check.REP_1.id()));
        }
    }

    private static String purpose(byte[] attributes) {
        try {
            return Attributes.decode(attributes).purpose();
        } catch (DecodingException e) {
            throw new ProblemException(Problem.of(
                            ProblemCode.PEERS_DISAGREE, "REP-1: the helpers hold " + e.getMessage())
                    .failing(Check.REP_1.id()));
        }
    }

    private RepairOutcome run(
            RepairPlan plan,
            List<LoadedKey> offers,
            Duration limit,
            Driver.Progress progress,
            Protocol<RepairOutcome> protocol)
            throws InterruptedException {
        var request = plan.request();
        var proposal = new Proposal(
                Operation.REPAIR,
                plan.group(),
                plan.scheme().code(),
                plan.keyId().getBytes(StandardCharsets.UTF_8),
                plan.committee().size(),
                request.threshold() - 1,
                plan.committee().digest(),
                presence.entries(plan.committee(), plan.players()),
                presence.self().entry(plan.committee().party(me())),
                request.sessionId().toArray(),
                Repair.params(plan.target()),
                offers.stream()
                        .map(offer -> new Offer(offer.sharing().epoch(), offer.sharing().shareId()))
                        .toList(),
                plan.publicKey(),
                new byte[0],
                new byte[0]);
        var players = plan.committee().playersByParty();
        players.values().retainAll(plan.players());
        try {
            return sessions.run(proposal, players, limit, protocol, progress);
        } catch (Unresponsive e) {
            throw new ProblemException(silence(e, plan));
        } catch (CeremonyException e) {
            throw new ProblemException(CeremonyProblems.of(e, players, request.sessionId()));
        } catch (SessionUsed e) {
            throw new ProblemException(ProblemCode.SESSION_USED, String.valueOf(e.getMessage()));
        }
    }

    /** Who says nothing at all was not asked by its administrator. */
    private static Problem silence(Unresponsive silence, RepairPlan plan) {
        var players = plan.committee().playersByParty();
        var problem = CeremonyProblems.of(silence, players, plan.request().sessionId());
        if (silence.round() != AGREEING) {
            return problem;
        }
        var silent = players.entrySet().stream()
                .filter(player -> silence.silent().contains(player.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
        return Problem.of(
                        ProblemCode.PEER_SILENT,
                        "REP-0: the repair was not approved on node " + silent + " in time, or the node is away")
                .failing(Check.REP_0.id())
                .missing(silent)
                .inSession(plan.request().sessionId());
    }
}
