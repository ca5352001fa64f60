package quorate.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import quorate.node.config.Address;

/** Prints the time of a frame there and back over loopback. Not a benchmark: fails only if an answer is lost. */
class RoundTripTest {
    private final SynchronousQueue<byte[]> answers = new SynchronousQueue<>();

    @Test
    void printsTheTimeOfARoundTrip() throws Exception {
        try (var mesh = new TestMesh(2)) {
            var links = new Links[1];
            var echo = new Recorder() {
                @Override
                public void frame(int player, FrameType type, byte[] body) {
                    assertThat(links[0].send(player, type, body).queued()).isTrue();
                }
            };
            links[0] = mesh.open(
                    2, Samples.incarnation(), mesh.store(2), TestMesh.settings(TestMesh.ANY), echo);
            mesh.move(2, new Address("127.0.0.1", links[0].listening().getPort()));
            var told = new Recorder() {
                @Override
                public void frame(int player, FrameType type, byte[] body) {
                    try {
                        answers.put(body);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            };
            var one = mesh.open(1, Samples.incarnation(), mesh.store(1), TestMesh.settings(TestMesh.ANY), told);
            told.awaitUp(2);
            echo.awaitUp(1);
            try (var ceremonies = Executors.newVirtualThreadPerTaskExecutor()) {
                ceremonies.submit(() -> measure(one, 64, 1500)).get();
                ceremonies.submit(() -> measure(one, 64 * 1024, 500)).get();
            }
        }
    }

    /** As many rounds to warm up as are measured. Returns the rounds. */
    private int measure(Links links, int bytes, int rounds) throws InterruptedException {
        var nanos = new long[rounds];
        for (int i = -rounds; i < rounds; i++) {
            long started = System.nanoTime();
            assertThat(links.send(2, FrameType.SESSION, new byte[bytes]).queued()).isTrue();
            assertThat(answers.poll(20, TimeUnit.SECONDS)).hasSize(bytes);
            if (i >= 0) {
                nanos[i] = System.nanoTime() - started;
            }
        }
        Arrays.sort(nanos);
        System.out.printf(
                "round trip of %d bytes: best 10%% %d us, median %d us, p99 %d us%n",
                bytes, nanos[rounds / 10] / 1000, nanos[rounds / 2] / 1000, nanos[rounds * 99 / 100] / 1000);
        return rounds;
    }
}
