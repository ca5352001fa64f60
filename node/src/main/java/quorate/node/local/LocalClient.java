package quorate.node.local;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/** The operator's end of the local socket. */
public final class LocalClient {
    private final Path configuration;
    private final Duration deadline;

    /**
     * Speaks to the node of a configuration file.
     *
     * @param deadline for a request and its answer
     */
    public LocalClient(Path configuration, Duration deadline) {
        this.configuration = configuration;
        this.deadline = deadline;
    }

    /**
     * Sends a request and reads the answer. The caller closes both.
     *
     * @throws IOException saying why the node cannot be asked, or did not answer
     */
    public LocalMessage call(LocalMessage request) throws IOException {
        var socket = LocalAddress.of(configuration);
        var address = LocalAddress.address(socket);
        LocalAddress.requireOwn(socket, configuration);
        try (var channel = SocketChannel.open(address);
                var _ = Deadline.of(channel, deadline)) {
            request.write(Channels.newOutputStream(channel));
            return LocalMessage.read(Channels.newInputStream(channel));
        } catch (ConnectException e) {
            throw new IOException("nobody answers at " + socket + ": the node does not run", e);
        } catch (EOFException e) {
            throw new IOException("the node gave no answer at " + socket + "; its log says why", e);
        } catch (ClosedChannelException e) {
            throw new IOException("the node did not answer at " + socket + " within " + deadline.toSeconds() + " s", e);
        }
    }
}
