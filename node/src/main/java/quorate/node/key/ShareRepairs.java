package quorate.node.key;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.api.RepairShare;
import quorate.api.RepairState;
import quorate.api.ShareRepair;
import quorate.commit.Octets;
import quorate.key.Scheme;
import quorate.node.commit.Commits;
import quorate.node.config.Roster;
import quorate.node.identity.Bytes32;
import quorate.node.problem.ProblemException;
import quorate.rounds.Check;
import quorate.store.Bytes;
import quorate.store.Database;
import quorate.store.RepairApproval;
import quorate.store.Role;
import quorate.store.StoreException;

/**
 * Repairs of shares that administrators of this node approved (REP-0 of protocols.md 6). A call is the approval: durable,
 * with a name and a deadline, for one session. The session waits for the other nodes until then; whoever asks again under
 * its id is told how far it has come.
 */
public final class ShareRepairs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShareRepairs.class);

    private static final int AGREEING = 0;

    private final Database database;
    private final RepairSharings sharings;
    private final RepairCeremony ceremony;
    private final Commits commits;
    private final Supplier<Roster> roster;
    private final PauseGate gate;
    private final Declining declining;
    private final Clock clock;
    private final Duration answerWithin;
    private final Map<quorate.api.Bytes, Running> running = new ConcurrentHashMap<>();

    /** One approved session, until some time after its end. */
    private static final class Running {
        private final String keyId;
        private final RepairShare request;
        private final Instant approvedUntil;
        private final CompletableFuture<ShareRepair> result = new CompletableFuture<>();
        private volatile int round;
        private volatile @Nullable Thread thread;

        private Running(String keyId, RepairShare request, Instant approvedUntil) {
            this.keyId = keyId;
            this.request = request;
            this.approvedUntil = approvedUntil;
        }
    }

    /** @param answerWithin how long a caller waits before it is told that the others are awaited */
    public ShareRepairs(
            Database database,
            KeyRing keys,
            RepairCeremony ceremony,
            Commits commits,
            Supplier<Roster> roster,
            PauseGate gate,
            Declining declining,
            Clock clock,
            Duration answerWithin) {
        this.database = database;
        this.sharings = new RepairSharings(database, keys, commits::proven);
        this.ceremony = ceremony;
        this.commits = commits;
        this.roster = roster;
        this.gate = gate;
        this.declining = declining;
        this.clock = clock;
        this.answerWithin = answerWithin;
    }

    /** Approves the repair and takes part in it, or says how far it has come. */
    public ShareRepair repair(String by, String keyId, RepairShare request) throws InterruptedException {
        forgetEnded();
        return await(declining.orTell(request.sessionId(), participants(request), () -> admit(by, keyId, request)));
    }

    private Running admit(String by, String keyId, RepairShare request) {
        var known = running.get(request.sessionId());
        if (known == null) {
            known = ceremony.me() == request.target() ? receive(by, keyId, request) : help(by, keyId, request);
        } else if (!known.keyId.equals(keyId) || !known.request.equals(request)) {
            throw new ProblemException(
                    ProblemCode.SESSION_USED, "repair " + request.sessionId().hex() + " has other parameters");
        }
        return known;
    }

    private ShareRepair await(Running run) throws InterruptedException {
        try {
            return run.result.get(answerWithin.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return answer(run, RepairState.WAITING);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Running help(String by, String keyId, RepairShare request) {
        var offers = sharings.offers(keyId);
        if (offers.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.BUSY,
                    "the only sharing of key " + keyId + " here may still be reverted: let its operation end");
        }
        var key = offers.getFirst();
        requireSame(key, request);
        var plan = RepairPlan.of(
                keyId, request, key.committee(), key.sharing().publicKey().encode(), ceremony.me());
        return begin(by, plan, (run, limit, pass) -> {
            ceremony.help(plan, offers, limit, round -> run.round = round, pass::take);
            approvePairs(plan, List.of(plan.targetId()), by);
            database.events().append("repair-helped", what(plan) + ", approved by " + by);
            return answer(run, RepairState.HELPED);
        });
    }

    private Running receive(String by, String keyId, RepairShare request) {
        if (database.keys().find(keyId).isEmpty() && !database.keys().isFree(keyId)) {
            throw new ProblemException(
                    ProblemCode.KEY_DELETED, "this node's share of key " + keyId + " was deleted, and stays so");
        }
        database.operations().open(keyId).filter(open -> !commits.isRepairable(KeyOperations.name(keyId))).ifPresent(open -> {
            throw new ProblemException(Problem.of(
                            ProblemCode.BUSY,
                            "TPC-2: operation " + open.operation().opId().hex() + " on key " + keyId + " is "
                                    + open.state() + " here")
                    .failing(Check.TPC_2.id()));
        });
        var plan = RepairPlan.of(keyId, request, committee(request), publicKey(keyId, request), ceremony.me());
        return begin(by, plan, (run, limit, pass) -> {
            var sharing = ceremony.receive(
                    plan,
                    limit,
                    round -> run.round = round,
                    pass::take,
                    shareId -> sharings.isProven(keyId, shareId));
            approvePairs(plan, others(plan), by);
            // Whoever knew this node as stale hears what it holds now.
            commits.compare(Octets.of(keyId.getBytes(StandardCharsets.UTF_8)));
            database.events().append(
                            "share-repaired",
                            what(plan) + " with players " + request.helpers() + ", epoch " + sharing.epoch()
                                    + ", approved by " + by);
            return new ShareRepair(
                    ceremony.me(),
                    keyId,
                    request.sessionId(),
                    request.target(),
                    RepairState.REPAIRED,
                    run.approvedUntil,
                    sharing.epoch(),
                    quorate.api.Bytes.of(sharing.shareId()));
        });
    }

    private interface Work {
        ShareRepair in(Running run, Duration limit, LatePass pass) throws InterruptedException;
    }

    private Running begin(String by, RepairPlan plan, Work work) {
        gate.enter().close();
        var run = approve(by, plan);
        running.put(plan.request().sessionId(), run);
        run.thread = Thread.ofVirtual().name("repair").start(() -> {
            try (var pass = new LatePass(gate)) {
                run.result.complete(work.in(run, Duration.ofSeconds(plan.request().waits()), pass));
            } catch (ProblemException e) {
                declining.tell(plan.request().sessionId(), participants(plan.request()), e);
                failed(plan, e);
                run.result.completeExceptionally(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                run.result.completeExceptionally(new ProblemException(ProblemCode.NOT_READY, "the node is stopping"));
            } catch (RuntimeException e) {
                LOG.error("a repair failed", e);
                run.result.completeExceptionally(e);
            }
        });
        return run;
    }

    /** The operator's part of REP-0: durable before anything is said. */
    private Running approve(String by, RepairPlan plan) {
        var request = plan.request();
        RepairApproval approval = database.repairApprovals()
                .give(
                        Bytes.of(request.sessionId().toArray()),
                        plan.keyId(),
                        Bytes.of(plan.targetId().bytes()),
                        by,
                        Duration.ofSeconds(request.waits()))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.SESSION_USED,
                        "repair " + request.sessionId().hex() + " was approved before: an approval is for one session"));
        database.events().append(
                        "repair-approved", what(plan) + ", until " + approval.expiresAt() + ", by " + by);
        return new Running(plan.keyId(), request, approval.expiresAt());
    }

    private static List<Integer> participants(RepairShare request) {
        return Stream.concat(request.helpers().stream(), Stream.of(request.target())).toList();
    }

    private void failed(RepairPlan plan, ProblemException failure) {
        LOG.warn("{} failed: {}", what(plan), failure.getMessage());
        try {
            database.events().append("repair-failed", what(plan) + ": " + failure.problem().detail());
        } catch (StoreException e) {
            LOG.error("could not record it: {}", e.getMessage());
        }
    }

    private static String what(RepairPlan plan) {
        return "repair of player " + plan.request().target() + "'s share of key " + plan.keyId();
    }

    /** "The approval of the repair of r also approves one PAIRSETUP(r,j) per j" (PAIR-4), on the nodes that approved. */
    private void approvePairs(RepairPlan plan, List<Bytes32> peers, String by) {
        if (plan.scheme() == Scheme.ECDSA) {
            for (var peer : peers) {
                var id = Bytes.of(peer.bytes());
                if (!database.bans().unapproved(plan.keyId(), id).isEmpty()) {
                    database.bans().approve(plan.keyId(), id, by);
                }
            }
        }
    }

    private static List<Bytes32> others(RepairPlan plan) {
        return plan.committee().members().entrySet().stream()
                .filter(member -> member.getKey() != plan.target())
                .map(member -> member.getValue().id())
                .toList();
    }

    /** What the request says of the key is what this node's record says. */
    private static void requireSame(LoadedKey key, RepairShare request) {
        var sharing = key.sharing();
        requireSame("scheme", request.scheme().wireName(), key.description().scheme());
        requireSame("curve", request.curve().wireName(), key.description().curve());
        requireSame("threshold", request.threshold(), sharing.threshold());
        requireSame("players", request.players(), key.committee().players());
        var publicKey = request.publicKey();
        if (publicKey != null) {
            requireSame(
                    "publicKey",
                    publicKey.hex(),
                    quorate.api.Bytes.of(sharing.publicKey().encode()).hex());
        }
    }

    private static void requireSame(String member, Object said, Object held) {
        if (!said.equals(held)) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST, member + " is " + held + " in this node's record of the key, not " + said);
        }
    }

    /** The target may have no record: then the players are those of its roster. */
    private Committee committee(RepairShare request) {
        if (request.players().getLast() > roster.get().size()) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "player " + request.players().getLast() + " is not in the roster of " + roster.get().size());
        }
        return Committee.of(request.players().stream()
                .map(player -> {
                    var card = roster.get().player(player);
                    return new Committee.Member(player, card.tlsPin(), card.statementKey());
                })
                .toList());
    }

    /** "pk equal to its own record or to the operator-supplied pk" (REP-1): here both, where both are there. */
    private byte[] publicKey(String keyId, RepairShare request) {
        var held = database.keys().sharing(keyId, Role.ACTIVE).map(stored -> stored.sharing().publicKey().toArray());
        var said = request.publicKey();
        if (said != null) {
            held.ifPresent(own -> requireSame("publicKey", said.hex(), quorate.api.Bytes.of(own).hex()));
            return said.toArray();
        }
        return held.orElseThrow(() -> new ProblemException(
                ProblemCode.BAD_REQUEST,
                "publicKey is missing: this node has no record of key " + keyId + " to compare with"));
    }

    private ShareRepair answer(Running run, RepairState state) {
        return new ShareRepair(
                ceremony.me(),
                run.keyId,
                run.request.sessionId(),
                run.request.target(),
                state,
                run.approvedUntil,
                null,
                null);
    }

    private void forgetEnded() {
        running.values().removeIf(run -> run.result.isDone() && run.approvedUntil.isBefore(clock.instant()));
    }

    /** Ends those that only wait for others: a node that stops does not wait for their administrators. */
    @Override
    public void close() {
        running.values().stream()
                .filter(run -> run.round == AGREEING)
                .map(run -> run.thread)
                .filter(Objects::nonNull)
                .forEach(Thread::interrupt);
    }
}
