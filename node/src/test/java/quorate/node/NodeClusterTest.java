package quorate.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static quorate.node.RunningCluster.id;
import static quorate.node.RunningCluster.signatures;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.BackupList;
import quorate.api.BackupRecord;
import quorate.api.BackupResult;
import quorate.api.BackupState;
import quorate.api.Bytes;
import quorate.api.CreateBackup;
import quorate.api.Curve;
import quorate.api.DeletedShare;
import quorate.api.Drill;
import quorate.api.GenerateKey;
import quorate.api.KeyInfo;
import quorate.api.Operation;
import quorate.api.OperationState;
import quorate.api.PauseRequest;
import quorate.api.PauseState;
import quorate.api.ProblemCode;
import quorate.api.RecordDrill;
import quorate.api.ResumeRequest;
import quorate.api.Scheme;
import quorate.api.SignRequest;
import quorate.api.SignResult;
import quorate.api.Status;
import quorate.node.RunningCluster.Answer;
import quorate.node.backup.BackupVerification;
import quorate.node.backup.SpoolPlace;
import quorate.node.identity.Statements;
import quorate.store.AlreadyRunning;
import quorate.store.DatabaseMissing;
import quorate.testkit.verify.IndependentVerifier;

@Timeout(180)
class NodeClusterTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<Integer> ALL = List.of(1, 2, 3);
    private static final String KEYS = "/v1/keys";

    @TempDir
    static Path folder;

    private static RunningCluster cluster;

    @BeforeAll
    static void startNodes() throws Exception {
        cluster = RunningCluster.start(folder.resolve("cluster"));
    }

    @AfterAll
    static void stopNodes() {
        cluster.close();
    }

    @BeforeEach
    void allNodesRun() throws Exception {
        cluster.awaitAll();
    }

    @Test
    void everyPairSignsWithAKeyThatAllGenerated() throws Exception {
        var key = generate("every-pair");
        for (var pair : List.of(List.of(1, 2), List.of(1, 3), List.of(2, 3), ALL)) {
            assertSigns("every-pair", key, pair);
        }
        assertThat(cluster.call(1, "user", "GET", "/v1/keys/every-pair", null).as(KeyInfo.class))
                .isEqualTo(key);
    }

    @Test
    void signsBip340() throws Exception {
        var request = new GenerateKey(id(), "bitcoin", Scheme.BIP340, Curve.SECP256K1, 2, ALL, "coins");
        var keys = cluster.post(ALL, KEYS, player -> request);
        var publicKey = keys.of(1).as(KeyInfo.class).publicKey();
        var message = new byte[32];
        RANDOM.nextBytes(message);

        var result = sign("bitcoin", List.of(1, 3), message);

        assertThat(IndependentVerifier.bip340(
                        publicKey.toArray(), message, result.signature().toArray()))
                .isTrue();
    }

    @Test
    void usesASessionIdOnce() throws Exception {
        generate("once");
        var request = new SignRequest(id(), List.of(1, 2), Bytes.of(new byte[5]), null);
        assertThat(cluster.post(List.of(1, 2), signatures("once"), player -> request).all())
                .allMatch(answer -> answer.status() == 200);

        assertProblem(cluster.call(1, "user", "POST", signatures("once"), request), ProblemCode.SESSION_USED);
    }

    @Test
    void answersARepeatedGenerationWithTheSameKey() throws Exception {
        var request = generation("repeated", 2);
        var first = cluster.post(ALL, KEYS, player -> request);

        var second = cluster.post(ALL, KEYS, player -> request);

        for (int player : ALL) {
            assertThat(second.of(player).as(KeyInfo.class)).isEqualTo(first.of(player).as(KeyInfo.class));
        }
        var others = new GenerateKey(request.sessionId(), "repeated", Scheme.SCHNORR, Curve.ED25519, 3, ALL, null);
        assertProblem(cluster.call(1, "user", "POST", KEYS, others), ProblemCode.SESSION_USED);
        assertProblem(
                cluster.call(1, "user", "POST", KEYS, generation("repeated", 2)), ProblemCode.KEY_EXISTS);
        assertThat(operation(1, request.sessionId()).state()).isEqualTo(OperationState.CLEAN);
        assertProblem(
                cluster.call(1, "user", "GET", "/v1/operations/" + id().hex(), null), ProblemCode.NOT_FOUND);
    }

    @Test
    void twoCallersOfOneGenerationGetTheSameKey() throws Exception {
        var request = generation("joined", 2);
        var early = cluster.begin(1, KEYS, request);
        var answers = cluster.post(ALL, KEYS, player -> request);

        assertThat(early.get(30, TimeUnit.SECONDS).as(KeyInfo.class))
                .isEqualTo(answers.of(1).as(KeyInfo.class));
    }

    @Test
    void namesWhatTheNodesWereToldDifferently() throws Exception {
        var id = id();
        var keygens = cluster.post(
                ALL,
                KEYS,
                player -> new GenerateKey(id, "told", Scheme.SCHNORR, Curve.ED25519, player == 3 ? 3 : 2, ALL, null));
        for (var answer : keygens.all()) {
            assertProblem(answer, ProblemCode.PEERS_DISAGREE);
            assertThat(answer.problem().detail()).contains("threshold: 2 at players 1 and 2, 3 at player 3");
            assertThat(answer.problem().check()).isEqualTo("COM-6");
        }
        assertThat(cluster.call(1, "user", "GET", "/v1/keys/told", null).status()).isEqualTo(404);

        generate("told-otherwise");
        var session = id();
        var signings = cluster.post(
                List.of(1, 2),
                signatures("told-otherwise"),
                player -> new SignRequest(session, List.of(1, 2), Bytes.of((byte) player), null));
        for (var answer : signings.all()) {
            assertProblem(answer, ProblemCode.PEERS_DISAGREE);
            assertThat(answer.problem().detail()).contains("params");
        }
    }

    @Test
    void tellsEverybodyWhetherItIsReadyAndNothingElse() throws Exception {
        var ready = cluster.call(1, "", "GET", "/v1/health/ready", null);
        assertThat(ready.text()).isEqualTo("200 {\"player\":1,\"ready\":true}");

        cluster.stop(2);
        cluster.stop(3);
        cluster.awaitLinks(0);

        var alone = cluster.call(1, "", "GET", "/v1/health/ready", null);
        assertThat(alone.text()).isEqualTo("503 {\"player\":1,\"ready\":false,\"reason\":\"no-quorum\"}");
        assertProblem(cluster.call(1, "", "GET", "/v1/status", null), ProblemCode.UNAUTHENTICATED);
    }

    @Test
    void signsWhileOneNodeIsDownAndSaysWhoIsMissingForAKey() throws Exception {
        var key = generate("one-down");
        cluster.stop(3);
        cluster.awaitLinks(1);

        assertSigns("one-down", key, List.of(1, 2));
        var request = generation("needs-all", 2);
        for (var answer : cluster.post(List.of(1, 2), KEYS, player -> request).all()) {
            assertProblem(answer, ProblemCode.PEER_SILENT);
            assertThat(answer.problem().silent()).containsExactly(3);
        }
        var signing = new SignRequest(id(), List.of(1, 3), Bytes.of(), null);
        assertProblem(cluster.call(1, "user", "POST", signatures("one-down"), signing), ProblemCode.PEER_SILENT);

        cluster.awaitAll();
        var again = generation("needs-all", 2);
        assertThat(cluster.post(ALL, KEYS, player -> again).all()).allMatch(answer -> answer.status() == 201);
    }

    @Test
    void waitsForTheNodeThatIsAskedTwoSecondsLater() throws Exception {
        var request = generation("later", 2);
        var first = cluster.begin(1, KEYS, request);
        Thread.sleep(Duration.ofSeconds(2));
        var rest = cluster.post(List.of(2, 3), KEYS, player -> request);
        assertThat(first.get(30, TimeUnit.SECONDS).status()).isEqualTo(201);
        assertThat(rest.all()).allMatch(answer -> answer.status() == 201);

        var signing = new SignRequest(id(), List.of(1, 2), Bytes.of(new byte[9]), null);
        var early = cluster.begin(1, signatures("later"), signing);
        Thread.sleep(Duration.ofSeconds(2));
        assertThat(cluster.call(2, "user", "POST", signatures("later"), signing).status()).isEqualTo(200);
        assertThat(early.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
    }

    @Test
    void aPauseStopsGenerationAndNotSigningAndSurvivesARestart() throws Exception {
        var key = generate("paused");
        var paused = pause(2, new PauseRequest(null, "maintenance", null));
        assertThat(paused.paused()).isTrue();

        assertPaused(2);
        assertSigns("paused", key, List.of(1, 2));
        cluster.stop(2);
        cluster.awaitAll();
        assertPaused(2);

        var other = new ResumeRequest(Instant.EPOCH);
        assertThat(cluster.call(2, "admin", "POST", "/v1/resume", other).as(PauseState.class).paused())
                .isTrue();
        var resumed = cluster.call(2, "admin", "POST", "/v1/resume", new ResumeRequest(paused.since()));
        assertThat(resumed.as(PauseState.class).paused()).isFalse();
        generate("after-the-pause");
    }

    @Test
    void aPauseEndsByItself() throws Exception {
        pause(1, new PauseRequest(1L, null, null));
        assertPaused(1);
        Thread.sleep(Duration.ofMillis(1_200));

        generate("after-a-second");
    }

    @Test
    void everyRoleDoesItsOwnAndNobodyElses() throws Exception {
        generate("roles");
        var pause = new PauseRequest(null, null, null);
        var signing = new SignRequest(id(), List.of(1, 2), Bytes.of(), null);
        assertProblem(cluster.call(1, "user", "POST", "/v1/pause", pause), ProblemCode.FORBIDDEN);
        assertProblem(cluster.call(1, "user", "DELETE", "/v1/keys/roles?confirm=roles", null), ProblemCode.FORBIDDEN);
        assertProblem(
                cluster.call(1, "user", "POST", "/v1/backups", new CreateBackup("b")), ProblemCode.FORBIDDEN);
        assertProblem(cluster.call(1, "admin", "POST", signatures("roles"), signing), ProblemCode.FORBIDDEN);
        assertProblem(cluster.call(1, "admin", "POST", KEYS, generation("no", 2)), ProblemCode.FORBIDDEN);

        for (var key : List.of("", "qrt_user_wrong", cluster.key("user", 2))) {
            assertProblem(cluster.call(1, key, "GET", KEYS, null), ProblemCode.UNAUTHENTICATED);
            assertProblem(cluster.call(1, key, "POST", "/v1/pause", pause), ProblemCode.UNAUTHENTICATED);
        }
    }

    @Test
    void takesRequestsOfTheConfiguredSizeOnly() throws Exception {
        var config = cluster.config(3);
        var before = Files.readString(config);
        cluster.stop(3);
        Files.writeString(config, before.replace("[limits]", "[limits]\nrequest-bytes = 2048"));
        try {
            cluster.start(3);

            assertProblem(cluster.call(3, "user", "POST", KEYS, new byte[2_049]), ProblemCode.BODY_TOO_LARGE);
            assertProblem(cluster.call(3, "user", "POST", KEYS, new byte[2_048]), ProblemCode.BAD_REQUEST);
        } finally {
            cluster.stop(3);
            Files.writeString(config, before);
        }
    }

    @Test
    void saysWhichAddressOfTheApiIsTaken() throws Exception {
        var api = cluster.uri(3, "/").getPort();
        cluster.stop(3);
        try (var taken = new ServerSocket(api, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> cluster.start(3))
                    .withMessageContaining("the API cannot listen on 127.0.0.1:" + api);
        }
    }

    @Test
    void refusesRequestsThatAreNone() throws Exception {
        generate("strict");
        var unknown = "{\"sessionId\":\"%s\",\"players\":[1,2],\"message\":\"00\",\"hurry\":true}"
                .formatted(id().hex())
                .getBytes(StandardCharsets.UTF_8);
        assertProblem(cluster.call(1, "user", "POST", signatures("strict"), unknown), ProblemCode.UNKNOWN_MEMBER);
        assertProblem(
                cluster.call(1, "user", "POST", signatures("strict"), new byte[] {'{'}), ProblemCode.BAD_REQUEST);
        assertProblem(
                cluster.call(1, "user", "POST", signatures("strict"), new byte[300_000]), ProblemCode.BODY_TOO_LARGE);
        var text = HttpRequest.newBuilder(cluster.uri(1, KEYS)).POST(HttpRequest.BodyPublishers.ofString("{}"));
        assertProblem(cluster.call(1, "user", "text/plain", text), ProblemCode.UNSUPPORTED_MEDIA_TYPE);
        assertProblem(cluster.call(1, "user", "GET", "/v1/nothing", null), ProblemCode.NOT_FOUND);
        assertProblem(cluster.call(1, "user", "PUT", KEYS, null), ProblemCode.METHOD_NOT_ALLOWED);
        assertProblem(cluster.call(1, "user", "GET", "/v1/operations/zz", null), ProblemCode.BAD_REQUEST);

        var few = new SignRequest(id(), List.of(1), Bytes.of(), null);
        assertProblem(cluster.call(1, "user", "POST", signatures("strict"), few), ProblemCode.BAD_REQUEST);
        var without = new SignRequest(id(), List.of(2, 3), Bytes.of(), null);
        assertProblem(cluster.call(1, "user", "POST", signatures("strict"), without), ProblemCode.BAD_REQUEST);
        var nobody = new GenerateKey(id(), "nobody", Scheme.SCHNORR, Curve.ED25519, 2, List.of(1, 4), null);
        assertProblem(cluster.call(1, "user", "POST", KEYS, nobody), ProblemCode.BAD_REQUEST);
        var missing = new SignRequest(id(), List.of(1, 2), Bytes.of(), null);
        assertProblem(cluster.call(1, "user", "POST", signatures("missing"), missing), ProblemCode.KEY_NOT_FOUND);
    }

    @Test
    void deletesAShareForGood() throws Exception {
        var key = generate("deleted");
        var path = "/v1/keys/deleted";
        assertProblem(cluster.call(1, "admin", "DELETE", path, null), ProblemCode.BAD_REQUEST);
        assertProblem(cluster.call(1, "admin", "DELETE", path + "?confirm=other", null), ProblemCode.BAD_REQUEST);

        var deleted = cluster.call(1, "admin", "DELETE", path + "?confirm=deleted", null);
        assertThat(deleted.as(DeletedShare.class)).isEqualTo(new DeletedShare(1, "deleted", 0));

        var signing = new SignRequest(id(), List.of(1, 2), Bytes.of(), null);
        assertProblem(cluster.call(1, "user", "POST", signatures("deleted"), signing), ProblemCode.KEY_DELETED);
        assertProblem(cluster.call(1, "user", "GET", path, null), ProblemCode.KEY_DELETED);
        assertProblem(
                cluster.call(1, "admin", "DELETE", path + "?confirm=deleted", null), ProblemCode.KEY_DELETED);
        assertProblem(cluster.call(1, "user", "POST", KEYS, generation("deleted", 2)), ProblemCode.KEY_EXISTS);
        assertSigns("deleted", key, List.of(2, 3));
    }

    @Test
    void signsAfterAllNodesStartedAgain() throws Exception {
        var request = generation("restarted", 2);
        var key = cluster.post(ALL, KEYS, player -> request).of(1).as(KeyInfo.class);
        ALL.forEach(cluster::stop);

        cluster.awaitAll();

        assertSigns("restarted", key, List.of(1, 3));
        assertThat(operation(2, request.sessionId()).state()).isEqualTo(OperationState.CLEAN);
    }

    @Test
    void doesNotStartOnAFolderThatWasEmptied() throws Exception {
        cluster.stop(3);
        var data = cluster.config(3).resolveSibling("data");
        var away = Files.createDirectory(folder.resolve("away"));
        move(data, away);
        try {
            assertThatExceptionOfType(DatabaseMissing.class).isThrownBy(() -> cluster.start(3));
            assertThat(data.resolve("quorate.db")).doesNotExist();
        } finally {
            move(away, data);
        }
    }

    @Test
    void doesNotStartTwice() {
        assertThatExceptionOfType(AlreadyRunning.class).isThrownBy(() -> cluster.start(1));
        assertThat(cluster.node(1).ending()).isNotDone();
    }

    @Test
    void stopsQuicklyAndOnlyOnce() throws Exception {
        assertThat(cluster.call(3, "user", "GET", KEYS, null).status()).isEqualTo(200);
        var node = cluster.node(3);
        long before = System.nanoTime();

        cluster.stop(3);
        node.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void letsARunningSessionFinishBeforeItStops() throws Exception {
        generate("stopping");
        var signing = new SignRequest(id(), List.of(1, 3), Bytes.of(new byte[7]), null);
        var early = cluster.begin(3, signatures("stopping"), signing);
        Thread.sleep(Duration.ofSeconds(1));
        var stopping = Thread.ofVirtual().start(() -> cluster.stop(3));
        Thread.sleep(Duration.ofMillis(2_500));

        var late = cluster.call(1, "user", "POST", signatures("stopping"), signing);

        assertThat(late.status()).isEqualTo(200);
        assertThat(early.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
        stopping.join();
    }

    @Test
    void streamsABackupThatVerifies() throws Exception {
        generate("backed-up");
        var created = cluster.call(2, "admin", "POST", "/v1/backups", new CreateBackup("nightly"));
        assertThat(created.status()).isEqualTo(200);
        var file = Files.write(folder.resolve("node-2.qbk"), created.body());

        var verification = new BackupVerification(
                new Statements(), Optional.empty(), player -> Optional.empty(), SpoolPlace.TEMPORARY, RANDOM);
        assertThat(verification.verify(List.of(file)).findings()).isEmpty();

        var digest = MessageDigest.getInstance("SHA-256").digest(created.body());
        generate("after-the-backup");
        var results = "/v1/backups/nightly/results";
        var complete = new BackupResult(BackupState.COMPLETE, Bytes.of(digest), "");
        var recorded = cluster.call(2, "admin", "POST", results, complete);
        assertThat(recorded.as(BackupRecord.class).state()).isEqualTo(BackupState.COMPLETE);
        assertThat(recorded.as(BackupRecord.class).keys())
                .isEqualTo(BackupVerification.read(file, new Statements()).keys());
        assertProblem(cluster.call(2, "admin", "POST", results, complete), ProblemCode.BAD_REQUEST);
        assertThat(cluster.call(2, "admin", "GET", "/v1/backups", null).as(BackupList.class).backups())
                .anyMatch(record -> record.backupId().equals("nightly"));
        assertProblem(
                cluster.call(2, "admin", "POST", "/v1/backups", new CreateBackup("nightly")), ProblemCode.BAD_REQUEST);
        assertProblem(
                cluster.call(2, "admin", "POST", "/v1/backups/none/results", complete), ProblemCode.NOT_FOUND);
        assertThat(cluster.config(2).resolveSibling("spool")).isEmptyDirectory();
    }

    @Test
    void keepsWhatAnAdministratorSaysOfADrillAlsoOfABackupThatItDoesNotKnow() throws Exception {
        var said = new RecordDrill(false, 3, 2, "key k: SIGNATURE_INVALID");
        var drills = "/v1/backups/of-another-time/drills";

        var kept = cluster.call(2, "admin", "POST", drills, said).as(Drill.class);

        assertThat(kept.by()).isEqualTo("admin");
        assertThat(kept.backupId()).isEqualTo("of-another-time");
        assertThat(kept.ok()).isFalse();
        assertThat(cluster.call(2, "admin", "GET", "/v1/backups", null).as(BackupList.class).drills())
                .first()
                .isEqualTo(kept);
        var status = cluster.call(2, "user", "GET", "/v1/status", null).as(Status.class);
        assertThat(status.lastDrill()).isEqualTo(kept);
        assertThat(status.events().getFirst().detail())
                .isEqualTo("backup of-another-time is NOT good: 2 of 3 keys signed, by admin");
        assertProblem(cluster.call(2, "user", "POST", drills, said), ProblemCode.FORBIDDEN);
        assertProblem(cluster.call(2, "admin", "POST", "/v1/backups/a.b/drills", said), ProblemCode.BAD_REQUEST);
        assertProblem(cluster.call(2, "admin", "GET", drills, null), ProblemCode.METHOD_NOT_ALLOWED);
    }

    private static void move(Path from, Path to) throws Exception {
        try (var files = Files.list(from)) {
            for (var file : files.toList()) {
                Files.move(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static PauseState pause(int player, PauseRequest request) throws Exception {
        return cluster.call(player, "admin", "POST", "/v1/pause", request).as(PauseState.class);
    }

    private static void assertPaused(int player) throws Exception {
        assertProblem(
                cluster.call(player, "user", "POST", KEYS, generation("while-paused", 2)), ProblemCode.PAUSED);
    }

    private static KeyInfo generate(String keyId) throws Exception {
        var request = generation(keyId, 2);
        var answers = cluster.post(ALL, KEYS, player -> request);
        for (var answer : answers.all()) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        }
        var keys = answers.all().stream().map(answer -> answer.as(KeyInfo.class).publicKey()).distinct();
        assertThat(keys).hasSize(1);
        return answers.of(1).as(KeyInfo.class);
    }

    private static GenerateKey generation(String keyId, int threshold) {
        return new GenerateKey(id(), keyId, Scheme.SCHNORR, Curve.ED25519, threshold, ALL, null);
    }

    private static void assertSigns(String keyId, KeyInfo key, Collection<Integer> players) throws Exception {
        var message = ("to be signed by " + players).getBytes(StandardCharsets.UTF_8);
        var result = sign(keyId, players, message);
        assertThat(IndependentVerifier.ed25519(
                        key.publicKey().toArray(), message, result.signature().toArray()))
                .isTrue();
    }

    private static SignResult sign(String keyId, Collection<Integer> players, byte[] message) throws Exception {
        var request = new SignRequest(id(), List.copyOf(players), Bytes.of(message), null);
        var answers = cluster.post(players, signatures(keyId), player -> request);
        for (var answer : answers.all()) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        }
        var signatures = answers.all().stream().map(answer -> answer.as(SignResult.class).signature()).distinct();
        assertThat(signatures).hasSize(1);
        return answers.of(players.iterator().next()).as(SignResult.class);
    }

    private static Operation operation(int player, Bytes opId) throws Exception {
        return cluster.call(player, "user", "GET", "/v1/operations/" + opId.hex(), null).as(Operation.class);
    }

    private static void assertProblem(Answer answer, ProblemCode code) {
        assertThat(answer.contentType()).as(answer.text()).isEqualTo("application/problem+json");
        assertThat(answer.problem().code()).as(answer.text()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(code.status());
    }
}
