package quorate.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import quorate.node.identity.NodeIdentity;

/** What strangers, guests and clumsy applications get to hear; the node lives on after each of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalIT {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final long SEED = 20261122;

    /** The largest message in hexadecimal, with the rest of its request, is smaller. */
    private static final int MORE_THAN_ANY_BODY = 256 * 1024;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Cluster cluster;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(Tls.withoutCertificate()).build();

    private record Answer(int status, JsonNode body) {}

    @BeforeAll
    void start(@TempDir Path folder) {
        cluster = Cluster.up(folder);
        cluster.generate("ed25519", "treasury");
    }

    @AfterAll
    void stop() {
        http.close();
        cluster.close();
    }

    @AfterEach
    void nodeStillLivesAndSigns() throws Exception {
        assertThat(send(request("/v1/health/live").GET().build()).status()).isEqualTo(200);
        cluster.awaitReady();
    }

    @Test
    void wrongApiKeyIsUnauthenticated() throws Exception {
        assertProblem(send(as("qrt_0123456789abcdef", "/v1/status").GET().build()), 401, "UNAUTHENTICATED");
        assertProblem(send(request("/v1/status").GET().build()), 401, "UNAUTHENTICATED");
    }

    @Test
    void apiKeyOfAnotherNodeIsUnauthenticated() throws Exception {
        assertProblem(send(as(cluster.apiKey("user", 1), "/v1/status").GET().build()), 401, "UNAUTHENTICATED");
    }

    @Test
    void administratorCannotSignAndKeyUserCannotPause() throws Exception {
        var sign = """
                {"sessionId": "%s", "players": [1, 3], "message": "00"}""".formatted("00".repeat(32));
        assertProblem(post("admin", "/v1/keys/treasury/signatures", sign), 403, "FORBIDDEN");
        assertProblem(post("user", "/v1/pause", "{}"), 403, "FORBIDDEN");
    }

    @Test
    void unknownMemberIsNamed() throws Exception {
        var answer = post("admin", "/v1/pause", "{\"forSecond\": 5}");
        assertProblem(answer, 400, "UNKNOWN_MEMBER");
        assertThat(answer.body().path("detail").asText()).contains("forSecond");
    }

    @Test
    void oversizedBodyIsRefused() throws Exception {
        assertProblem(post("admin", "/v1/pause", " ".repeat(MORE_THAN_ANY_BODY)), 413, "BODY_TOO_LARGE");
    }

    @Test
    void peerWithoutCertificateGetsNoLink() throws Exception {
        assertClosed(Tls.withoutCertificate(), new byte[0]);
    }

    @Test
    void peerWhoseCertificateIsNotPinnedGetsNoLink() throws Exception {
        var stranger = NodeIdentity.generate(1, List.of("127.0.0.1"), new SecureRandom());
        assertClosed(Tls.with(stranger.tls()), new byte[0]);
    }

    @Test
    void garbageInsteadOfTlsIsCutOff() throws Exception {
        var garbage = new byte[4096];
        new Random(SEED).nextBytes(garbage);
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), cluster.mpcPort(3))) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(garbage);
            drain(socket);
        }
    }

    @Test
    void oversizedFrameOfAPinnedPeerIsCutOff() throws Exception {
        var peer = NodeIdentity.load(cluster.folder(1).resolve("identity"), 1);
        assertClosed(Tls.with(peer.tls()), new byte[] {-1, -1, -1, -1, 1, 0, 0, 0});
    }

    /** The node takes the connection, and whatever is sent it ends it without having said anything. */
    private void assertClosed(SSLContext tls, byte[] sent) throws IOException {
        try (var socket = tls.getSocketFactory().createSocket("127.0.0.1", cluster.mpcPort(3))) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(sent);
            socket.getOutputStream().flush();
            drain(socket);
        } catch (SSLException refused) {
            assertThat(refused).hasMessageNotContaining("timed out");
        }
    }

    /** Returns when the node has ended the connection, in order or by a reset. */
    private static void drain(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    private void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.body().path("code").asText()).isEqualTo(code);
        assertThat(answer.body().path("remedy").asText()).isNotBlank();
    }

    private Answer post(String person, String path, String body) throws Exception {
        return send(as(cluster.apiKey(person, 3), path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder as(String apiKey, String path) {
        return request(path).header("Authorization", "Bearer " + apiKey);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(cluster.api(3).resolve(path)).timeout(Duration.ofMillis(PATIENCE_MILLIS));
    }

    private Answer send(HttpRequest request) throws Exception {
        var response = http.send(request, BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), new ObjectMapper().readTree(new String(response.body(), UTF_8)));
    }
}
