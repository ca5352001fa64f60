package quorate.node.key;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import quorate.api.Bytes;
import quorate.api.KeyInfo;
import quorate.api.Operation;
import quorate.api.OperationProtocol;
import quorate.api.OperationState;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.commit.Admission;
import quorate.commit.Octets;
import quorate.commit.OperationRecord;
import quorate.commit.State;
import quorate.node.commit.Commits;
import quorate.node.problem.ProblemException;

/**
 * R0 of protocols.md 5.4: one operation at a time makes or changes a key. A request that is repeated under its id joins
 * the operation that goes on, or learns what came of it. Whoever is answered with the key is answered by a CLEAN node:
 * then every participant is known to be able to finish, whatever crashes.
 */
public final class KeyOperations {
    private final KeyRing keys;
    private final Commits commits;
    private final PauseGate gate;
    private final OperationReports reports;
    private final Duration limit;
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    /** One request: of whatever kind, its parameters are equal exactly if it is the same. */
    record Request(String keyId, Bytes opId, OperationProtocol protocol, Object parameters) {
        Octets key() {
            return name(keyId);
        }

        Octets operation() {
            return Octets.of(opId.toArray());
        }
    }

    /** Runs the session of an operation up to its record; returns what the commit comes to. */
    @FunctionalInterface
    interface Ceremony {
        CompletableFuture<State> run() throws InterruptedException;
    }

    private record Running(Request request, CompletableFuture<State> result) {}

    /** @param limit how long the commit may take before the caller is answered */
    public KeyOperations(KeyRing keys, Commits commits, PauseGate gate, OperationReports reports, Duration limit) {
        this.keys = keys;
        this.commits = commits;
        this.gate = gate;
        this.reports = reports;
        this.limit = limit;
    }

    /**
     * Runs the operation, or joins the one of this id.
     *
     * @param recorded whether a key that came of an operation of this id is what the request asks for
     */
    KeyInfo run(Request request, Predicate<KeyInfo> recorded, Ceremony ceremony) throws InterruptedException {
        complete(request, record -> recorded.test(keys.show(request.keyId())), ceremony);
        return keys.show(request.keyId());
    }

    /**
     * The same of an operation after which this node may hold no key. Returns when it is CLEAN here.
     *
     * @param recorded whether the record of an operation of this id is of this request
     */
    void complete(Request request, Predicate<OperationRecord> recorded, Ceremony ceremony) throws InterruptedException {
        var mine = new Running(request, new CompletableFuture<>());
        var other = running.putIfAbsent(request.keyId(), mine);
        try {
            var admission = Admission.decide(
                    request.operation(),
                    commits.find(request.key(), request.operation()),
                    commits.open(request.key()),
                    Optional.ofNullable(other).map(run -> run.request().operation()));
            switch (admission) {
                case Admission.Admitted admitted -> begin(request, mine, ceremony);
                case Admission.Running joined -> join(request, other);
                case Admission.Recorded record -> await(request, recorded);
                case Admission.Busy busy -> throw busy(request.keyId(), busy);
            }
        } finally {
            if (other == null) {
                running.remove(request.keyId());
                mine.result().completeExceptionally(new ProblemException(
                        ProblemCode.PEER_ABORTED, "the request that this one joined ended without a result"));
            }
        }
    }

    /** How far an operation has come here. */
    public Operation operation(Bytes opId) {
        return find(opId).orElseThrow(() -> new ProblemException(
                ProblemCode.NOT_FOUND, "this node knows no operation " + opId.hex()));
    }

    private Optional<Operation> find(Bytes opId) {
        return reports.find(opId).or(() -> running.values().stream()
                .map(Running::request)
                .filter(request -> request.opId().equals(opId))
                .findFirst()
                .map(request -> new Operation(
                        request.keyId(), request.opId(), request.protocol(), OperationState.RUNNING)));
    }

    /** The operations that have a record and have not ended. */
    public List<Operation> unfinished() {
        return reports.open();
    }

    private void begin(Request request, Running mine, Ceremony ceremony) throws InterruptedException {
        try (var _ = gate.enter()) {
            finish(request, ceremony.run());
            mine.result().complete(State.CLEAN);
        } catch (ProblemException e) {
            mine.result().completeExceptionally(e);
            throw e;
        }
    }

    private void join(Request request, Running other) throws InterruptedException {
        if (!other.request().equals(request)) {
            throw otherParameters(request);
        }
        try {
            other.result().get(2 * limit.toMillis(), TimeUnit.MILLISECONDS);
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
    private void await(Request request, Predicate<OperationRecord> recorded) throws InterruptedException {
        var end = commits.end(request.key(), request.operation());
        boolean sameKind = reports.find(request.opId())
                .filter(operation -> operation.protocol() == request.protocol())
                .isPresent();
        if (!sameKind) {
            throw otherParameters(request);
        }
        finish(request, end);
        if (commits.find(request.key(), request.operation()).filter(recorded).isEmpty()) {
            throw otherParameters(request);
        }
    }

    private void finish(Request request, CompletableFuture<State> end) throws InterruptedException {
        try {
            var state = end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (state != State.CLEAN) {
                throw new ProblemException(Problem.of(
                                ProblemCode.PEER_ABORTED,
                                "the operation ended " + state.name()
                                        + ": nothing has changed, start again with a new id")
                        .about(new Operation(
                                request.keyId(),
                                request.opId(),
                                request.protocol(),
                                OperationState.valueOf(state.name()))));
            }
        } catch (TimeoutException e) {
            throw new ProblemException(Problem.of(
                            ProblemCode.PEER_SILENT, "the operation is not finished; ask again with the same id")
                    .inSession(request.opId())
                    .about(operation(request.opId())));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private ProblemException busy(String keyId, Admission.Busy busy) {
        var problem = Problem.of(ProblemCode.BUSY, "TPC-2: another operation on key " + keyId + " is open")
                .failing("TPC-2");
        return new ProblemException(find(Bytes.of(busy.opId().bytes())).map(problem::about).orElse(problem));
    }

    public static Octets name(String keyId) {
        return Octets.of(keyId.getBytes(StandardCharsets.UTF_8));
    }

    private static ProblemException otherParameters(Request request) {
        return new ProblemException(
                ProblemCode.SESSION_USED, "operation " + request.opId().hex() + " has other parameters");
    }
}
