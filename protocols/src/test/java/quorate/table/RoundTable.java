package quorate.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import quorate.rounds.Agreement;
import quorate.rounds.CeremonyException;
import quorate.rounds.Inbox;
import quorate.rounds.Malformed;
import quorate.rounds.Message;
import quorate.rounds.Misbehaviour;
import quorate.rounds.Outbox;
import quorate.rounds.Step;

/**
 * All parties of a ceremony at one table: one thread, no transport, every message through its bytes. A party may
 * lie in any message, to all or to one. Signatures, echoes and deadlines are the session's and not here.
 */
public final class RoundTable<R> {
    /** How one party starts. */
    public interface Start<R> {
        Step<R> start(Agreement agreement) throws CeremonyException;
    }

    private record Lie(int sender, Set<Integer> receivers, Class<?> type, UnaryOperator<Message> edit) {}

    private record ByteLie(int sender, int receiver, int round, boolean shared, UnaryOperator<byte[]> edit) {}

    private record Slot(int round, boolean shared, int receiver) {}

    private final SortedMap<Integer, Agreement> agreements = new TreeMap<>();
    private final Start<R> start;
    private final List<Lie> lies = new ArrayList<>();
    private final List<ByteLie> byteLies = new ArrayList<>();
    private final Map<Slot, SortedMap<Integer, byte[]>> mail = new HashMap<>();
    private final SortedMap<Integer, Step<R>> steps = new TreeMap<>();
    private final Outcome<R> outcome = new Outcome<>();

    private RoundTable(List<Agreement> agreements, Start<R> start) {
        agreements.forEach(agreement -> this.agreements.put(agreement.me(), agreement));
        this.start = start;
    }

    public static <R> RoundTable<R> of(List<Agreement> agreements, Start<R> start) {
        return new RoundTable<>(agreements, start);
    }

    /** Party {@code sender} says something else to everybody, itself included. */
    public <M extends Message> RoundTable<R> whenever(int sender, Class<M> type, UnaryOperator<M> edit) {
        return lie(sender, agreements.keySet(), type, edit);
    }

    /** Party {@code sender} says something else to {@code receiver} only. */
    public <M extends Message> RoundTable<R> towards(int sender, int receiver, Class<M> type, UnaryOperator<M> edit) {
        return lie(sender, Set.of(receiver), type, edit);
    }

    private <M extends Message> RoundTable<R> lie(
            int sender, Set<Integer> receivers, Class<M> type, UnaryOperator<M> edit) {
        lies.add(new Lie(sender, receivers, type, message -> edit.apply(type.cast(message))));
        return this;
    }

    /** The bytes of one message are changed on their way to {@code receiver}. */
    public RoundTable<R> bytes(int sender, int receiver, int round, boolean shared, UnaryOperator<byte[]> edit) {
        byteLies.add(new ByteLie(sender, receiver, round, shared, edit));
        return this;
    }

    /** Plays until everybody is done, has failed or waits in vain. */
    public Outcome<R> run() {
        agreements.forEach((party, agreement) -> act(party, () -> start.start(agreement)));
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int party : agreements.keySet()) {
                if (steps.get(party) instanceof Step.Next<R, ?> next && !outcome.ended(party) && ready(party, next)) {
                    act(party, () -> receive(party, next));
                    moved = true;
                }
            }
        }
        return outcome;
    }

    /** The payload as {@code receiver} got it, or gets it from itself. */
    public byte[] payload(int round, boolean shared, int sender, int receiver) {
        var payload = mail.getOrDefault(new Slot(round, shared, receiver), new TreeMap<>()).get(sender);
        if (payload == null) {
            throw new AssertionError("party " + sender + " said nothing to " + receiver + " in round " + round);
        }
        return payload;
    }

    private interface Move<R> {
        Step<R> make() throws CeremonyException;
    }

    private void act(int party, Move<R> move) {
        try {
            var step = move.make();
            steps.put(party, step);
            switch (step) {
                case Step.Next<R, ?> next -> post(party, next.say());
                case Step.Done<R> done -> {
                    post(party, done.say());
                    outcome.results().put(party, done.result());
                }
            }
        } catch (CeremonyException e) {
            outcome.failures().put(party, e);
        }
    }

    private void post(int sender, Outbox outbox) {
        for (var item : outbox.items()) {
            for (int receiver : agreements.keySet()) {
                switch (item) {
                    case Outbox.Item.ToAll all -> put(sender, receiver, all.round(), true, all.message());
                    case Outbox.Item.ToEach each -> {
                        if (receiver != sender && each.reaches(receiver)) {
                            put(sender, receiver, each.round(), false, each.message().apply(receiver));
                        }
                    }
                }
            }
        }
    }

    private void put(int sender, int receiver, int round, boolean shared, Message message) {
        var said = message;
        for (var lie : lies) {
            if (lie.sender == sender && lie.receivers.contains(receiver) && lie.type.isInstance(said)) {
                said = lie.edit.apply(said);
            }
        }
        var payload = said.encode();
        for (var lie : byteLies) {
            if (lie.sender == sender && lie.receiver == receiver && lie.round == round && lie.shared == shared) {
                payload = lie.edit.apply(payload);
            }
        }
        mail.computeIfAbsent(new Slot(round, shared, receiver), slot -> new TreeMap<>()).put(sender, payload);
    }

    private boolean ready(int party, Step.Next<R, ?> next) {
        return letters(party, next).keySet().containsAll(senders(party, next));
    }

    private SortedMap<Integer, byte[]> letters(int party, Step.Next<R, ?> next) {
        var expected = next.then().expects();
        return mail.getOrDefault(new Slot(expected.round(), expected.shared(), party), new TreeMap<>());
    }

    private Set<Integer> senders(int party, Step.Next<R, ?> next) {
        var expected = next.then().expects();
        if (!expected.senders().isEmpty()) {
            return expected.senders();
        }
        var all = new TreeSet<>(agreements.keySet());
        all.remove(party);
        return all;
    }

    private <I extends Message> Step<R> receive(int party, Step.Next<R, I> next) throws CeremonyException {
        var expected = next.then().expects();
        var messages = new TreeMap<Integer, I>();
        var payloads = letters(party, next);
        for (var letter : payloads.entrySet()) {
            try {
                messages.put(letter.getKey(), expected.reader().read(letter.getValue()));
            } catch (Malformed e) {
                throw new Misbehaviour(e.check(), expected.round(), Set.of(letter.getKey()));
            }
        }
        return next.then().receive(new Inbox<>(expected.round(), party, messages, payloads));
    }
}
