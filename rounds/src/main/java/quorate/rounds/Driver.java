package quorate.rounds;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The blocking loop around a {@link Session}: one virtual thread per ceremony waits for frames, hands them
 * over and sends the answers. Computation goes to {@link Workers}; the deadline, progress and the end of
 * every ceremony are here and nowhere else.
 */
public final class Driver {
    private final Workers workers;
    private final LongSupplier nanoTime;
    private final Duration settling;

    /** Told which round a ceremony waits in, for metrics and logs. */
    @FunctionalInterface
    public interface Progress {
        void onRound(int round);
    }

    /**
     * @param nanoTime a clock that never jumps, such as {@code System::nanoTime}
     * @param settling how long a failed session waits for what the others were told (COM-8)
     */
    public Driver(Workers workers, LongSupplier nanoTime, Duration settling) {
        this.workers = workers;
        this.nanoTime = nanoTime;
        this.settling = settling;
    }

    /**
     * Runs a session that has not started to its end. The others are told of every end without a result,
     * including an interrupt and a bug.
     *
     * @param limit how long the others may take; then {@link Unresponsive} names who is missing
     */
    public <R> R run(Session<R> session, Channel channel, Duration limit, Progress progress)
            throws CeremonyException, InterruptedException {
        try {
            progress.onRound(session.round());
            send(session, workers.compute(session::start), channel);
            long deadline = nanoTime.getAsLong() + limit.toNanos();
            boolean settles = false;
            while (!session.ended()) {
                if (session.settling() && !settles) {
                    settles = true;
                    deadline = nanoTime.getAsLong() + settling.toNanos();
                }
                int round = session.round();
                send(session, step(session, channel, deadline - nanoTime.getAsLong()), channel);
                if (session.round() != round) {
                    progress.onRound(session.round());
                }
            }
            return session.result();
        } finally {
            send(session, session.cancel(), channel); // nothing, unless an interrupt or a bug ended the loop
        }
    }

    private <R> List<Outgoing> step(Session<R> session, Channel channel, long nanosLeft) throws InterruptedException {
        if (nanosLeft <= 0) {
            return workers.compute(session::expire);
        }
        var delivery = channel.receive(Duration.ofNanos(nanosLeft));
        if (delivery.isEmpty()) {
            return List.of();
        }
        var frame = delivery.get();
        return workers.compute(() -> session.receive(frame.sender(), frame.frame()));
    }

    private static void send(Session<?> session, List<Outgoing> frames, Channel channel) {
        session.handOver(frames, channel::send);
    }
}
