package quorate.node;

import java.io.IOException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.node.config.ConfigException;

/** A node in the foreground: until SIGTERM, or until it must not go on. */
public final class NodeProcess {
    private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);

    private NodeProcess() {}

    /**
     * Runs the node of a configuration file and returns when it has ended in order.
     *
     * @return whether it ended because it was asked to
     * @throws ConfigException naming file, setting and what to do
     * @throws quorate.store.StoreException if the database is refused
     */
    public static boolean run(Path configuration) throws ConfigException, IOException, InterruptedException {
        var running = new AtomicReference<Optional<Node>>(Optional.empty());
        var stopping = new AtomicBoolean();
        var ended = new CountDownLatch(1);
        var hook = Thread.ofPlatform().unstarted(() -> {
            stopping.set(true);
            running.get().ifPresent(Node::stop);
            try {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            while (true) {
                var ending = runOnce(configuration, running, stopping);
                if (ending != Node.Ending.RESTART) {
                    return ending == Node.Ending.STOPPED;
                }
                LOG.warn("starting again with a new database incarnation");
            }
        } finally {
            ended.countDown();
        }
    }

    private static Node.Ending runOnce(
            Path configuration, AtomicReference<Optional<Node>> running, AtomicBoolean stopping)
            throws ConfigException, IOException, InterruptedException {
        try (var node = Node.start(configuration, random(), Clock.systemUTC())) {
            running.set(Optional.of(node));
            if (stopping.get()) {
                node.stop();
            }
            return node.ending().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            running.set(Optional.empty());
        }
    }

    /** A generator that is seeded by the system and reseeds itself (protocols.md 0.6). */
    private static SecureRandom random() {
        try {
            return SecureRandom.getInstance("DRBG");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has DRBG", e);
        }
    }
}
