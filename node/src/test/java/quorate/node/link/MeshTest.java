package quorate.node.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quorate.algebra.Encoding;
import quorate.node.link.Recorder.Event;

class MeshTest {
    private final TestMesh mesh = new TestMesh(3);

    @AfterEach
    void close() {
        mesh.close();
    }

    @Test
    void comesUpBetweenAllPlayers() throws Exception {
        var nodes = mesh.startAll();
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                if (i != j) {
                    assertThat(nodes.get(i).links().current(j + 1)).contains(nodes.get(j).incarnation());
                }
            }
            assertThat(nodes.get(i).links().up()).hasSize(2);
        }
    }

    @Test
    void deliversFramesOfEverySizeInOrderBothWays() throws Exception {
        var nodes = mesh.startAll();
        int count = 600;
        var senders = Arrays.asList(
                Thread.ofPlatform().start(() -> sendMany(nodes.get(0).links(), 2, count)),
                Thread.ofPlatform().start(() -> sendMany(nodes.get(1).links(), 1, count)));
        for (var sender : senders) {
            sender.join();
        }
        for (int receiver = 0; receiver < 2; receiver++) {
            var told = nodes.get(receiver).told();
            told.awaitFrames(count);
            var frames = told.events(Event.Received.class);
            assertThat(frames).hasSize(count);
            for (int i = 0; i < count; i++) {
                assertThat(frames.get(i).player()).isEqualTo(2 - receiver);
                assertThat(frames.get(i).type()).isEqualTo(FrameType.SESSION);
                assertThat(frames.get(i).body()).isEqualTo(body(i));
            }
        }
        assertThat(nodes.get(2).told().events(Event.Received.class)).isEmpty();
    }

    private static void sendMany(Links links, int player, int count) {
        for (int i = 0; i < count; i++) {
            while (!links.send(player, FrameType.SESSION, body(i)).queued()) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private static byte[] body(int number) {
        int length = switch (number % 4) {
            case 0 -> 64;
            case 1 -> 20_000;
            case 2 -> 4;
            default -> number % 40 == 3 ? 1 << 20 : 1000;
        };
        var body = new byte[length];
        new Random(number).nextBytes(body);
        System.arraycopy(Encoding.i2osp(number, 4), 0, body, 0, 4);
        return body;
    }

    @Test
    void carriesEveryApplicationType() throws Exception {
        var nodes = mesh.startAll();
        var links = nodes.get(0).links();
        assertThat(links.send(3, FrameType.NOT_YET, new byte[32])).isEqualTo(Sent.QUEUED);
        assertThat(links.send(3, FrameType.ABORT, new byte[33])).isEqualTo(Sent.QUEUED);
        assertThat(links.send(3, FrameType.COMMIT, new byte[0])).isEqualTo(Sent.QUEUED);
        nodes.get(2).told().awaitFrames(3);
        assertThat(nodes.get(2).told().events(Event.Received.class))
                .extracting(Event.Received::type)
                .containsExactly(FrameType.NOT_YET, FrameType.ABORT, FrameType.COMMIT);
    }

    @Test
    void saysWhyAFrameIsNotSent() throws Exception {
        mesh.start(3);
        var one = mesh.start(1);
        one.told().awaitUp(3);
        assertThat(one.links().send(2, FrameType.SESSION, new byte[1])).isEqualTo(Sent.DOWN);
        assertThat(one.links().current(2)).isEmpty();
        assertThat(one.links().send(3, FrameType.SESSION, new byte[(1 << 20) + 1])).isEqualTo(Sent.TOO_LONG);
        assertThatThrownBy(() -> one.links().send(3, FrameType.LINK, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> one.links().send(3, FrameType.NOT_YET, new byte[31]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> one.links().send(1, FrameType.SESSION, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doesNotWaitForAPeerThatDoesNotRead() throws Exception {
        var three = mesh.startImpatient(3, Samples.incarnation());
        try (var relay = new Relay(mesh.address(3))) {
            mesh.move(3, relay.address());
            var one = mesh.startImpatient(1, Samples.incarnation());
            one.told().awaitUp(3);
            three.told().awaitUp(1);
            relay.fallSilent();
            long started = System.nanoTime();
            var sent = Sent.QUEUED;
            for (int i = 0; i < 1000 && sent.queued(); i++) {
                sent = one.links().send(3, FrameType.SESSION, new byte[1 << 20]);
            }
            assertThat(sent).isIn(Sent.FULL, Sent.DOWN);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
            one.told().awaitDown(3);
            three.told().awaitDown(1);
        }
    }

    @Test
    void comesBackWhenAPeerRestarts() throws Exception {
        var nodes = mesh.startAll();
        nodes.get(1).links().close();
        nodes.get(0).told().awaitDown(2);
        nodes.get(2).told().awaitDown(2);
        assertThat(nodes.get(0).links().up()).containsExactly(3);
        var again = mesh.start(2, Samples.restarted(nodes.get(1).incarnation()));
        again.told().awaitUp(1, nodes.get(0).incarnation());
        again.told().awaitUp(3, nodes.get(2).incarnation());
        nodes.get(0).told().awaitUp(2, again.incarnation());
        nodes.get(2).told().awaitUp(2, again.incarnation());
        assertThat(nodes.get(0).told().events(Event.Refused.class)).isEmpty();
        assertThat(nodes.get(2).told().events(Event.Refused.class)).isEmpty();
    }

    @Test
    void makesItsLinksAnew() throws Exception {
        var nodes = mesh.startAll();
        nodes.forEach(node -> node.told().forget());
        nodes.get(1).links().makeAnew();
        for (int other : new int[] {0, 2}) {
            nodes.get(other).told().awaitUp(2, nodes.get(1).incarnation());
            assertThat(nodes.get(other).told().events().getFirst()).isInstanceOf(Event.Down.class);
        }
        assertThat(nodes.get(1).told().events(Event.OlderCopy.class)).isEmpty();
    }

    @Test
    void sendsWhatWaitsBeforeItCloses() throws Exception {
        var nodes = mesh.startAll();
        for (int i = 0; i < 50; i++) {
            nodes.get(0).links().send(2, FrameType.COMMIT, new byte[10_000]);
        }
        long started = System.nanoTime();
        nodes.get(0).links().close();
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
        nodes.get(1).told().awaitDown(1);
        assertThat(nodes.get(1).told().events(Event.Received.class)).hasSize(50);
        assertThat(nodes.get(0).links().send(2, FrameType.ABORT, new byte[33])).isEqualTo(Sent.DOWN);
    }

    @Test
    void survivesAListenerThatFails() throws Exception {
        mesh.start(3);
        var told = new Recorder();
        var failing = new FailingListener(told);
        mesh.open(2, Samples.incarnation(), mesh.store(2), TestMesh.settings(TestMesh.ANY), failing);
        told.awaitUp(3);
        told.forget();
        told.awaitUp(3);
        assertThat(failing.failures.tryAcquire(2, 20, TimeUnit.SECONDS)).isTrue();
    }

    /** Fails whenever a link comes up or goes down. */
    private static final class FailingListener implements LinkListener {
        private final Recorder told;
        private final Semaphore failures = new Semaphore(0);

        FailingListener(Recorder told) {
            this.told = told;
        }

        @Override
        public void up(int player, Incarnation peer) {
            told.up(player, peer);
            failures.release();
            throw new IllegalStateException("up");
        }

        @Override
        public void down(int player, Incarnation peer) {
            throw new IllegalStateException("down");
        }

        @Override
        public void frame(int player, FrameType type, byte[] body) {
            told.frame(player, type, body);
        }

        @Override
        public void refused(int player, Refusal why, boolean byPlayer) {
            told.refused(player, why, byPlayer);
        }

        @Override
        public void rolledBack(int witness, SignedLink evidence) {
            told.rolledBack(witness, evidence);
        }

        @Override
        public void olderCopyOfMyself(int witness, SignedLink evidence) {
            told.olderCopyOfMyself(witness, evidence);
        }
    }
}
