package quorate.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AdmissionTest {
    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void cutsAConnectionWithoutHandshakeOrRequest() throws Exception {
        try (var api = start(SOON, 10);
                var silent = ApiConnection.plain(api.port());
                var idle = ApiConnection.tls(api.port())) {
            assertThat(silent.ends()).isTrue();
            assertThat(idle.ends()).isTrue();
        }
    }

    @Test
    void cutsWhoSendsARequestForEver() throws Exception {
        try (var api = start(SOON, 10);
                var busy = ApiConnection.tls(api.port())) {
            var out = busy.socket.getOutputStream();
            long start = System.nanoTime();
            boolean cut = false;
            while (!cut && System.nanoTime() - start < LONG.toNanos()) {
                try {
                    out.write('G');
                    Thread.sleep(20);
                } catch (IOException e) {
                    cut = true;
                }
            }
            assertThat(cut).isTrue();
        }
    }

    @Test
    void keepsAConnectionOnWhichARequestCame() throws Exception {
        try (var api = start(SOON, 10);
                var caller = ApiConnection.tls(api.port())) {
            caller.send(TestApi.LIVE, "");
            assertThat(caller.status()).isEqualTo("HTTP/1.1 200 OK");
            Thread.sleep(SOON.multipliedBy(3));
            caller.send(TestApi.LIVE, "");
            assertThat(caller.status()).isEqualTo("HTTP/1.1 200 OK");
        }
    }

    @Test
    void oneAddressHasOnlySoManyConnectionsAtOnce() throws Exception {
        try (var api = start(LONG, 3)) {
            var open = new ArrayList<ApiConnection>();
            for (int count = 0; count < 3; count++) {
                open.add(ApiConnection.tls(api.port()));
            }
            try (var fourth = ApiConnection.plain(api.port())) {
                assertThat(fourth.ends()).isTrue();
            }
            open.removeFirst().close();
            assertThat(answersInTheEnd(api)).isTrue();
            for (var connection : open) {
                connection.close();
            }
        }
    }

    /** The server learns a moment later that a connection is closed. */
    private static boolean answersInTheEnd(TestApi api) throws Exception {
        for (int attempt = 0; attempt < 100; attempt++) {
            try (var caller = ApiConnection.tls(api.port())) {
                caller.send(TestApi.LIVE, "");
                return caller.status().equals("HTTP/1.1 200 OK");
            } catch (IOException refused) {
                Thread.sleep(100);
            }
        }
        return false;
    }

    private static TestApi start(Duration firstRequest, int perAddress) throws Exception {
        return TestApi.start(TestApi.Zeros.of(1), LONG, new Admission(firstRequest, perAddress));
    }
}
