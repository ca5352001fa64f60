package quorate.node.key;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.api.Bytes;
import quorate.api.GenerateKey;
import quorate.api.KeyInfo;
import quorate.api.Operation;
import quorate.api.OperationProtocol;
import quorate.api.OperationState;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.commit.Admission;
import quorate.commit.Degrees;
import quorate.commit.Octets;
import quorate.commit.OperationRecord;
import quorate.commit.Participant;
import quorate.commit.State;
import quorate.keygen.GeneratedKey;
import quorate.keygen.Keygen;
import quorate.node.commit.Commits;
import quorate.node.config.Roster;
import quorate.node.problem.CeremonyProblems;
import quorate.node.problem.ProblemException;
import quorate.node.session.SessionUsed;
import quorate.node.session.Sessions;
import quorate.rounds.CeremonyException;
import quorate.rounds.Entry;
import quorate.rounds.HedgedDraw;
import quorate.rounds.Proposal;
import quorate.rounds.Refused;
import quorate.store.Database;
import quorate.store.KeyDescription;

/**
 * Generates keys (protocols.md 1.1) and answers only when the key is CLEAN here: then every participant is
 * known to be able to finish, whatever crashes (protocols.md 5.4).
 */
public final class KeyGeneration {
    /** What the last round's message of this party was: from then on others may have a result. */
    private static final int LAST_ROUND = 3;

    private final Database database;
    private final KeyRing keys;
    private final Presence presence;
    private final Sessions sessions;
    private final Commits commits;
    private final PauseGate gate;
    private final Roster roster;
    private final SecureRandom random;
    private final Duration limit;
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    private record Running(GenerateKey request, CompletableFuture<KeyInfo> result) {}

    /**
     * Generates keys among the players of the roster.
     *
     * @param limit how long the session, and then the commit, may take before the caller is answered
     */
    public KeyGeneration(
            Database database,
            KeyRing keys,
            Presence presence,
            Sessions sessions,
            Commits commits,
            PauseGate gate,
            Roster roster,
            SecureRandom random,
            Duration limit) {
        this.database = database;
        this.keys = keys;
        this.presence = presence;
        this.sessions = sessions;
        this.commits = commits;
        this.gate = gate;
        this.roster = roster;
        this.random = random;
        this.limit = limit;
    }

    /** Generates the key, or joins the operation of this id. */
    public KeyInfo generate(GenerateKey request) throws InterruptedException {
        requirePlayers(request);
        var mine = new Running(request, new CompletableFuture<>());
        var opId = Octets.of(request.sessionId().toArray());
        var keyId = Octets.of(request.keyId().getBytes(StandardCharsets.UTF_8));
        var other = running.putIfAbsent(request.keyId(), mine);
        var admission = Admission.decide(
                opId,
                commits.find(keyId, opId),
                commits.open(keyId),
                Optional.ofNullable(other).map(run -> Octets.of(run.request().sessionId().toArray())));
        try {
            return switch (admission) {
                case Admission.Admitted admitted -> begin(request, keyId, opId, mine);
                case Admission.Running joined -> join(request, other);
                case Admission.Recorded recorded -> await(request, keyId, opId);
                case Admission.Busy busy -> throw busy(request.keyId(), busy);
            };
        } finally {
            if (other == null) {
                running.remove(request.keyId());
                mine.result().completeExceptionally(new ProblemException(
                        ProblemCode.PEER_ABORTED, "the request that this one joined ended without a key"));
            }
        }
    }

