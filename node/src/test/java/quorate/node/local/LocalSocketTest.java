package quorate.node.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSocketTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void answersItsOwner() throws Exception {
        var config = config();
        try (var socket = open(config, request -> LocalMessage.of(request.json(), request.attachment(0).clone()));
                var answer = client(config).call(LocalMessage.of(ascii("{}"), ascii("secret"), ascii("more")))) {
            assertThat(socket.path()).isEqualTo(folder.resolve("node.toml.sock"));
            assertThat(answer.json()).isEqualTo(ascii("{}"));
            assertThat(answer.attachment(0)).isEqualTo(ascii("secret"));
            assertThat(answer.attachment(1)).isEmpty();
        }
    }

    @Test
    void isItsOwnersAloneAndLeavesNothingElseBeside() throws Exception {
        var config = config();
        try (var socket = open(config, request -> request)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.path())))
                    .isEqualTo("rw-------");
            assertThat(folder).isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("."));
        }
        assertThat(folder.resolve("node.toml.sock")).doesNotExist();
    }

    @Test
    void takesThePlaceOfASocketThatACrashLeft() throws Exception {
        var config = config();
        var left = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        left.bind(UnixDomainSocketAddress.of(folder.resolve("node.toml.sock")));
        left.close();
        assertThatIOException().isThrownBy(() -> client(config).call(LocalMessage.of(ascii("{}")))).withMessageContaining(
                "chmod 600");
        Files.setPosixFilePermissions(
                folder.resolve("node.toml.sock"), PosixFilePermissions.fromString("rw-------"));
        assertThatIOException()
                .isThrownBy(() -> client(config).call(LocalMessage.of(ascii("{}"))))
                .withMessageContaining("does not run");

        try (var socket = open(config, request -> LocalMessage.of(request.json()));
                var answer = client(config).call(LocalMessage.of(ascii("{}")))) {
            assertThat(answer.json()).isEqualTo(ascii("{}"));
            assertThat(socket.path()).exists();
        }
    }

    @Test
    void leavesAFileThatIsNoSocket() throws Exception {
        var config = config();
        Files.writeString(folder.resolve("node.toml.sock"), "precious");

        assertThatIOException().isThrownBy(() -> open(config, request -> request)).withMessageContaining("no socket");
        assertThat(folder.resolve("node.toml.sock")).hasContent("precious");
    }

    @Test
    void leavesASocketThatTookItsPlace() throws Exception {
        var config = config();
        var first = open(config, request -> request);
        try (var second = open(config, request -> LocalMessage.of(request.json()))) {
            first.close();
            assertThat(second.path()).exists();
            client(config).call(LocalMessage.of(ascii("{}"))).close();
        }
    }

    @Test
    void saysThatItsPathIsTooLong() throws Exception {
        var deep = Files.createDirectories(folder.resolve("d".repeat(60)).resolve("e".repeat(60)));
        var config = Files.writeString(deep.resolve("node.toml"), "");

        assertThatIOException()
                .isThrownBy(() -> open(config, request -> request))
                .withMessageContaining("at most 103")
                .withMessageContaining("shorter path");
        assertThatIOException()
                .isThrownBy(() -> client(config).call(LocalMessage.of(ascii("{}"))))
                .withMessageContaining("at most 103");
        assertThat(deep).isDirectoryNotContaining(path -> !path.endsWith("node.toml"));
    }

    @Test
    void saysThatNobodyIsThere() throws Exception {
        var config = config();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> client(config).call(LocalMessage.of(ascii("{}"))))
                .withMessageContaining("does not run");
    }

    @Test
    void endsConnectionsThatSayNothingOrTooMuch() throws Exception {
        var config = config();
        try (var socket = LocalSocket.open(config, request -> request, Duration.ofMillis(300), RANDOM);
                var silent = SocketChannel.open(UnixDomainSocketAddress.of(socket.path()));
                var loud = SocketChannel.open(UnixDomainSocketAddress.of(socket.path()))) {
            loud.write(ByteBuffer.wrap(new byte[] {0x7f, 0, 0, 0}));

            assertThat(Channels.newInputStream(silent).read()).isEqualTo(-1);
            assertThat(Channels.newInputStream(loud).read()).isEqualTo(-1);
        }
    }

    @Test
    void hearsNoMoreThanAFewAtOnceAndThenAgain() throws Exception {
        var config = config();
        var open = new ArrayList<SocketChannel>();
        try (var socket = open(config, request -> LocalMessage.of(request.json()))) {
            for (int i = 0; i < 4; i++) {
                open.add(SocketChannel.open(UnixDomainSocketAddress.of(socket.path())));
            }
            try (var fifth = SocketChannel.open(UnixDomainSocketAddress.of(socket.path()))) {
                assertThat(Channels.newInputStream(fifth).read()).isEqualTo(-1);
            }
            for (var channel : open) {
                var out = Channels.newOutputStream(channel);
                LocalMessage.of(ascii("{}")).write(out);
                LocalMessage.read(Channels.newInputStream(channel)).close();
                channel.close();
            }
            client(config).call(LocalMessage.of(ascii("{}"))).close();
        }
    }

    @Test
    void givesUpOnANodeThatDoesNotAnswer() throws Exception {
        var config = config();
        var release = new CountDownLatch(1);
        try (var socket = open(config, request -> {
            await(release);
            return request;
        })) {
            assertThat(socket.path()).exists();
            assertThatIOException()
                    .isThrownBy(() -> new LocalClient(config, Duration.ofMillis(200))
                            .call(LocalMessage.of(ascii("{}"))))
                    .withMessageContaining("did not answer");
            release.countDown();
        }
    }

    @Test
    void wipesWhatItSentAndHeard() throws Exception {
        var secret = ascii("secret");
        try (var message = LocalMessage.of(ascii("{}"), secret)) {
            message.write(OutputStream.nullOutputStream());
            assertThat(message).hasToString("LocalMessage[redacted]");
        }
        assertThat(secret).containsOnly(0);
    }

    private Path config() throws IOException {
        return Files.writeString(folder.resolve("node.toml"), "");
    }

    private static LocalSocket open(Path config, LocalSocket.Handler handler) throws IOException {
        return LocalSocket.open(config, handler, PATIENCE, RANDOM);
    }

    private static LocalClient client(Path config) {
        return new LocalClient(config, PATIENCE);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
