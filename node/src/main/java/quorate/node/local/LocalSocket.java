package quorate.node.local;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.node.identity.OwnerOnly;

/**
 * The node's end of the local socket. Only the user who owns the configuration, and root, are heard: the file is
 * theirs alone from the moment it has its name, and the system says who is at the other end.
 *
 * <p>Whoever opens it holds the locks of the node, so a socket that is there already was left by a crash.
 */
public final class LocalSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalSocket.class);
    private static final int CONNECTIONS_MAX = 4;
    private static final int BACKLOG = 16;
    private static final int STAGING_BYTES = 3;
    private static final String ROOT = "root";

    private final Path path;
    private final Object fileKey;
    private final String owner;
    private final ServerSocketChannel server;
    private final Handler handler;
    private final Duration deadline;
    private final Semaphore connections = new Semaphore(CONNECTIONS_MAX);
    private final Thread listener;

    /** What is done for whoever is at the other end. Wipes nothing: the socket does, request and answer. */
    @FunctionalInterface
    public interface Handler {
        LocalMessage answer(LocalMessage request);
    }

    private LocalSocket(Path path, String owner, ServerSocketChannel server, Handler handler, Duration deadline)
            throws IOException {
        this.path = path;
        this.fileKey = fileKey(path);
        this.owner = owner;
        this.server = server;
        this.handler = handler;
        this.deadline = deadline;
        this.listener = Thread.ofVirtual().name("local-socket").start(this::listen);
    }

    /**
     * Opens the socket of a node.
     *
     * @param deadline for one request, from its connection to its answer
     * @throws IOException if its name is too long, or something other than a socket has it
     */
    public static LocalSocket open(Path configuration, Handler handler, Duration deadline, SecureRandom random)
            throws IOException {
        var path = LocalAddress.of(configuration);
        LocalAddress.address(path);
        requireSocketOrNothing(path);
        var suffix = new byte[STAGING_BYTES];
        random.nextBytes(suffix);
        var staging = path.resolveSibling("." + HexFormat.of().formatHex(suffix));
        OwnerOnly.createSubfolder(staging);
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            // Nobody else can enter the folder between the birth of the socket and its permissions.
            var born = staging.resolve("s");
            server.bind(LocalAddress.address(born), BACKLOG);
            Files.setPosixFilePermissions(born, PosixFilePermissions.fromString("rw-------"));
            Files.move(born, path, StandardCopyOption.ATOMIC_MOVE);
            return new LocalSocket(
                    path, Files.getOwner(configuration).getName(), server, handler, deadline);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        } finally {
            Files.deleteIfExists(staging.resolve("s"));
            Files.deleteIfExists(staging);
        }
    }

    private static void requireSocketOrNothing(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                && !Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isOther()) {
            throw new IOException(path + " is no socket; move it away");
        }
    }

    private static Object fileKey(Path path) throws IOException {
        return Objects.requireNonNull(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey());
    }

    public Path path() {
        return path;
    }

    private void listen() {
        try {
            while (true) {
                var channel = server.accept();
                if (connections.tryAcquire()) {
                    Thread.ofVirtual().name("local-request").start(() -> serve(channel));
                } else {
                    channel.close();
                }
            }
        } catch (ClosedChannelException e) {
            // The node ends.
        } catch (IOException e) {
            LOG.error("the local socket failed: {}", e.getMessage());
        }
    }

    private void serve(SocketChannel channel) {
        try (channel;
                var _ = Deadline.of(channel, deadline)) {
            var user = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
            if (!user.equals(owner) && !user.equals(ROOT)) {
                LOG.warn("local socket: user {} is not {}", user, owner);
                return;
            }
            try (var request = LocalMessage.read(Channels.newInputStream(channel));
                    var answer = handler.answer(request)) {
                answer.write(Channels.newOutputStream(channel));
            }
        } catch (ClosedChannelException e) {
            LOG.warn("local socket: a request took longer than {} s", deadline.toSeconds());
        } catch (IOException e) {
            LOG.warn("local socket: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("local socket: a request failed", e);
        } finally {
            connections.release();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            listener.join();
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && fileKey(path).equals(fileKey)) {
                Files.delete(path);
            }
        } catch (IOException e) {
            LOG.warn("local socket: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