    /** How far an operation has come here. */
    public Operation operation(Bytes opId) {
        var running = this.running.values().stream()
                .filter(run -> run.request().sessionId().equals(opId))
                .findFirst();
        var name = Octets.of(opId.toArray());
        for (var key : database.keys().all()) {
            for (var stored : database.operations().ofKey(key.keyId())) {
                if (Arrays.equals(stored.operation().opId().toArray(), name.bytes())) {
                    return operation(key.keyId(), opId, OperationState.valueOf(stored.state().name()));
                }
            }
        }
        return running.map(run -> operation(run.request().keyId(), opId, OperationState.RUNNING))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND, "this node knows no operation " + opId.hex()));
    }

    /** The operations that have not ended. */
    public List<Operation> openOperations() {
        return commits.open().stream().map(KeyGeneration::operation).toList();
    }

    private KeyInfo begin(GenerateKey request, Octets keyId, Octets opId, Running mine) throws InterruptedException {
        try (var _ = gate.enter()) {
            if (!database.keys().isFree(request.keyId())) {
                throw new ProblemException(
                        ProblemCode.KEY_EXISTS, "key id " + request.keyId() + " is used, or was, on this node");
            }
            var state = run(request, keyId, opId);
            var info = finished(request, keyId, opId, state);
            mine.result().complete(info);
            return info;
        } catch (ProblemException e) {
            mine.result().completeExceptionally(e);
            throw e;
        }
    }

    /** The session, then PENDING. Returns what the commit comes to. */
    private CompletableFuture<State> run(GenerateKey request, Octets keyId, Octets opId) throws InterruptedException {
        var committee = Committee.of(request.players().stream()
                .map(player -> {
                    var card = roster.player(player);
                    return new Committee.Member(player, card.tlsPin(), card.statementKey());
                })
                .toList());
        var entries = presence.entries(committee, request.players());
        var me = presence.self().entry(committee.party(presence.self().player()));
        var group = KeyNames.group(request.curve());
        var purpose = request.purpose() == null ? "" : request.purpose();
        var attributes = LoadedKey.attributes(purpose);
        var proposal = new Proposal(
                quorate.rounds.Operation.KEYGEN,
                group,
                KeyNames.scheme(request.scheme()).code(),
                keyId.bytes(),
                committee.size(),
                request.threshold() - 1,
                committee.digest(),
                entries,
                me,
                opId.bytes(),
                List.of(attributes),
                List.of(),
                new byte[0],
                new byte[0],
                new byte[0]);
        var degrees = Degrees.of(request.threshold() - 1);
        var round = new int[1];
        commits.began(opId);
        try (var secrets = new Secrets()) {
            var draw = database.useNodeSecret(secret -> new HedgedDraw(random, secret, me, secrets));
            var generated = sessions.run(
                    proposal,
                    committee.playersByParty(),
                    limit,
                    agreement -> Keygen.start(agreement, draw, secrets),
                    reached -> round[0] = reached);
            return store(request, purpose, attributes, committee, entries, me, generated, opId, keyId, degrees);
        } catch (CeremonyException e) {
            if (round[0] >= LAST_ROUND) {
                commits.refuse(withoutResult(keyId, opId, entries), degrees);
            }
            throw new ProblemException(CeremonyProblems.of(e, committee.playersByParty(), request.sessionId()));
        } catch (SessionUsed e) {
            throw new ProblemException(ProblemCode.SESSION_USED, String.valueOf(e.getMessage()));
        } finally {
            commits.ended(opId);
        }
    }

    private CompletableFuture<State> store(
            GenerateKey request,
            String purpose,
            byte[] attributes,
            Committee committee,
            List<Entry> entries,
            Entry me,
            GeneratedKey generated,
            Octets opId,
            Octets keyId,
            Degrees degrees)
            throws Refused {
        var sharing = generated.share().sharing();
        var operation = new quorate.commit.Operation(
                quorate.rounds.Operation.KEYGEN.protocolId(),
                opId,
                keyId,
                Octets.EMPTY,
                sharing.epoch(),
                Octets.of(sharing.shareId()),
                entries.stream().map(Participant::of).toList(),
                Octets.of(generated.confirmation()));
        var description = new KeyDescription(
                request.keyId(),
                request.scheme().wireName(),
                request.curve().wireName(),
                purpose,
                quorate.store.Bytes.of(attributes));
        var share = generated.share().secret().exposeFor(Purpose.SEALING);
        try {
            return commits.prepare(
                    operation, degrees, description, LoadedKey.store(sharing, committee, me.index()), share);
        } finally {
            Arrays.fill(share, (byte) 0);
        }
    }

    private static quorate.commit.Operation withoutResult(Octets keyId, Octets opId, List<Entry> entries) {
        return new quorate.commit.Operation(
                quorate.rounds.Operation.KEYGEN.protocolId(),
                opId,
                keyId,
                Octets.EMPTY,
                0,
                Octets.EMPTY,
                entries.stream().map(Participant::of).toList(),
                Octets.EMPTY);
    }

    private KeyInfo join(GenerateKey request, Running other) throws InterruptedException {
        if (!other.request().equals(request)) {
            throw new ProblemException(
                    ProblemCode.SESSION_USED, "operation " + request.sessionId().hex() + " has other parameters");
        }
        try {
            return other.result().get(2 * limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new ProblemException(ProblemCode.PEER_SILENT, "the operation goes on; ask again with its id");
        }
    }

    /** A repeated request: the operation has a record, so it has an end or will have one. */
    private KeyInfo await(GenerateKey request, Octets keyId, Octets opId) throws InterruptedException {
        var end = commits.end(keyId, opId);
        var record = commits.find(keyId, opId).orElseThrow();
        if (!record.state().isOpen()) {
            end.complete(record.state());
        }
        var info = finished(request, keyId, opId, end);
        if (info.threshold() != request.threshold()
                || info.curve() != request.curve()
                || info.scheme() != request.scheme()
                || !info.players().equals(request.players())) {
            throw new ProblemException(
                    ProblemCode.SESSION_USED, "operation " + request.sessionId().hex() + " has other parameters");
        }
        return info;
    }

    private KeyInfo finished(GenerateKey request, Octets keyId, Octets opId, CompletableFuture<State> end)
            throws InterruptedException {
        try {
            var state = end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (state == State.CLEAN) {
                return keys.show(request.keyId());
            }
            throw new ProblemException(Problem.of(
                            ProblemCode.PEER_ABORTED,
                            "the operation ended " + state.name() + ": there is no key, start again with a new id")
                    .about(operation(
                            request.keyId(), request.sessionId(), OperationState.valueOf(state.name()))));
        } catch (TimeoutException e) {
            throw new ProblemException(Problem.of(
                            ProblemCode.PEER_SILENT, "the operation is not finished; ask again with the same id")
                    .inSession(request.sessionId())
                    .about(commits.find(keyId, opId).map(KeyGeneration::operation).orElseThrow()));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void requirePlayers(GenerateKey request) {
        if (request.players().getLast() > roster.size()) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "player " + request.players().getLast() + " is not in the roster of " + roster.size());
        }
        if (!request.players().contains(presence.self().player())) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "players " + request.players() + " do not include player " + presence.self().player());
        }
    }

    private static ProblemException busy(String keyId, Admission.Busy busy) {
        var state = busy.state().map(s -> OperationState.valueOf(s.name())).orElse(OperationState.RUNNING);
        return new ProblemException(Problem.of(ProblemCode.BUSY, "TPC-2: another operation on key " + keyId + " is open")
                .failing("TPC-2")
                .about(operation(keyId, Bytes.of(busy.opId().bytes()), state)));
    }

    private static Operation operation(OperationRecord record) {
        return operation(
                new String(record.operation().keyId().bytes(), StandardCharsets.UTF_8),
                Bytes.of(record.operation().opId().bytes()),
                OperationState.valueOf(record.state().name()));
    }

    private static Operation operation(String keyId, Bytes opId, OperationState state) {
        return new Operation(keyId, opId, OperationProtocol.KEYGEN, state);
    }
}
