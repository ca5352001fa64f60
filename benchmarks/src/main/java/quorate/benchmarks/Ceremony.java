package quorate.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import quorate.algebra.Secrets;
import quorate.rounds.CeremonyException;
import quorate.rounds.Expected;
import quorate.rounds.Inbox;
import quorate.rounds.Malformed;
import quorate.rounds.Message;
import quorate.rounds.Outbox;
import quorate.rounds.Step;

/**
 * One thread for each party, and messages as bytes in memory: the rounds without transport, signatures of broadcasts
 * and hedged randomness.
 */
final class Ceremony implements AutoCloseable {
    private final int parties;
    private final ExecutorService threads;
    private final AtomicLong bytesToSecond = new AtomicLong();

    /** How a party begins. Everything secret of its run goes to {@code secrets}. */
    @FunctionalInterface
    interface Start<R> {
        Step<R> start(int party, Secrets secrets) throws CeremonyException;
    }

    private record Letter(int round, boolean shared, int sender) {}

    /** What has arrived at one party. */
    private static final class Mail {
        private final Map<Letter, byte[]> letters = new HashMap<>();

        synchronized void put(Letter letter, byte[] payload) {
            letters.put(letter, payload);
            notifyAll();
        }

        synchronized byte[] take(Letter letter) throws InterruptedException {
            byte[] payload;
            while ((payload = letters.get(letter)) == null) {
                wait();
            }
            return payload;
        }
    }

    Ceremony(int parties) {
        this.parties = parties;
        threads = Executors.newFixedThreadPool(parties);
    }

    /** Bytes of all messages that party 1 has sent to party 2 so far. */
    long bytesSent() {
        return bytesToSecond.get();
    }

    /** Runs all parties to their end: their results, party 1 first. */
    <R> List<R> run(Start<R> start) {
        var mail = IntStream.rangeClosed(0, parties).mapToObj(party -> new Mail()).toList();
        var running = IntStream.rangeClosed(1, parties)
                .mapToObj(party -> threads.submit(() -> play(party, start, mail)))
                .toList();
        var results = new ArrayList<R>();
        try {
            for (var result : running) {
                results.add(result.get());
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return results;
    }

    private <R> R play(int me, Start<R> start, List<Mail> mail) throws CeremonyException, InterruptedException {
        try (var secrets = new Secrets()) {
            var step = start.start(me, secrets);
            while (true) {
                switch (step) {
                    case Step.Done<R> done -> {
                        post(me, done.say(), mail);
                        return done.result();
                    }
                    case Step.Next<R, ?> next -> {
                        post(me, next.say(), mail);
                        step = receive(me, next, mail.get(me));
                    }
                }
            }
        }
    }

    private void post(int me, Outbox outbox, List<Mail> mail) {
        for (var item : outbox.items()) {
            switch (item) {
                case Outbox.Item.ToAll(int round, Message.Shared message) -> {
                    var payload = message.encode();
                    for (int to = 1; to <= parties; to++) {
                        send(me, to, new Letter(round, true, me), payload, mail);
                    }
                }
                case Outbox.Item.ToEach each -> {
                    for (int to = 1; to <= parties; to++) {
                        if (to != me && each.reaches(to)) {
                            var payload = each.message().apply(to).encode();
                            send(me, to, new Letter(each.round(), false, me), payload, mail);
                        }
                    }
                }
            }
        }
    }

    private void send(int me, int to, Letter letter, byte[] payload, List<Mail> mail) {
        if (me == 1 && to == 2) {
            bytesToSecond.addAndGet(payload.length);
        }
        mail.get(to).put(letter, payload);
    }

    private <R, I extends Message> Step<R> receive(int me, Step.Next<R, I> next, Mail mail)
            throws CeremonyException, InterruptedException {
        Expected<I> expected = next.then().expects();
        var messages = new TreeMap<Integer, I>();
        var payloads = new TreeMap<Integer, byte[]>();
        for (int sender = 1; sender <= parties; sender++) {
            if (expected.shared() || sender != me) {
                var payload = mail.take(new Letter(expected.round(), expected.shared(), sender));
                payloads.put(sender, payload);
                try {
                    messages.put(sender, expected.reader().read(payload));
                } catch (Malformed e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return next.then().receive(new Inbox<>(expected.round(), me, messages, payloads));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
