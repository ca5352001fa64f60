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
import org.junit.jupiter.api.extension.ExtendWith;
import quorate.algebra.Encoding;
import quorate.algebra.Transcript;
import quorate.node.identity.NodeIdentity;

/** What strangers, guests and clumsy applications get to hear; the node lives on after each of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedCluster.class)
class RefusalIT {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final long SEED = 20261122;

    /** The largest message in hexadecimal, with the rest of its request, is smaller. */
    private static final int MORE_THAN_ANY_BODY = 256 * 1024;

    /** Types of frames and a reason of REFUSED, as they travel. */
    private static final int LINK = 1;

    private static final int REFUSED = 4;
    private static final byte WRONG_IDS = 6;

    private final Cluster cluster;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(Tls.withoutCertificate()).build();

    @SuppressWarnings("NullAway.Init") // set before all tests
    private JsonNode key;

    private record Answer(int status, JsonNode body) {}

    RefusalIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeAll
    void makeAKey() {
        key = cluster.generate("ed25519", "refusals");
    }

    @AfterAll
    void closeConnections() {
        http.close();
    }

    @AfterEach
    void nodeStillLivesAndSigns() throws Exception {
        assertThat(send(request("/v1/health/live").GET().build()).status()).isEqualTo(200);
        cluster.awaitReady();
        new Signatures(cluster).verify(key, List.of(1, 3));
    }

    @Test
    void wrongApiKeyIsUnauthenticated() throws Exception {
        assertProblem(send(as("qrt_0123456789abcdef", "/v1/status").GET().build()), 401, "UNAUTHENTICATED");
        assertProblem(send(request("/v1/status").GET().build()), 401, "UNAUTHENTICATED");
    }

    @Test
    void apiKeyOfAnotherNodeIsUnauthenticated() throws Exception {
        assertProblem(send(as(cluster.folder().apiKey("user", 1), "/v1/status").GET().build()), 401, "UNAUTHENTICATED");
    }

    @Test
    void administratorCannotSignAndKeyUserCannotPause() throws Exception {
        var sign = """
                {"sessionId": "%s", "players": [1, 3], "message": "00"}""".formatted("00".repeat(32));
        assertProblem(post("admin", "/v1/keys/refusals/signatures", sign), 403, "FORBIDDEN");
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
    void bodyThatIsNoJsonIsRefused() throws Exception {
        assertProblem(post("admin", "/v1/pause", "{\"forSeconds\": "), 400, "BAD_REQUEST");
    }

    @Test
    void callThatNobodyDescribedIsRefused() throws Exception {
        assertProblem(send(as(cluster.folder().apiKey("user", 3), "/v1/secrets").GET().build()), 404, "NOT_FOUND");
        assertProblem(
                send(as(cluster.folder().apiKey("admin", 3), "/v1/pause").GET().build()), 405, "METHOD_NOT_ALLOWED");
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
        var peer = NodeIdentity.load(cluster.folder().node(1).resolve("identity"), 1);
        assertClosed(Tls.with(peer.tls()), new byte[] {-1, -1, -1, -1, 1, 0, 0, 0});
    }

    @Test
    void unknownFrameOfAPinnedPeerIsCutOff() throws Exception {
        var peer = NodeIdentity.load(cluster.folder().node(1).resolve("identity"), 1);
        assertClosed(Tls.with(peer.tls()), new byte[] {0, 0, 0, 1, 99, 0});
    }

    @Test
    void frameThatIsNoLinkIsCutOff() throws Exception {
        var peer = NodeIdentity.load(cluster.folder().node(1).resolve("identity"), 1);
        assertClosed(Tls.with(peer.tls()), frame(LINK, new byte[] {1, 2, 3}));
    }

    /** Player 1 shows its own key to player 3 and says that it is player 2, with all that player 2 would sign. */
    @Test
    void peerWithTheIndexOfAnotherIsToldSo() throws Exception {
        var peer = NodeIdentity.load(cluster.folder().node(1).resolve("identity"), 1);
        var another = NodeIdentity.load(cluster.folder().node(2).resolve("identity"), 2);
        var self = NodeIdentity.load(cluster.folder().node(3).resolve("identity"), 3);
        try (var socket = Tls.with(peer.tls()).getSocketFactory().createSocket("127.0.0.1", cluster.mpcPort(3))) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(frame(LINK, link(another, self.id().bytes())));
            socket.getOutputStream().flush();
            var answered = socket.getInputStream().readAllBytes();
            assertThat(answered).endsWith(frame(REFUSED, new byte[] {WRONG_IDS}));
        }
        assertThat(cluster.log(3)).contains("WRONG_IDS");
    }

    /** LINK of protocols.md 15.1. */
    private static byte[] link(NodeIdentity from, byte[] to) {
        var unknown = new byte[32];
        var one = Encoding.i2osp(1, Long.BYTES);
        var body = Encoding.enc(from.id().bytes(), to, unknown, unknown, one, one, one);
        var signature = from.statements().sign(Transcript.of("link").add(body).hash());
        return Encoding.concat(Encoding.i2osp(body.length, 4), body, signature);
    }

    private static byte[] frame(int type, byte[] body) {
        return Encoding.concat(Encoding.i2osp(body.length, 4), new byte[] {(byte) type}, body);
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
        } catch (SocketException ended) {
            // The node was faster than what was still to be sent.
            assertThat(ended).message().containsAnyOf("reset", "Broken pipe");
        }
    }

    /** Returns when the node has ended the connection, in order or by a reset. */
    private static void drain(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            assertThat(reset).message().containsAnyOf("reset", "Broken pipe");
        }
    }

    private void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.body().path("code").asText()).isEqualTo(code);
        assertThat(answer.body().path("remedy").asText()).isNotBlank();
    }

    private Answer post(String person, String path, String body) throws Exception {
        return send(as(cluster.folder().apiKey(person, 3), path)
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
