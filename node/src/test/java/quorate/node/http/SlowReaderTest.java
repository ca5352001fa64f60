package quorate.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlowReaderTest {
    private static final int MIB = 1 << 20;
    private static final String REQUEST = "{\"backupId\": \"one\"}";

    @Test
    void whoStopsReadingABackupIsCutOff() throws Exception {
        var backup = TestApi.Zeros.of(64L * MIB);
        try (var api = TestApi.start(backup, Duration.ofMillis(300), new Admission());
                var stuck = ApiConnection.tls(api.port())) {
            stuck.send(TestApi.BACKUP, REQUEST);
            assertThat(stuck.status()).isEqualTo("HTTP/1.1 200 OK");

            assertThat(backup.closed().await(20, TimeUnit.SECONDS)).isTrue();

            assertThat(rest(stuck)).isLessThan(backup.bytes());
            try (var next = ApiConnection.tls(api.port())) {
                next.send(TestApi.LIVE, "");
                assertThat(next.status()).isEqualTo("HTTP/1.1 200 OK");
            }
        }
    }

    @Test
    void whoKeepsReadingGetsTheWholeBackupHoweverLongItTakes() throws Exception {
        var backup = TestApi.Zeros.of(24L * MIB);
        var limit = Duration.ofMillis(900);
        long start = System.nanoTime();
        try (var api = TestApi.start(backup, limit, new Admission());
                var slow = ApiConnection.tls(api.port())) {
            slow.send(TestApi.BACKUP, REQUEST);
            long read = 0;
            for (int part = 0; part < 24; part++) {
                Thread.sleep(60);
                read += slow.read(MIB).length;
            }
            // All but what the head of the answer takes of the last part.
            assertThat(read).isEqualTo(backup.bytes());
            assertThat(backup.closed().await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(limit);
        }
    }

    /** How many bytes still come before the connection ends. */
    private static long rest(ApiConnection connection) {
        long count = 0;
        try {
            for (int read = connection.read(MIB).length; read > 0; read = connection.read(MIB).length) {
                count += read;
            }
        } catch (IOException cutOff) {
            return count;
        }
        return count;
    }
}
