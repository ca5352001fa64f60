package quorate.node.presign;

import java.util.Optional;
import java.util.function.Consumer;
import quorate.rounds.CeremonyException;
import quorate.rounds.Expected;
import quorate.rounds.Inbox;
import quorate.rounds.Message;
import quorate.rounds.Protocol;
import quorate.rounds.Round;
import quorate.rounds.Step;

/**
 * What the last round of a session yields, from that moment on. Shares of presignatures have scopes of their own, which no
 * end of the session wipes; and yet between the last round and the caller the clock may jump, a pair be banned or the database
 * fail. Closing this wipes them unless the caller has them.
 */
final class Yielded<R> implements AutoCloseable {
    private final Consumer<R> wipe;
    private Optional<R> result = Optional.empty();

    Yielded(Consumer<R> wipe) {
        this.wipe = wipe;
    }

    /** The same protocol, whose result is seen here first. */
    Protocol<R> of(Protocol<R> protocol) {
        return agreement -> watched(protocol.start(agreement));
    }

    private Step<R> watched(Step<R> step) {
        return switch (step) {
            case Step.Done<R> done -> {
                result = Optional.of(done.result());
                yield done;
            }
            case Step.Next<R, ?> next -> watched(next);
        };
    }

    private <I extends Message> Step<R> watched(Step.Next<R, I> next) {
        return new Step.Next<>(next.say(), new Watched<>(next.then()));
    }

    /** The result has a new owner, who wipes it. */
    void handOver() {
        result = Optional.empty();
    }

    @Override
    public void close() {
        result.ifPresent(wipe);
        result = Optional.empty();
    }

    private final class Watched<I extends Message> implements Round<R, I> {
        private final Round<R, I> round;

        private Watched(Round<R, I> round) {
            this.round = round;
        }

        @Override
        public Expected<I> expects() {
            return round.expects();
        }

        @Override
        public Step<R> receive(Inbox<I> inbox) throws CeremonyException {
            return watched(round.receive(inbox));
        }
    }
}
