package quorate.node.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quorate.algebra.Encoding;
import quorate.node.config.Address;
import quorate.node.identity.NodeIdentity;
import quorate.node.link.Recorder.Event;

/** Whoever is not the player it should be, or does not speak as one, loses its connection and nothing else happens. */
class StrangersTest {
    private final TestMesh mesh = new TestMesh(3);
    private TestMesh.Node three;
    private TestMesh.Node two;

    @BeforeEach
    void start() throws Exception {
        three = mesh.start(3);
        two = mesh.start(2);
        three.told().awaitUp(2);
        two.told().awaitUp(3);
    }

    /** Whatever a test did, the others have not noticed, and player 1 can still come. */
    @AfterEach
    void othersLiveOn() throws Exception {
        assertThat(three.told().events(Event.Down.class))
                .allSatisfy(down -> assertThat(down.player()).isEqualTo(1));
        assertThat(two.links().send(3, FrameType.ABORT, new byte[33])).isEqualTo(Sent.QUEUED);
        three.told().await("a frame", event -> event instanceof Event.Received received && received.player() == 2);
        three.told().forget();
        var one = mesh.start(1);
        one.told().awaitUp(3);
        three.told().awaitUp(1, one.incarnation());
        mesh.close();
    }

    @Test
    void refusesAKeyThatIsNotPinned() {
        var stranger = NodeIdentity.generate(1, List.of(), new SecureRandom());
        assertNoLink(() -> Impostor.dial(stranger, mesh.roster(), 3, mesh.address(3)));
    }

    @Test
    void refusesAKeyThatIsPinnedForAnotherPlayer() {
        // Player 3 accepts lower players only: not itself, and nobody above.
        assertNoLink(() -> Impostor.dial(Samples.identity(3), mesh.roster(), 3, mesh.address(3)));
        assertNoLink(() -> Impostor.dial(Samples.identity(4), mesh.roster(), 3, mesh.address(3)));
        // Player 2 accepts player 1 only, though it has pinned player 3 too.
        assertNoLink(() -> Impostor.dial(Samples.identity(3), mesh.roster(), 2, mesh.address(2)));
    }

    @Test
    void dialsNobodyButThePlayerItWants() throws Exception {
        // Player 1 looks for player 2 and finds player 3 there.
        var placeOfTwo = mesh.address(2);
        var placeOfThree = mesh.address(3);
        mesh.move(2, placeOfThree);
        mesh.move(3, new Address("127.0.0.1", 3));
        var told = new Recorder();
        try (var links = mesh.open(
                1, Samples.incarnation(), new MemoryLinkStore(), TestMesh.settings(TestMesh.ANY), told)) {
            Thread.sleep(500);
            assertThat(links.up()).isEmpty();
        }
        mesh.move(2, placeOfTwo);
        mesh.move(3, placeOfThree);
        assertThat(told.events()).isEmpty();
        assertThat(three.told().events(Event.Up.class)).hasSize(1);
    }

    @Test
    void refusesAClientWithoutCertificate() throws Exception {
        try (var socket = tls(new KeyManager[0])) {
            socket.setEnabledProtocols(new String[] {"TLSv1.3"});
            assertEndsWithoutAWord(socket);
        }
    }

