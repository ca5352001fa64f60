package quorate.node.key;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quorate.api.PauseRequest;
import quorate.api.PauseState;
import quorate.api.ProblemCode;
import quorate.api.ResumeRequest;
import quorate.node.problem.ProblemException;
import quorate.store.Database;
import quorate.store.Pause;

/**
 * Lets operations that create or change keys through unless the node is paused (product.md 2.1). A pause
 * takes effect at once and is durable; then it waits, bounded, for the operations that were let through before.
 */
public final class PauseGate {
    private static final Logger LOG = LoggerFactory.getLogger(PauseGate.class);

    /** One operation that was let through. */
    public interface Pass extends AutoCloseable {
        @Override
        void close();
    }

    private final Database database;
    private final int player;
    private final Clock clock;
    private final Duration drain;
    private int inside;

    /**
     * Nothing is under way yet.
     *
     * @param drain how long a pause waits for operations that are under way
     */
    public PauseGate(Database database, int player, Clock clock, Duration drain) {
        this.database = database;
        this.player = player;
        this.clock = clock;
        this.drain = drain;
    }

    /**
     * Lets an operation through until its pass is closed.
     *
     * @throws ProblemException PAUSED with who and until when
     */
    synchronized Pass enter() {
        var pause = database.pauses().current();
        if (pause.isPresent()) {
            throw new ProblemException(ProblemCode.PAUSED, describe(pause.get()));
        }
        inside++;
        return this::leave;
    }

    private synchronized void leave() {
        inside--;
        notifyAll();
    }

    /** Begins a pause or joins the one in force, then drains. */
    public synchronized PauseState pause(String by, PauseRequest request) throws InterruptedException {
        var current = database.pauses().current();
        if (current.isEmpty() || !request.keepsExisting()) {
            var until = request.limit().map(limit -> clock.instant().plus(limit));
            var reason = request.reason() == null ? "" : request.reason();
            current = Optional.of(database.pauses().pause(by, reason, until).pause());
            LOG.info("paused by {} until {}: {}", by, until.map(Instant::toString).orElse("resumed"), reason);
        }
        long deadline = System.nanoTime() + drain.toNanos();
        while (inside > 0) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                LOG.warn("paused while {} operations are still under way", inside);
                break;
            }
            wait(left);
        }
        return state(current);
    }

    public synchronized PauseState resume(String by, ResumeRequest request) {
        var current = database.pauses().current();
        var since = request.since();
        if (current.isPresent() && (since == null || since.equals(current.get().since()))) {
            database.pauses().resume(current.get().number());
            LOG.info("resumed by {}", by);
        }
        return state();
    }

    public PauseState state() {
        return state(database.pauses().current());
    }

    private PauseState state(Optional<Pause> pause) {
        return pause.map(in -> new PauseState(player, true, in.by(), in.until().orElse(null), in.reason(), in.since()))
                .orElseGet(() -> new PauseState(player, false, null, null, null, null));
    }

    private String describe(Pause pause) {
        return "player " + player + " is paused by " + pause.by()
                + pause.until().map(until -> " until " + until).orElse(" until it is resumed")
                + (pause.reason().isEmpty() ? "" : ": " + pause.reason());
    }
}
