package quorate.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quorate.cli.terminal.CommandFailed;

class LoopbackPortsTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void holdsAPortOnWhichNobodyAnswersUntilItIsReleased() throws IOException {
        try (var ports = new LoopbackPorts(Set.of(), RANDOM)) {
            int port = ports.hold();
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                    .isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close())
                    .isInstanceOf(IOException.class);

            ports.release(port);

            try (var server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assertThat(server.isBound()).isTrue();
            }
        }
    }

    @Test
    void leavesThePortsOfLiveNodesAlone() throws IOException {
        var taken = IntStream.range(20_000, 30_000).boxed().collect(Collectors.toSet());
        try (var ports = new LoopbackPorts(taken, RANDOM)) {
            assertThatThrownBy(ports::hold).isInstanceOf(CommandFailed.class);
        }
    }
}
