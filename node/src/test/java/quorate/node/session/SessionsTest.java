package quorate.node.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import quorate.api.ProblemCode;
import quorate.node.problem.ProblemException;
import quorate.rounds.Aborted;
import quorate.rounds.Frame;
import quorate.rounds.Outgoing;

@Timeout(60)
class SessionsTest {
    private final SessionPair pair = new SessionPair();

    @AfterEach
    void stop() {
        pair.close();
    }

    @Test
    void runsASessionThatBothCallersAskFor() throws Exception {
        var id = SessionPair.sessionId();
        var one = pair.one.begin(id);
        var two = pair.two.begin(id);

        assertThat(result(one)).isEqualTo("agreed");
        assertThat(result(two)).isEqualTo("agreed");
        assertThat(pair.one.sessions.running()).isZero();
        assertThat(pair.two.sessions.running()).isZero();
    }

    /** PSG-7. */
    @Test
    void endsEverySessionWhenTheClockJumped() throws Exception {
        var id = SessionPair.sessionId();
        var one = pair.one.begin(id);
        waitUntilSaid(pair.two, 1);

        pair.one.jumps.incrementAndGet();
        pair.one.sessions.abortAll();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> result(one))
                .havingCause()
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().code())
                        .isEqualTo(ProblemCode.CLOCK_JUMPED));
        assertThat(pair.one.sessions.running()).isZero();
    }

    /** PSG-7: whoever sends first after the jump notices it. */
    @Test
    void releasesNothingAfterTheClockJumped() throws Exception {
        var session = pair.one.liveSession(1 << 10);
        pair.one.jumps.incrementAndGet();

        session.send(new Outgoing(2, Frame.direct(SessionPair.sessionId(), 1, 1, 1, 2, new byte[1])));

        Thread.sleep(Duration.ofMillis(100));
        assertThat(pair.two.saidNotYet).hasValue(0);
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> session.receive(Duration.ofMillis(1)));
    }

    @Test
    void waitsForThePeerThatIsAskedLater() throws Exception {
        var id = SessionPair.sessionId();
        var one = pair.one.begin(id);
        waitUntilSaid(pair.two, 2);

        var two = pair.two.begin(id);

        assertThat(result(one)).isEqualTo("agreed");
        assertThat(result(two)).isEqualTo("agreed");
    }

    @Test
    void endsASessionWhosePeerIsRefusedLater() throws Exception {
        var id = SessionPair.sessionId();
        var one = pair.one.begin(id);
        waitUntilSaid(pair.two, 1);

        pair.two.sessions.decline(id, List.of(1, 2), ProblemCode.PAUSED);

        assertDeclined(one, ProblemCode.PAUSED);
        assertThat(pair.one.sessions.running()).isZero();
    }

    @Test
    void endsASessionWhosePeerWasRefusedBefore() throws Exception {
        var id = SessionPair.sessionId();
        pair.two.sessions.decline(id, List.of(), ProblemCode.KEY_EXISTS);

        assertDeclined(pair.one.begin(id), ProblemCode.PEER_ABORTED);
        assertThat(pair.two.saidNotYet).hasValue(0);
    }

    @Test
    void takesPartAfterAllWhenTheNextRequestIsNotRefused() throws Exception {
        var id = SessionPair.sessionId();
        pair.two.sessions.decline(id, List.of(1), ProblemCode.BUSY);

        var two = pair.two.begin(id);
        waitUntilSaid(pair.one, 1);

        assertThat(result(pair.one.begin(id))).isEqualTo("agreed");
        assertThat(result(two)).isEqualTo("agreed");
    }

    /** Whoever takes part tells the others how it ended; a second request under its id changes nothing. */
    @Test
    void doesNotDeclineWhatItTakesPartIn() throws Exception {
        var id = SessionPair.sessionId();
        var one = pair.one.begin(id);
        waitUntilSaid(pair.two, 1);

        pair.one.sessions.decline(id, List.of(2), ProblemCode.BUSY);

        assertThat(result(pair.two.begin(id))).isEqualTo("agreed");
        assertThat(result(one)).isEqualTo("agreed");
        assertThat(pair.one.saidDeclined).hasValue(0);
    }

    /** Who has agreed has said so; it can only abort, which is in the session's own words. */
    @Test
    void nobodyDeclinesAfterRoundZero() {
        var session = pair.one.liveSession(1 << 10);
        session.reached(1);

        session.decline(2, ProblemCode.PAUSED);

        session.requireEverybody();
    }

    @Test
    void forgetsTheOldestOfManyRefusals() throws Exception {
        var first = SessionPair.sessionId();
        pair.two.sessions.decline(first, List.of(), ProblemCode.BUSY);
        for (int i = 0; i < 1_000; i++) {
            pair.two.sessions.decline(SessionPair.sessionId(), List.of(), ProblemCode.BUSY);
        }

        var one = pair.one.begin(first);
        waitUntilSaid(pair.two, 1);

        assertThat(pair.two.saidDeclined).hasValue(0);
        assertThat(result(pair.two.begin(first))).isEqualTo("agreed");
        assertThat(result(one)).isEqualTo("agreed");
    }

    @Test
    void dropsWhatIsNoRefusal() throws Exception {
        var id = SessionPair.sessionId();
        var one = pair.one.begin(id);
        waitUntilSaid(pair.two, 1);

        pair.one.sessions.declined(2, id);
        pair.one.sessions.declined(2, new byte[3]);
        pair.one.sessions.declined(3, new Declined(new SessionId(id), ProblemCode.BUSY).encode());

        assertThat(result(pair.two.begin(id))).isEqualTo("agreed");
        assertThat(result(one)).isEqualTo("agreed");
    }

    @Test
    void takesAReasonThatItDoesNotKnowForARefusal() {
        var id = SessionPair.sessionId();
        var unknown = Arrays.copyOf(id, id.length + 1);

        assertThat(Declined.decode(unknown))
                .contains(new Declined(new SessionId(id), ProblemCode.REFUSED));
    }

    private static void assertDeclined(Future<String> session, ProblemCode code) {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> result(session))
                .havingCause()
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo(code);
                    assertThat(e.problem().detail()).contains("player 2");
                });
    }

    /** A frame that finds no session and the session that begins at that moment must find each other: nobody repeats it. */
    @Test
    void losesNoFrameThatArrivesWhileItsSessionBegins() throws Exception {
        pair.cut();
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (int attempt = 0; attempt < 1_500; attempt++) {
                var id = SessionPair.sessionId();
                var agree = pair.two.agree(id);
                var ready = new AtomicInteger();
                var one = threads.submit(() -> {
                    meet(ready);
                    return pair.one.session(id).call();
                });
                int later = attempt % 150 * 20; // until where the session takes its id, and a little beyond
                var arrival = threads.submit(() -> {
                    meet(ready);
                    spin(later);
                    pair.one.sessions.received(2, agree);
                });

                assertThat(one.get(5, TimeUnit.SECONDS)).isEqualTo("agreed");
                arrival.get(5, TimeUnit.SECONDS);
            }
        }
    }

    /** Two threads leave at once: one that sleeps would be too late. */
    @SuppressWarnings("ThreadPriorityCheck") // it spins, and on a busy machine the other may need this processor
    private static void meet(AtomicInteger ready) {
        ready.incrementAndGet();
        for (int spins = 1; ready.get() < 2; spins++) {
            if (spins % 1_000 == 0) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }

    @Test
    void repeatsWhatThePeerCouldNotKeep() throws Exception {
        var id = SessionPair.sessionId();
        var one = pair.one.begin(id);
        waitUntilSaid(pair.two, 1);
        for (int flood = 0; flood < 2 * EarlyFrames.BYTES_PER_PEER / Frame.HEADER_BYTES; flood++) {
            pair.two.sessions.received(1, envelope(flood));
        }

        var two = pair.two.begin(id);

        assertThat(result(one)).isEqualTo("agreed");
        assertThat(result(two)).isEqualTo("agreed");
    }

    /** The peer lost what came too early, and this node is done before it would have repeated it. */
    @Test
    void repeatsAtItsEndWhatItStillOwes() throws Exception {
        for (int attempt = 0; attempt < 20; attempt++) {
            var id = SessionPair.sessionId();
            int said = pair.two.saidNotYet.get();
            var one = pair.one.begin(id);
            waitUntilSaid(pair.two, said + 1);
            pair.two.sessions.linkDown(1);

            var two = pair.two.begin(id);

            assertThat(result(one)).isEqualTo("agreed");
            assertThat(result(two)).isEqualTo("agreed");
        }
    }

    @Test
    void repeatsEverythingWhenTheLinkComesBack() throws Exception {
        var id = SessionPair.sessionId();
        pair.cut();
        var one = pair.one.begin(id);
        var two = pair.two.begin(id);
        waitUntilRunning();
        pair.mend();

        pair.one.sessions.linkUp(2, pair.two.self.incarnation().bytes());
        pair.two.sessions.linkUp(1, pair.one.self.incarnation().bytes());

        assertThat(result(one)).isEqualTo("agreed");
        assertThat(result(two)).isEqualTo("agreed");
    }

    @Test
    void endsASessionWhosePeerHasStartedAgain() throws Exception {
        pair.cut();
        var one = pair.one.begin(SessionPair.sessionId());
        waitUntilRunning(pair.one);

        pair.one.sessions.linkUp(2, SessionPair.random().bytes());

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> one.get(5, TimeUnit.SECONDS))
                .withCauseInstanceOf(Aborted.class);
        assertThat(pair.one.sessions.running()).isZero();
    }

    @Test
    void remembersUsedIds() throws Exception {
        var id = SessionPair.sessionId();
        var one = pair.one.begin(id);
        result(pair.two.begin(id));
        result(one);

        assertThatExceptionOfType(SessionUsed.class).isThrownBy(() -> pair.one.session(id).call());
    }

    @Test
    void refusesAnIdThatIsBeingUsed() throws Exception {
        var id = SessionPair.sessionId();
        var _ = pair.one.begin(id);
        waitUntilRunning(pair.one);

        assertThatExceptionOfType(SessionUsed.class).isThrownBy(() -> pair.one.session(id).call());
        assertThat(pair.one.sessions.running()).isEqualTo(1);
    }

    @Test
    void doesNotAskForFramesOfASessionThatIsOver() throws Exception {
        var id = SessionPair.sessionId();
        var one = pair.one.begin(id);
        result(pair.two.begin(id));
        result(one);
        int before = pair.one.saidNotYet.get();

        pair.one.sessions.received(2, envelope(id));

        assertThat(pair.one.saidNotYet.get()).isEqualTo(before);
    }

    @Test
    void dropsFramesThatAreNone() throws Exception {
        var id = SessionPair.sessionId();
        pair.one.sessions.received(2, new byte[0]);
        pair.one.sessions.received(2, new byte[Frame.HEADER_BYTES - 1]);
        pair.one.sessions.notYet(2, new byte[0]);
        pair.one.sessions.notYet(2, new byte[Frame.SESSION_BYTES]);
        assertThat(pair.one.saidNotYet.get()).isZero();

        var one = pair.one.begin(id);
        waitUntilRunning(pair.one);
        pair.one.sessions.received(2, envelope(id));
        assertThat(result(pair.two.begin(id))).isEqualTo("agreed");
        assertThat(result(one)).isEqualTo("agreed");
    }

    @Test
    void aPeerThatFloodsASessionTakesOnlyItsOwnRoom() throws Exception {
        int maxPayload = 1 << 10;
        var session = pair.one.liveSession(maxPayload);
        var large = Frame.direct(id(1), 1, 1, 2, 1, new byte[maxPayload]);
        for (int frame = 0; frame < 10_000; frame++) {
            session.deliver(2, large);
        }
        session.deliver(1, Frame.direct(id(1), 1, 1, 1, 1, new byte[maxPayload]));
        session.lose(2);

        int received = 0;
        while (session.receive(Duration.ofMillis(1)).isPresent()) {
            received++;
        }
        assertThat(received).isEqualTo(8 + 2);

        session.deliver(2, large);
        assertThat(session.receive(Duration.ofMillis(1))).isPresent();
    }

    @Test
    void wipesPrivateMessagesThatNobodyTook() {
        var session = pair.one.liveSession(1 << 10);
        var waiting = secret();
        session.deliver(2, waiting);
        var strange = secret();
        session.deliver(3, strange);
        assertThat(strange.payload()).containsOnly(0);
        assertThat(waiting.payload()).doesNotContain(0);

        session.close();

        assertThat(waiting.payload()).containsOnly(0);
        var late = secret();
        session.deliver(2, late);
        assertThat(late.payload()).containsOnly(0);
    }

    @Test
    void wipesWhatItHasSentOnceItIsEncoded() {
        var session = pair.one.liveSession(1 << 10);
        var said = secret();

        session.send(new Outgoing(2, said));

        assertThat(said.payload()).containsOnly(0);
    }

    @Test
    void wipesAnEarlyFrameThatIsTooLong() {
        var envelope = new byte[EarlyFrames.BYTES_PER_PEER + 1];
        Arrays.fill(envelope, (byte) 7);

        new EarlyFrames().keep(2, new SessionId(SessionPair.sessionId()), envelope);

        assertThat(envelope).containsOnly(0);
    }

    private static Frame secret() {
        var payload = new byte[32];
        Arrays.fill(payload, (byte) 7);
        return Frame.direct(SessionPair.sessionId(), 1, 2, 2, 1, payload);
    }

    @Test
    void announcedSessionsTakeNoMoreThanTheRoomOfTheirPeer() {
        var early = new EarlyFrames();
        var ours = new SessionId(SessionPair.sessionId());
        early.keep(3, ours, new byte[100]);

        for (int number = 0; number < 100_000; number++) {
            early.keep(2, new SessionId(id(number)), envelope(number));
        }
        early.keep(2, ours, new byte[EarlyFrames.BYTES_PER_PEER + 1]);

        assertThat(early.bytes(2)).isPositive().isLessThanOrEqualTo(EarlyFrames.BYTES_PER_PEER);
        assertThat(early.take(3, ours)).hasSize(1);
        assertThat(early.take(2, new SessionId(id(0)))).isEmpty();
        assertThat(early.take(2, new SessionId(id(99_999)))).hasSize(1);
        assertThat(early.take(2, new SessionId(id(99_999)))).isEmpty();
        assertThat(early.take(3, new SessionId(id(99_998)))).isEmpty();

        early.forget(2);
        assertThat(early.bytes(2)).isZero();
    }

    private static byte[] id(int number) {
        return ByteBuffer.allocate(Frame.SESSION_BYTES).putInt(number).array();
    }

    private static byte[] envelope(int number) {
        return envelope(id(number));
    }

    private static byte[] envelope(byte[] sessionId) {
        return ByteBuffer.allocate(Frame.HEADER_BYTES).put((byte) 1).put(sessionId).array();
    }

    private static String result(Future<String> session) throws Exception {
        return session.get(SessionPair.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private static void waitUntilSaid(SessionPair.Node node, int times) throws InterruptedException {
        while (node.saidNotYet.get() < times) {
            Thread.sleep(Duration.ofMillis(5));
        }
    }

    private void waitUntilRunning() throws InterruptedException {
        waitUntilRunning(pair.one);
        waitUntilRunning(pair.two);
    }

    private static void waitUntilRunning(SessionPair.Node node) throws InterruptedException {
        while (node.sessions.running() == 0) {
            Thread.sleep(Duration.ofMillis(5));
        }
        // It is listed a moment before it has said anything.
        Thread.sleep(Duration.ofMillis(200));
    }
}