    @Test
    void refusesTls12() throws Exception {
        try (var socket = tls(new KeyManager[] {new OwnKey(Samples.identity(1).tls())})) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThatThrownBy(socket::startHandshake).hasMessageContaining("protocol");
        }
    }

    @Test
    void doesNotDialAServerOfTls12() throws Exception {
        var context = SSLContext.getInstance("TLS");
        var keys = new KeyManager[] {new OwnKey(Samples.identity(3).tls())};
        context.init(keys, new TrustManager[] {new TrustsAll()}, null);
        try (var server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0)) {
            server.setEnabledProtocols(new String[] {"TLSv1.2"});
            Thread.ofVirtual().start(() -> {
                try (var socket = server.accept()) {
                    assertThat(socket.getInputStream().read()).isNegative();
                } catch (IOException e) {
                    // What the test waits for on the other side.
                }
            });
            var address = new Address("127.0.0.1", server.getLocalPort());
            assertThatThrownBy(() -> Impostor.dial(Samples.identity(1), mesh.roster(), 3, address))
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void endsConnectionsThatStartWithGarbage() throws Exception {
        for (var garbage : List.of("GET / HTTP/1.1\r\n\r\n", "\0\0\0\0\0\0\0\0", "\u0016\u0003\u0001ÿÿ")) {
            try (var socket = new Socket(mesh.address(3).host(), mesh.address(3).port())) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write(garbage.repeat(50).getBytes(StandardCharsets.ISO_8859_1));
                assertEnds(socket);
            }
        }
    }

    @Test
    void refusesALinkWithABadSignature() throws Exception {
        var link = SignedLink.sign(
                Samples.identity(1).id(),
                Samples.identity(3).id(),
                Samples.incarnation(),
                1,
                1,
                Samples.identity(2).statements());
        assertRefused(link, Refusal.BAD_SIGNATURE);
    }

    @Test
    void refusesALinkWithWrongIds() throws Exception {
        assertRefused(Samples.link(2, 3, Samples.incarnation(), 1), Refusal.WRONG_IDS);
        assertRefused(Samples.link(1, 2, Samples.incarnation(), 1), Refusal.WRONG_IDS);
        assertRefused(Samples.link(3, 1, Samples.incarnation(), 1), Refusal.WRONG_IDS);
    }

    private void assertRefused(SignedLink link, Refusal why) throws Exception {
        three.told().forget();
        try (var impostor = dial()) {
            impostor.send(FrameType.LINK, link.encode());
            impostor.expect(FrameType.LINK);
            assertThat(impostor.expectRefusal()).isEqualTo(why);
        }
        three.told().awaitRefused(1, why, false);
    }

    @Test
    void endsAnIntroductionThatIsNone() throws Exception {
        var link = Samples.link(1, 3, Samples.incarnation(), 1);
        assertEndsBeforeUp(new Frame(FrameType.SESSION, new byte[10]).encode());
        assertEndsBeforeUp(new Frame(FrameType.PING, new byte[8]).encode());
        assertEndsBeforeUp(new Frame(FrameType.LINK, new byte[250]).encode());
        assertEndsBeforeUp(new Frame(FrameType.REFUSED, new byte[] {99}).encode());
        assertEndsBeforeUp(HexFormat.of().parseHex("00000201" + "01"));
        var shownGarbage = new Frame(FrameType.REMEMBERED, new byte[100]).encode();
        assertEndsBeforeUp(Encoding.concat(new Frame(FrameType.LINK, link.encode()).encode(), shownGarbage));
        assertThat(three.told().events(Event.Up.class)).hasSize(1);
    }

    private void assertEndsBeforeUp(byte[] bytes) throws IOException {
        try (var impostor = dial()) {
            impostor.sendBytes(bytes);
            impostor.awaitEnd();
        }
    }

    @Test
    void endsALinkWithAMalformedFrame() throws Exception {
        long linkNo = 0;
        var incarnation = Samples.incarnation();
        for (var hex : List.of(
                "00000000" + "63", // an unknown type
                "00100001" + "10", // longer than a frame may be
                "ffffffff" + "10",
                "0000001f" + "11" + "00".repeat(31), // NOT_YET of 31 bytes
                "00000000" + "03", // ACCEPTED on a link that is up
                "00000000" + "02",
                "00000001" + "04" + "01",
                "00000000" + "01",
                "00000008" + "06" + "0000000000000063")) { // a PONG for a ping that was not sent
            three.told().forget();
            try (var impostor = dial()) {
                impostor.bringUp(Samples.link(1, 3, incarnation, ++linkNo));
                three.told().awaitUp(1);
                impostor.sendBytes(HexFormat.of().parseHex(hex));
                impostor.awaitEnd();
            }
            three.told().awaitDown(1);
            assertThat(three.told().events(Event.Received.class)).isEmpty();
        }
    }

    @Test
    void endsALinkThatIsCutInsideAFrame() throws Exception {
        try (var impostor = dial()) {
            impostor.bringUp(Samples.link(1, 3, Samples.incarnation(), 1));
            impostor.send(FrameType.SESSION, new byte[] {5});
            impostor.sendBytes(HexFormat.of().parseHex("00001000" + "10" + "0000"));
        }
        three.told().awaitDown(1);
        assertThat(three.told().events(Event.Received.class)).hasSize(1);
    }

    @Test
    void answersPings() throws Exception {
        try (var impostor = dial()) {
            impostor.bringUp(Samples.link(1, 3, Samples.incarnation(), 1));
            var number = Encoding.i2osp(0x1234_5678_9abc_def0L, 8);
            impostor.send(FrameType.PING, number);
            var frame = impostor.read();
            while (frame.type() == FrameType.PING) {
                frame = impostor.read();
            }
            assertThat(frame.type()).isEqualTo(FrameType.PONG);
            assertThat(frame.body()).isEqualTo(number);
        }
    }

    @Test
    void letsPlayersInWhileStrangersHoldConnections() throws Exception {
        // Far more than may be half-open: the oldest gives way.
        var held = new ArrayList<Socket>();
        for (int i = 0; i < 60; i++) {
            held.add(new Socket(mesh.address(3).host(), mesh.address(3).port()));
        }
        long started = System.nanoTime();
        try (var impostor = dial()) {
            impostor.bringUp(Samples.link(1, 3, Samples.incarnation(), 1));
            three.told().awaitUp(1);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(4));
        int alive = 0;
        for (var socket : held) {
            socket.setSoTimeout(200);
            try {
                alive += socket.getInputStream().read() < 0 ? 0 : 1;
            } catch (SocketTimeoutException e) {
                alive++;
            } catch (IOException e) {
                // Cut with a reset.
            }
        }
        assertThat(alive).isLessThanOrEqualTo(8);
        for (var socket : held) {
            socket.close();
        }
    }

    @Test
    void cutsAStrangerWhoSendsByteByByte() throws Exception {
        try (var socket = new Socket(mesh.address(3).host(), mesh.address(3).port())) {
            long started = System.nanoTime();
            assertThatThrownBy(() -> {
                        socket.getOutputStream().write(HexFormat.of().parseHex("1603010200010001fc0303"));
                        while (Duration.ofNanos(System.nanoTime() - started).toSeconds() < 20) {
                            socket.getOutputStream().write(0);
                            Thread.sleep(50);
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(12));
        }
    }

    private Impostor dial() throws IOException {
        return Impostor.dial(Samples.identity(1), mesh.roster(), 3, mesh.address(3));
    }

    /** In TLS 1.3 a client learns that it was refused with its first read. */
    private static void assertNoLink(Callable<Impostor> dial) {
        assertThatThrownBy(() -> {
                    try (var impostor = dial.call()) {
                        impostor.read();
                    }
                })
                .isInstanceOf(IOException.class);
    }

    private SSLSocket tls(KeyManager[] keys) throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {new TrustsAll()}, null);
        return (SSLSocket) context.getSocketFactory().createSocket(mesh.address(3).host(), mesh.address(3).port());
    }

    private static void assertEndsWithoutAWord(SSLSocket socket) {
        assertThatThrownBy(() -> {
                    socket.setSoTimeout(20_000);
                    socket.startHandshake();
                    if (socket.getInputStream().read() < 0) {
                        throw new IOException("closed");
                    }
                })
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
    }

    private static void assertEnds(Socket socket) throws IOException {
        try {
            while (socket.getInputStream().read() >= 0) {}
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection is still open", e);
        } catch (SocketException e) {
            // A reset is an end too.
        }
    }

    /** For clients that are after the node, not after its identity. */
    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
