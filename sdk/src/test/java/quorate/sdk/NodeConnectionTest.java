package quorate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quorate.api.BackupResult;
import quorate.api.BackupState;
import quorate.api.Bytes;
import quorate.api.Json;
import quorate.api.NotReady;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.api.Ready;
import quorate.testkit.http.FakeCluster;
import quorate.testkit.http.FakeNode;

class NodeConnectionTest {
    private static final Timeouts PATIENT =
            new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30));
    private static final ApiKey KEY = ApiKey.of(FakeCluster.ADMIN_KEY);

    private final FakeCluster cluster = FakeCluster.of(1);
    private final FakeNode node = cluster.node(1);
    private final AdminClient admin = new AdminClient(endpoint(node), KEY, PATIENT);

    @AfterEach
    void stop() {
        admin.close();
        cluster.close();
    }

    @Test
    void sendsTheCredentialOnlyToTheNodeWithThePinnedKey() {
        var genuine = endpoint(node);
        var other = new NodeEndpoint(1, genuine.api(), Bytes.parse("ab".repeat(32)));
        try (var deceived = new AdminClient(other, KEY, PATIENT)) {
            var failure = catchThrowableOfType(TsmException.Unanswered.class, deceived::status);

            assertThat(failure.code()).isEqualTo(ProblemCode.NODE_PIN_MISMATCH);
            assertThat(failure)
                    .hasMessageContaining(genuine.apiSha256().hex())
                    .hasMessageContaining("expected " + "ab".repeat(32));
            assertThat(node.calls()).isEmpty();
        }
    }

    @Test
    void trustsThePinnedKeyWhateverTheCertificateSays() {
        assertThat(admin.status().player()).isEqualTo(1);
        assertThat(node.calls().getFirst().authorization()).isEqualTo("Bearer " + FakeCluster.ADMIN_KEY);
    }

    @Test
    void asksForHealthWithoutTheCredential() {
        assertThat(admin.ready()).isEqualTo(Ready.yes(1));
        assertThat(node.calls().getFirst().authorization()).isEmpty();
    }

    @Test
    void readsThatANodeIsNotReady() {
        var notReady = Ready.no(1, NotReady.NO_QUORUM);
        node.when("GET /v1/health/ready", (call, exchange) ->
                FakeNode.send(exchange, 503, "application/json", Json.write(notReady)));

        assertThat(admin.ready()).isEqualTo(notReady);
    }

    @Test
    void reportsTheProblemOfTheNode() {
        var problem = Problem.of(ProblemCode.FORBIDDEN, "needs the role administrator");
        node.when("GET /v1/status", FakeNode.problem(problem));

        var failure = catchThrowableOfType(TsmException.Answered.class, admin::status);

        assertThat(failure.problem()).isEqualTo(problem.from(1));
        assertThat(failure.remedy()).isEqualTo(ProblemCode.FORBIDDEN.remedy());
    }

    @Test
    void keepsTheWordsOfAProblemThatIsNewerThanThisVersion() {
        node.when(
                "GET /v1/status",
                FakeNode.raw(
                        418,
                        """
                        {"type":"u","title":"t","status":418,"code":"TEAPOT","detail":"short, stout","remedy":"Pour."}\
                        """));

        var failure = catchThrowableOfType(TsmException.Answered.class, admin::status);

        assertThat(failure.code()).isEqualTo(ProblemCode.NODE_ANSWER_INVALID);
        assertThat(failure).hasMessageContaining("TEAPOT").hasMessageContaining("short, stout");
        assertThat(failure.remedy()).isEqualTo("Pour.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{}", "{\"player\":1}", "[]", "null", "{\"code\":\"\\u001b[2J\"}"})
    void reportsAnAnswerThatItCannotRead(String body) {
        for (int status : new int[] {200, 500, 302}) {
            node.when("GET /v1/status", FakeNode.raw(status, body));

            var failure = catchThrowableOfType(TsmException.Unanswered.class, admin::status);

            assertThat(failure.code()).isEqualTo(ProblemCode.NODE_ANSWER_INVALID);
            assertThat(failure).hasMessageContaining("status " + status);
        }
    }

    @Test
    void givesUpOnANodeThatNeverAnswers() {
        node.when("GET /v1/status", FakeNode.silence());
        try (var client = new AdminClient(endpoint(node), KEY, PATIENT.atMost(Duration.ofMillis(700)))) {
            var failure = catchThrowableOfType(TsmException.Unanswered.class, client::status);

            assertThat(failure.code()).isEqualTo(ProblemCode.NODE_UNREACHABLE);
            assertThat(failure.silent()).containsExactly(1);
        }
    }

    @Test
    void givesUpOnAnAnswerThatDripsForEver() {
        node.when("GET /v1/status", (call, exchange) -> {
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                for (int i = 0; i < 1000; i++) {
                    out.write(' ');
                    out.flush();
                    Thread.sleep(50);
                }
            }
        });
        try (var client = new AdminClient(endpoint(node), KEY, PATIENT.atMost(Duration.ofMillis(700)))) {
            var failure = catchThrowableOfType(TsmException.Unanswered.class, client::status);

            assertThat(failure.code()).isEqualTo(ProblemCode.NODE_UNREACHABLE);
        }
    }

    @Test
    void givesUpOnAnAnswerWithoutEnd() {
        node.when("GET /v1/status", (call, exchange) -> {
            exchange.sendResponseHeaders(200, 0);
            var part = new byte[1 << 20];
            for (int i = 0; i < 1000; i++) {
                exchange.getResponseBody().write(part);
            }
        });

        var failure = catchThrowableOfType(TsmException.Unanswered.class, admin::status);

        assertThat(failure).hasMessageContaining("more than 16777216 bytes");
    }

    @Test
    void saysThatNobodyListens() {
        cluster.close();

        var failure = catchThrowableOfType(TsmException.Unanswered.class, admin::status);

        assertThat(failure.code()).isEqualTo(ProblemCode.NODE_UNREACHABLE);
        assertThat(failure).hasMessageContaining("refuses connections");
    }

    @Test
    void streamsABackupAndRecordsItsResult() {
        var out = new ByteArrayOutputStream();

        long written = admin.backup("b1", out, Duration.ofSeconds(30));
        var record = admin.recordBackup("b1", new BackupResult(BackupState.COMPLETE, Bytes.of(new byte[32]), ""));

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("fake backup b1 of node 1");
        assertThat(written).isEqualTo(out.size());
        assertThat(record.state()).isEqualTo(BackupState.COMPLETE);
        assertThat(admin.backups()).containsExactly(record);
    }

    @Test
    void doesNotTakeABackupThatBreaksOffForAWholeOne() {
        node.when("POST /v1/backups", (call, exchange) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[10_000]);
            exchange.getResponseBody().flush();
            throw new IOException("the disk of the node is full");
        });

        var failure = catchThrowableOfType(
                TsmException.Unanswered.class,
                () -> admin.backup("b1", new ByteArrayOutputStream(), Duration.ofSeconds(30)));

        assertThat(failure.code()).isEqualTo(ProblemCode.NODE_UNREACHABLE);
    }

    @Test
    void endsABackupThatIsStuckAtItsDeadline() {
        node.when("POST /v1/backups", (call, exchange) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[10_000]);
            exchange.getResponseBody().flush();
            Thread.sleep(600_000);
        });

        var failure = catchThrowableOfType(
                TsmException.Unanswered.class,
                () -> admin.backup("b1", new ByteArrayOutputStream(), Duration.ofMillis(1500)));

        assertThat(failure).hasMessageContaining("did not answer within 1.5 s");
    }

    @Test
    void reportsThatTheBackupCannotBeWritten() {
        var full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };

        var failure = catchThrowableOfType(
                TsmException.Unanswered.class, () -> admin.backup("b1", full, Duration.ofSeconds(30)));

        assertThat(failure).hasMessageContaining("No space left on device");
    }

    @Test
    void reportsThatTheNodeRefusesABackup() {
        node.when("POST /v1/backups", FakeNode.problem(ProblemCode.BUSY, "another backup is running"));
        var out = new ByteArrayOutputStream();

        var failure = catchThrowableOfType(
                TsmException.Answered.class, () -> admin.backup("b1", out, Duration.ofSeconds(30)));

        assertThat(failure.code()).isEqualTo(ProblemCode.BUSY);
        assertThat(out.size()).isZero();
    }

    @Test
    void confirmsADeletionWithTheKeyId() {
        var failure = catchThrowableOfType(TsmException.Answered.class, () -> admin.deleteShare("k-1"));

        assertThat(failure.code()).isEqualTo(ProblemCode.KEY_NOT_FOUND);
        assertThat(node.calls("DELETE /v1/keys/k-1").getFirst().query()).isEqualTo("confirm=k-1");
    }

    @Test
    void printsNoCredential() {
        assertThat(KEY.toString()).doesNotContain("0000");
    }

    private static NodeEndpoint endpoint(FakeNode node) {
        return new NodeEndpoint(node.player(), node.api(), node.apiSha256());
    }
}
