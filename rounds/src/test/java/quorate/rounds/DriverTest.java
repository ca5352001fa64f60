package quorate.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import quorate.algebra.DecodingException;

class DriverTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration SETTLING = Duration.ofSeconds(2);

    private record Greeting(byte[] encode) implements Message.Shared {}

    private static Protocol<Integer> greeting() {
        return agreement -> new Step.Next<>(Outbox.toAll(1, new Greeting(agreement.ctx())), new AwaitGreetings());
    }

    private record AwaitGreetings() implements Round<Integer, Greeting> {
        @Override
        public Expected<Greeting> expects() {
            return Expected.broadcast(1, Greeting::new);
        }

        @Override
        public Step<Integer> receive(Inbox<Greeting> inbox) {
            return new Step.Done<>(inbox.all().size());
        }
    }

    private static <R> Session<R> session(int party, Protocol<R> protocol) {
        return new Session<>(Example.keygen(party), Example.signer(party), Example.VERIFIER, 1000, protocol);
    }

    /** A channel on which time passes only while nobody says anything. */
    private static final class Script implements Channel {
        private final ArrayDeque<Delivery> deliveries = new ArrayDeque<>();
        private final List<Outgoing> sent = new ArrayList<>();
        private long nanos;

        @Override
        public void send(Outgoing outgoing) {
            sent.add(outgoing);
        }

        @Override
        public Optional<Delivery> receive(Duration patience) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            var next = Optional.ofNullable(deliveries.poll());
            if (next.isEmpty()) {
                nanos += patience.toNanos();
            }
            return next;
        }

        Driver driver() {
            return new Driver(Workers.none(), () -> nanos, SETTLING);
        }
    }

    @Test
    void endsAtTheDeadlineAndTellsTheOthers() {
        var script = new Script();
        var rounds = new ArrayList<Integer>();
        assertThatExceptionOfType(Unresponsive.class)
                .isThrownBy(() -> script.driver().run(session(1, greeting()), script, LIMIT, rounds::add))
                .matches(reason -> reason.silent().equals(java.util.Set.of(2, 3)));
        assertThat(script.nanos).isEqualTo(LIMIT.toNanos());
        assertThat(script.sent).extracting(out -> out.frame().round()).containsExactly(0, 0, Abort.ROUND, Abort.ROUND);
        assertThat(rounds).containsExactly(0);
    }

    @Test
    void waitsForEvidenceOnlyAsLongAsItWasTold() {
        var script = new Script();
        var session = session(1, agreement -> {
            throw new Disagreement(Check.DKG_6, 1, List.of(Difference.at("digest of round 1", List.of(2))), 1);
        });
        for (int party = 2; party <= 3; party++) {
            script.deliveries.add(new Channel.Delivery(party, session(party, greeting()).start().getFirst().frame()));
        }
        assertThatExceptionOfType(Disagreement.class)
                .isThrownBy(() -> script.driver().run(session, script, LIMIT, round -> {}));
        assertThat(script.nanos).isEqualTo(SETTLING.toNanos());
    }

    @Test
    void anInterruptEndsTheSessionForEverybody() {
        var script = new Script();
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> script.driver().run(session(1, greeting()), script, LIMIT, round -> {}));
        assertThat(script.sent).extracting(out -> out.frame().round()).containsExactly(0, 0, Abort.ROUND, Abort.ROUND);
    }

    @Test
    void aBugEndsTheSessionForEverybody() {
        var script = new Script();
        for (int party = 2; party <= 3; party++) {
            script.deliveries.add(new Channel.Delivery(party, session(party, greeting()).start().getFirst().frame()));
        }
        var session = session(1, agreement -> {
            throw new IllegalStateException("our bug");
        });
        assertThatIllegalStateException()
                .isThrownBy(() -> script.driver().run(session, script, LIMIT, round -> {}))
                .withMessage("our bug");
        assertThat(script.sent).extracting(out -> out.frame().round()).containsExactly(0, 0, Abort.ROUND, Abort.ROUND);
    }

    /** Channels between threads; frames pass through their encoding. */
    private static final class Switchboard {
        private final Map<Integer, LinkedBlockingQueue<Channel.Delivery>> queues = new ConcurrentHashMap<>();

        Channel of(int party) {
            return new Channel() {
                @Override
                public void send(Outgoing outgoing) {
                    try {
                        var frame = Frame.decode(outgoing.frame().encode(), 1000);
                        queue(outgoing.recipient()).add(new Delivery(party, frame));
                    } catch (DecodingException e) {
                        throw new IllegalStateException(e);
                    }
                }

                @Override
                public Optional<Delivery> receive(Duration patience) throws InterruptedException {
                    return Optional.ofNullable(queue(party).poll(patience.toNanos(), TimeUnit.NANOSECONDS));
                }
            };
        }

        private LinkedBlockingQueue<Channel.Delivery> queue(int party) {
            return queues.computeIfAbsent(party, other -> new LinkedBlockingQueue<>());
        }
    }

    @Test
    void runsOnVirtualThreadsAndComputesOnPlatformThreads() throws Exception {
        var switchboard = new Switchboard();
        var computedOnVirtual = new ConcurrentHashMap<Boolean, Boolean>();
        try (var pool = Executors.newFixedThreadPool(2);
                var ceremonies = Executors.newVirtualThreadPerTaskExecutor()) {
            var driver = new Driver(Workers.of(pool), System::nanoTime, SETTLING);
            var results = new ArrayList<Future<Integer>>();
            for (int i = 1; i <= 3; i++) {
                int party = i;
                Protocol<Integer> protocol = agreement -> {
                    computedOnVirtual.put(Thread.currentThread().isVirtual(), true);
                    return greeting().start(agreement);
                };
                results.add(ceremonies.submit(() ->
                        driver.run(session(party, protocol), switchboard.of(party), LIMIT, round -> {})));
            }
            for (var result : results) {
                assertThat(result.get()).isEqualTo(3);
            }
        }
        assertThat(computedOnVirtual.keySet()).containsExactly(false);
    }
}
