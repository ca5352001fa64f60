package quorate.node.http;

import io.helidon.common.parameters.Parameters;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.api.Adopt;
import quorate.api.BackupResult;
import quorate.api.Bytes;
import quorate.api.CreateBackup;
import quorate.api.CreateRecoveryProof;
import quorate.api.CreateShareBackup;
import quorate.api.ExportKey;
import quorate.api.GenerateKey;
import quorate.api.ImportKey;
import quorate.api.PauseRequest;
import quorate.api.PlayerCard;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.api.RecordDrill;
import quorate.api.Redistribute;
import quorate.api.RepairShare;
import quorate.api.Reshare;
import quorate.api.Resolve;
import quorate.api.ResumeRequest;
import quorate.api.SignRequest;
import quorate.node.config.Role;
import quorate.node.problem.ProblemException;
import quorate.node.problem.StoreProblems;
import quorate.recovery.Proof;
import quorate.store.StoreException;

/** The table of openapi.yaml: path, roles, what is called. */
final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int UNAVAILABLE = 503;
    private static final Set<Role> USER = EnumSet.of(Role.KEY_USER);
    private static final Set<Role> ADMINISTRATOR = EnumSet.of(Role.ADMINISTRATOR);
    private static final Set<Role> EXPORTERS = EnumSet.of(Role.ADMINISTRATOR, Role.CUSTODIAN_EXPORTER);
    private static final Set<Role> ANYBODY = EnumSet.of(Role.KEY_USER, Role.ADMINISTRATOR);
    private static final Set<Role> EVERYBODY = EnumSet.allOf(Role.class);

    private static final Pattern PATHS = Pattern.compile("/v1/(health/(live|ready)|status|pause|resume|requirements|players|imports|wrapping-key"
            + "|keys(/[^/]+(/(reshare|redistribute|resolve|sharings|adopt|signatures|presignatures(/next)?|partial-signatures|refill|repair|share-backups|exports|pairs/[^/]+/approval))?)?"
            + "|recovery/(proofs|validations)|presignatures|operations/[^/]+|backups(/[^/]+/(results|drills))?)");

    private final NodeApi node;
    private final Authentication authentication;
    private final Exchange exchange;
    private final Duration readerTimeout;

    Routes(NodeApi node, Authentication authentication, Exchange exchange, Duration readerTimeout) {
        this.node = node;
        this.authentication = authentication;
        this.exchange = exchange;
        this.readerTimeout = readerTimeout;
    }

    HttpRouting.Builder routing() {
        return new PresignatureRoutes(node.presignatures(), authentication, exchange)
                .add(HttpRouting.builder())
                .get("/v1/health/live", (request, response) -> exchange.answer(response, OK, node.live()))
                .get("/v1/health/ready", this::ready)
                .get("/v1/status", (request, response) -> {
                    authentication.require(request, ANYBODY);
                    exchange.answer(response, OK, node.status());
                })
                .post("/v1/keys", (request, response) -> {
                    authentication.require(request, USER);
                    exchange.answer(response, CREATED, node.generateKey(exchange.read(request, GenerateKey.class)));
                })
                .get("/v1/keys", (request, response) -> {
                    authentication.require(request, ANYBODY);
                    exchange.answer(response, OK, node.keys());
                })
                .get("/v1/keys/{keyId}", (request, response) -> {
                    authentication.require(request, ANYBODY);
                    exchange.answer(response, OK, node.key(path(request).get("keyId")));
                })
                .delete("/v1/keys/{keyId}", this::deleteShare)
                .post("/v1/keys/{keyId}/reshare", (request, response) -> {
                    var caller = authentication.require(request, ADMINISTRATOR);
                    var keyId = path(request).get("keyId");
                    exchange.answer(
                            response, OK, node.reshareKey(caller, keyId, exchange.read(request, Reshare.class)));
                })
                .post("/v1/keys/{keyId}/redistribute", (request, response) -> {
                    var caller = authentication.require(request, ADMINISTRATOR);
                    var keyId = path(request).get("keyId");
                    var asked = exchange.read(request, Redistribute.class);
                    exchange.answer(response, OK, node.redistributeKey(caller, keyId, asked));
                })
                .post("/v1/players", (request, response) -> {
                    var caller = authentication.require(request, ADMINISTRATOR);
                    exchange.answer(
                            response, OK, node.registerPlayer(caller, exchange.read(request, PlayerCard.class)));
                })
                .post("/v1/keys/{keyId}/resolve", (request, response) -> {
                    var caller = authentication.require(request, ADMINISTRATOR);
                    var keyId = path(request).get("keyId");
                    exchange.answer(response, OK, node.resolve(caller, keyId, exchange.read(request, Resolve.class)));
                })
                .get("/v1/keys/{keyId}/sharings", (request, response) -> {
                    authentication.require(request, ANYBODY);
                    exchange.answer(response, OK, node.sharings(path(request).get("keyId")));
                })
                .post("/v1/keys/{keyId}/adopt", (request, response) -> {
                    var caller = authentication.require(request, ADMINISTRATOR);
                    var keyId = path(request).get("keyId");
                    exchange.answer(response, OK, node.adopt(caller, keyId, exchange.read(request, Adopt.class)));
                })
                .post("/v1/keys/{keyId}/share-backups", (request, response) -> {
                    var caller = authentication.require(request, ADMINISTRATOR);
                    var keyId = path(request).get("keyId");
                    var asked = exchange.read(request, CreateShareBackup.class);
                    exchange.answer(response, OK, node.backUpShare(caller, keyId, asked));
                })
                .post("/v1/keys/{keyId}/exports", (request, response) -> {
                    var caller = authentication.require(request, EXPORTERS);
                    var keyId = path(request).get("keyId");
                    exchange.answer(
                            response, OK, node.exportKey(caller, keyId, exchange.read(request, ExportKey.class)));
                })
                .post("/v1/imports", (request, response) -> {
                    var caller = authentication.require(request, USER);
                    exchange.answer(
                            response, CREATED, node.importKey(caller, exchange.read(request, ImportKey.class)));
                })
                .get("/v1/wrapping-key", (request, response) -> {
                    authentication.require(request, EVERYBODY);
                    exchange.answer(response, OK, node.wrappingKey());
                })
                .post("/v1/recovery/proofs", this::proveShares)
                .post("/v1/recovery/validations", (request, response) -> {
                    var caller = authentication.require(request, ADMINISTRATOR);
                    var part = exchange.readBytes(request, Proof.LARGEST_BYTES);
                    exchange.answer(response, OK, node.validateProof(caller, part));
                })
                .post("/v1/keys/{keyId}/signatures", (request, response) -> {
                    authentication.require(request, USER);
                    var keyId = path(request).get("keyId");
                    exchange.answer(response, OK, node.sign(keyId, exchange.read(request, SignRequest.class)));
                })
                .post("/v1/keys/{keyId}/repair", (request, response) -> {
                    var caller = authentication.require(request, ADMINISTRATOR);
                    var keyId = path(request).get("keyId");
                    exchange.answer(
                            response, OK, node.repair(caller, keyId, exchange.read(request, RepairShare.class)));
                })
                .get("/v1/operations/{opId}", (request, response) -> {
                    authentication.require(request, ANYBODY);
                    exchange.answer(response, OK, node.operation(opId(request)));
                })
                .post("/v1/pause", (request, response) -> {
                    var caller = authentication.require(request, ADMINISTRATOR);
                    exchange.answer(response, OK, node.pause(caller, exchange.read(request, PauseRequest.class)));
                })
                .post("/v1/resume", (request, response) -> {
                    var caller = authentication.require(request, ADMINISTRATOR);
                    exchange.answer(response, OK, node.resume(caller, exchange.read(request, ResumeRequest.class)));
                })
                .post("/v1/backups", this::createBackup)
                .get("/v1/backups", (request, response) -> {
                    authentication.require(request, ADMINISTRATOR);
                    exchange.answer(response, OK, node.backups());
                })
                .post("/v1/backups/{backupId}/results", (request, response) -> {
                    authentication.require(request, ADMINISTRATOR);
                    var backupId = path(request).get("backupId");
                    exchange.answer(
                            response, OK, node.recordBackup(backupId, exchange.read(request, BackupResult.class)));
                })
                .post("/v1/backups/{backupId}/drills", (request, response) -> {
                    var caller = authentication.require(request, ADMINISTRATOR);
                    var backupId = backupId(request);
                    exchange.answer(
                            response,
                            OK,
                            node.recordDrill(caller, backupId, exchange.read(request, RecordDrill.class)));
                })
                .get("/v1/requirements", (request, response) -> {
                    authentication.require(request, ADMINISTRATOR);
                    exchange.answer(response, OK, node.requirements());
                })
                .any(this::unmatched)
                .error(ProblemException.class, (request, response, e) -> exchange.answer(response, e.problem()))
                .error(StoreException.class, this::stored)
                .error(HttpException.class, this::transport)
                .error(Exception.class, this::internal);
    }

    private void ready(ServerRequest request, ServerResponse response) {
        var said = node.ready();
        exchange.answer(response, said.ready() ? OK : UNAVAILABLE, said);
    }

    private void deleteShare(ServerRequest request, ServerResponse response) {
        var caller = authentication.require(request, ADMINISTRATOR);
        var keyId = path(request).get("keyId");
        if (!request.query().first("confirm").filter(keyId::equals).isPresent()) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST, "the parameter confirm must name the key " + keyId + " once more");
        }
        exchange.answer(response, OK, node.deleteShare(caller, keyId));
    }

    private void proveShares(ServerRequest request, ServerResponse response) throws InterruptedException {
        var caller = authentication.require(request, ADMINISTRATOR);
        var proof = node.proveShares(caller, exchange.read(request, CreateRecoveryProof.class));
        response.status(OK);
        response.header(HeaderNames.CONTENT_TYPE, Exchange.OCTETS);
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.send(proof);
    }

    private void createBackup(ServerRequest request, ServerResponse response) throws Exception {
        var caller = authentication.require(request, ADMINISTRATOR);
        var backupId = exchange.read(request, CreateBackup.class).backupId();
        try (var backup = node.createBackup(caller, backupId)) {
            response.status(OK);
            response.header(HeaderNames.CONTENT_TYPE, Exchange.OCTETS);
            response.header(HeaderNames.CACHE_CONTROL, "no-store");
            response.contentLength(backup.bytes());
            try (var out = PacedOutput.start(response.outputStream(), readerTimeout)) {
                backup.writeTo(out);
            }
        } catch (PacedOutput.ReaderTooSlow e) {
            LOG.warn("backup {} for {} was cut off: {}", backupId, caller.name(), e.getMessage());
            throw new CloseConnectionException("the reader is too slow", e);
        }
    }

    /** No route took the request: the path is unknown, or known with other methods. */
    private void unmatched(ServerRequest request, ServerResponse response) {
        var path = request.path().path();
        var code = PATHS.matcher(path).matches() ? ProblemCode.METHOD_NOT_ALLOWED : ProblemCode.NOT_FOUND;
        exchange.answer(
                response,
                Problem.of(code, request.prologue().method().text() + " is not answered at this path"));
    }

    private void transport(ServerRequest request, ServerResponse response, HttpException e) {
        var code = e.status().code() == ProblemCode.BODY_TOO_LARGE.status()
                ? ProblemCode.BODY_TOO_LARGE
                : ProblemCode.BAD_REQUEST;
        exchange.answer(response, Problem.of(code, "the request could not be read"));
    }

    private void stored(ServerRequest request, ServerResponse response, StoreException e) {
        LOG.error("{} {} failed", request.prologue().method().text(), request.path().rawPath(), e);
        exchange.answer(response, StoreProblems.forCaller(e));
    }

    /** A bug: the log has it, the caller learns only that. */
    private void internal(ServerRequest request, ServerResponse response, Exception e) {
        LOG.error("{} {} failed", request.prologue().method().text(), request.path().rawPath(), e);
        exchange.answer(response, Problem.of(ProblemCode.INTERNAL, ProblemCode.INTERNAL.title()));
    }

    private static Parameters path(ServerRequest request) {
        return request.path().pathParameters();
    }

    /** Any backup: also one that this node does not know. */
    private static String backupId(ServerRequest request) {
        try {
            return new CreateBackup(path(request).get("backupId")).backupId();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private static Bytes opId(ServerRequest request) {
        try {
            return Bytes.parse(path(request).get("opId"));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "opId: " + e.getMessage());
        }
    }
}
