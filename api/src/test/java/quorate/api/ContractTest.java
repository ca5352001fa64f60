package quorate.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the records write is what openapi.yaml describes, by the judgement of a common validator. */
class ContractTest {
    private static final OpenApiInteractionValidator API = OpenApiInteractionValidator.createForInlineApiSpecification(
                    new String(ApiDescription.read(), StandardCharsets.UTF_8))
            .build();
    private static final Bytes ID = Bytes.parse("5f".repeat(32));
    private static final Instant NOW = Instant.parse("2026-11-22T09:30:00.123Z");
    private static final PauseState PAUSED = new PauseState(1, true, "admin", NOW, "backup", NOW);
    private static final Operation RUNNING =
            new Operation("k1", ID, OperationProtocol.KEYGEN, OperationState.RUNNING);
    private static final StatusProblem NO_LINKS = new StatusProblem(ProblemCode.NOT_READY, "no links", "Start them.");
    private static final KeyInfo KEY = new KeyInfo(
            1,
            "k1",
            ID,
            Bytes.parse("02" + ID),
            Curve.SECP256K1,
            Scheme.BIP340,
            2,
            List.of(1, 2, 3),
            0,
            ID,
            ID,
            "treasury",
            1,
            true,
            false,
            List.of(Bytes.parse("02" + ID), Bytes.parse("03" + ID)),
            KeyState.ACTIVE,
            NOW);
    private static final Bytes PRESIGNATURE = Bytes.parse("ab".repeat(48));
    private static final Pair BANNED = new Pair("k1", List.of(1, 3), PairState.BANNED, "OTE-2", NOW, 1);
    private static final Drill DRILL = new Drill("b-1", NOW, "alice", true, 3, 3, "nodes [1, 2]");
    private static final BackupRecord BACKUP =
            new BackupRecord(1, "b-1", NOW, 3, BackupState.COMPLETE, ID, "", NOW);

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of(
                        "/v1/keys",
                        new GenerateKey(ID, "k1", Scheme.SCHNORR, Curve.P256, 2, List.of(1, 2, 3), "treasury")),
                Arguments.of(
                        "/v1/keys", new GenerateKey(ID, "k1", Scheme.BIP340, Curve.SECP256K1, 2, List.of(1, 2), null)),
                Arguments.of(
                        "/v1/keys/k1/signatures",
                        new SignRequest(
                                ID,
                                List.of(1, 3),
                                Bytes.of(new byte[SignRequest.MAX_MESSAGE_BYTES]),
                                new Taproot(ID))),
                Arguments.of(
                        "/v1/keys/k1/signatures",
                        new SignRequest(ID, List.of(1, 3), Bytes.of(), new Taproot(null))),
                Arguments.of(
                        "/v1/keys",
                        new GenerateKey(
                                ID, "k1", Scheme.ECDSA, Curve.P256, 2, List.of(1, 2), null, 16, true, false)),
                Arguments.of(
                        "/v1/keys/k1/signatures",
                        new SignRequest(ID, List.of(1, 3), null, Bytes.of(new byte[64]), "m/0/2147483647", null, ID)),
                Arguments.of("/v1/keys/k1/presignatures", new Presign(ID, List.of(1, 3), Presign.MAX_COUNT)),
                Arguments.of("/v1/keys/k1/presignatures/next", new NextPresignature(List.of(1, 3))),
                Arguments.of(
                        "/v1/keys/k1/partial-signatures",
                        new PartialRequest(
                                PRESIGNATURE, List.of(1, 3), Bytes.of(), null, "m", new Taproot(ID), null)),
                Arguments.of(
                        "/v1/keys/k1/partial-signatures",
                        new PartialRequest(PRESIGNATURE, List.of(1, 3), null, ID, "m/1", null, ID)),
                Arguments.of(
                        "/v1/keys/k1/repair",
                        new RepairShare(
                                ID, 3, List.of(1, 2), Scheme.ECDSA, Curve.P256, 2, List.of(1, 2, 3), null, null)),
                Arguments.of(
                        "/v1/keys/k1/repair",
                        new RepairShare(
                                ID, 1, List.of(2, 3), Scheme.SCHNORR, Curve.ED25519, 2, List.of(1, 2, 3), ID, 3600)),
                Arguments.of("/v1/pause", new PauseRequest(600L, "volumes", true)),
                Arguments.of("/v1/pause", new PauseRequest(null, null, null)),
                Arguments.of("/v1/resume", new ResumeRequest(NOW)),
                Arguments.of("/v1/resume", new ResumeRequest(null)),
                Arguments.of("/v1/keys/k1/share-backups", new CreateShareBackup(ID, null)),
                Arguments.of("/v1/keys/k1/share-backups", new CreateShareBackup(ID, "before the move")),
                Arguments.of("/v1/recovery/proofs", new CreateRecoveryProof(List.of("k1", "k2"), ID, "policy", NOW)),
                Arguments.of("/v1/backups", new CreateBackup("b-1")),
                Arguments.of("/v1/backups/b-1/results", new BackupResult(BackupState.COMPLETE, ID, "")),
                Arguments.of("/v1/backups/b-1/results", new BackupResult(BackupState.INCOMPLETE, Bytes.of(), "full")),
                Arguments.of("/v1/backups/b-1/drills", new RecordDrill(false, 3, 2, "key k: SIGNATURE_INVALID")));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void everyRequestIsAsDescribed(String path, Object body) {
        var request = SimpleRequest.Builder.post(path)
                .withHeader("Authorization", "Bearer qrt_user_0")
                .withContentType("application/json")
                .withBody(Json.write(body))
                .build();

        assertThat(messages(API.validateRequest(request))).isEmpty();
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(Method.GET, "/v1/health/live", 200, new Live(1)),
                Arguments.of(Method.GET, "/v1/health/ready", 200, Ready.yes(1)),
                Arguments.of(Method.GET, "/v1/health/ready", 503, Ready.no(1, NotReady.NO_QUORUM)),
                Arguments.of(
                        Method.GET,
                        "/v1/status",
                        200,
                        new Status(
                                1,
                                "0.1.0",
                                ID,
                                true,
                                2,
                                PAUSED,
                                List.of(new Peer(2, true, NOW), new Peer(3, false, null)),
                                List.of(RUNNING),
                                List.of(new Event(NOW, "peer-replaced", "node 2 has another incarnation", 2)),
                                List.of(NO_LINKS),
                                List.of(
                                        BANNED,
                                        new Pair("k2", List.of(2, 3), PairState.SETTING_UP, null, null, null)),
                                17,
                                DRILL)),
                Arguments.of(Method.POST, "/v1/keys", 201, KEY),
                Arguments.of(Method.GET, "/v1/keys", 200, new KeyList(1, List.of(KEY), List.of(new UnsoundKey("k2", "DKG-7", "shareId is not that of A")))),
                Arguments.of(Method.GET, "/v1/keys/k1", 200, KEY),
                Arguments.of(Method.DELETE, "/v1/keys/k1", 200, new DeletedShare(1, "k1", 0)),
                Arguments.of(
                        Method.POST, "/v1/keys/k1/share-backups", 200, new ShareBackup(1, "k1", 0, ID, ID, ID)),
                Arguments.of(
                        Method.POST,
                        "/v1/keys/k1/signatures",
                        200,
                        new SignResult(1, "k1", ID, Bytes.of(new byte[64]), ID, List.of(1, 3))),
                Arguments.of(
                        Method.POST,
                        "/v1/keys/k1/signatures",
                        200,
                        new SignResult(
                                1, "k1", ID, Bytes.of(new byte[64]), ID, List.of(1, 3), Bytes.of((byte) 0x30), 3)),
                Arguments.of(
                        Method.POST,
                        "/v1/keys/k1/presignatures",
                        200,
                        new Presigned(1, "k1", List.of(1, 3), List.of(PRESIGNATURE))),
                Arguments.of(
                        Method.GET,
                        "/v1/keys/k1/presignatures",
                        200,
                        new PresignatureLevels(
                                1,
                                "k1",
                                5,
                                List.of(
                                        new PresignaturePool(List.of(1, 2), 5, null),
                                        new PresignaturePool(List.of(1, 3), 0, 100)))),
                Arguments.of(Method.DELETE, "/v1/keys/k1/presignatures", 200, new DeletedPresignatures(1, 5)),
                Arguments.of(Method.DELETE, "/v1/presignatures", 200, new DeletedPresignatures(1, 0)),
                Arguments.of(
                        Method.POST, "/v1/keys/k1/presignatures/next", 200, new HandOut(1, "k1", PRESIGNATURE)),
                Arguments.of(
                        Method.POST,
                        "/v1/keys/k1/partial-signatures",
                        200,
                        new PartialSignature(1, "k1", PRESIGNATURE, ID, Bytes.of(new byte[64]), ID, Bytes.of(), ID)),
                Arguments.of(
                        Method.PUT, "/v1/keys/k1/refill", 200, new StandingOrder(1, "k1", List.of(1, 3), 10_000)),
                Arguments.of(
                        Method.POST,
                        "/v1/keys/k1/pairs/3/approval",
                        200,
                        new PairApproval(1, "k1", 3, ApprovalState.APPROVED)),
                Arguments.of(
                        Method.POST,
                        "/v1/keys/k1/repair",
                        200,
                        new ShareRepair(1, "k1", ID, 3, RepairState.HELPED, Instant.EPOCH, null, null)),
                Arguments.of(
                        Method.POST,
                        "/v1/keys/k1/repair",
                        200,
                        new ShareRepair(3, "k1", ID, 3, RepairState.REPAIRED, Instant.EPOCH, 4L, ID)),
                Arguments.of(Method.GET, "/v1/operations/" + ID, 200, RUNNING),
                Arguments.of(Method.POST, "/v1/pause", 200, PAUSED),
                Arguments.of(Method.POST, "/v1/resume", 200, new PauseState(1, false, null, null, null, null)),
                Arguments.of(Method.GET, "/v1/backups", 200, new BackupList(1, List.of(BACKUP), List.of(DRILL))),
                Arguments.of(Method.POST, "/v1/backups/b-1/drills", 200, DRILL),
                Arguments.of(Method.POST, "/v1/backups/b-1/results", 200, BACKUP),
                Arguments.of(
                        Method.GET,
                        "/v1/requirements",
                        200,
                        new Requirements(
                                1,
                                List.of(
                                        new Requirement("master key", "key file /k", "ab12", "same disk"),
                                        new Requirement("identity", "/i", null, null)))));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void everyAnswerIsAsDescribed(Method method, String path, int status, Object body) {
        assertThat(messages(validate(method, path, status, "application/json", body))).isEmpty();
    }

    @Test
    void everyProblemIsAsDescribed() {
        for (var code : ProblemCode.values()) {
            var problem = Problem.of(code, "detail")
                    .from(2)
                    .inSession(ID)
                    .failing("DKG-5")
                    .blaming(Set.of(1))
                    .missing(Set.of(3))
                    .about(RUNNING);

            assertThat(messages(validate(Method.POST, "/v1/keys", code.status(), Problem.MEDIA_TYPE, problem)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("others")
    void everyRequestThatIsNoPostIsAsDescribed(SimpleRequest.Builder request) {
        assertThat(messages(API.validateRequest(
                        request.withHeader("Authorization", "Bearer qrt_user_0").build())))
                .isEmpty();
    }

    static Stream<SimpleRequest.Builder> others() {
        return Stream.of(
                SimpleRequest.Builder.put("/v1/keys/k1/refill")
                        .withContentType("application/json")
                        .withBody(Json.write(new Refill(List.of(1, 3), 0))),
                SimpleRequest.Builder.delete("/v1/presignatures"),
                SimpleRequest.Builder.delete("/v1/keys/k1/presignatures"),
                SimpleRequest.Builder.delete("/v1/keys/k1/presignatures")
                        .withQueryParam("presignature", PRESIGNATURE.hex()),
                SimpleRequest.Builder.delete("/v1/keys/k1/presignatures").withQueryParam("players", "1,3"),
                SimpleRequest.Builder.post("/v1/keys/k1/pairs/3/approval"));
    }

    @Test
    void theValidatorIsAwake() {
        assertThat(messages(validate(Method.GET, "/v1/health/live", 200, "application/json", NO_LINKS))).isNotEmpty();
    }

    private static ValidationReport validate(Method method, String path, int status, String type, Object body) {
        return API.validateResponse(
                path,
                method,
                SimpleResponse.Builder.status(status).withContentType(type).withBody(Json.write(body)).build());
    }

    private static List<String> messages(ValidationReport report) {
        return report.getMessages().stream().map(ValidationReport.Message::getMessage).toList();
    }
}
