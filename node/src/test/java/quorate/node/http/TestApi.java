package quorate.node.http;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import quorate.api.Live;
import quorate.node.config.Address;
import quorate.node.config.ApiKey;
import quorate.node.config.Caller;
import quorate.node.config.ExportLists;
import quorate.node.config.Limits;
import quorate.node.config.MasterKeySource;
import quorate.node.config.NodeConfig;
import quorate.node.config.Role;
import quorate.node.identity.NodeIdentity;
import quorate.node.identity.TlsKey;

/** The API server of a node that only lives and makes backups, of zeros. */
final class TestApi implements AutoCloseable {
    static final String BACKUP = "POST /v1/backups HTTP/1.1\r\nAuthorization: Bearer key";
    static final String LIVE = "GET /v1/health/live HTTP/1.1";
    private static final TlsKey TLS = NodeIdentity.generate(1, List.of(), new SecureRandom()).api();

    private final ApiServer server;

    private TestApi(ApiServer server) {
        this.server = server;
    }

    static TestApi start(Zeros backup, Duration readerTimeout, Admission admission) throws IOException {
        var node = (NodeApi) Proxy.newProxyInstance(
                TestApi.class.getClassLoader(), new Class<?>[] {NodeApi.class}, (proxy, method, arguments) ->
                        switch (method.getName()) {
                            case "live" -> new Live(1);
                            case "createBackup" -> backup;
                            case "presignatures" -> none(PresignatureApi.class);
                            default -> throw new IllegalStateException(method.getName());
                        });
        return new TestApi(new ApiServer(node, config(readerTimeout), TLS, admission));
    }

    /** What nobody asks for here. */
    private static <T> T none(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                TestApi.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    throw new IllegalStateException(method.getName());
                }));
    }

    private static NodeConfig config(Duration readerTimeout) {
        var key = ApiKey.sha256("key".getBytes(StandardCharsets.US_ASCII));
        var unused = Path.of("unused");
        return new NodeConfig(
                unused,
                1,
                unused,
                unused,
                unused,
                new Address("127.0.0.1", 0),
                new Address("127.0.0.1", 1),
                new MasterKeySource.KeyFile(unused),
                List.of(new Caller("admin", Set.of(Role.ADMINISTRATOR), key)),
                new Limits(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        readerTimeout,
                        4096,
                        Duration.ofHours(1),
                        1,
                        1),
                Set.of(),
                Set.of(),
                ExportLists.NONE);
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }

    /** A backup that says when it was closed, which is when its file is removed. */
    record Zeros(long bytes, CountDownLatch closed) implements NodeApi.BackupStream {
        static Zeros of(long bytes) {
            return new Zeros(bytes, new CountDownLatch(1));
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            var some = new byte[8192];
            for (long left = bytes; left > 0; left -= some.length) {
                out.write(some, 0, (int) Math.min(left, some.length));
            }
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
