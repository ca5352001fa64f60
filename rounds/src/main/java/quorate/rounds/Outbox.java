package quorate.rounds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/** What a party says before it waits for the next round. */
public final class Outbox {
    private static final Outbox SILENCE = new Outbox(List.of(), Optional.empty());

    /** One kind of message of one round. */
    public sealed interface Item {
        int round();

        record ToAll(int round, Message.Shared message) implements Item {}

        /**
         * {@code message} is asked once for every recipient.
         *
         * @param recipients empty for every other participant
         */
        record ToEach(int round, Set<Integer> recipients, IntFunction<? extends Message.Private> message)
                implements Item {
            public ToEach {
                recipients = Set.copyOf(recipients);
            }

            /** Whether {@code participant}, another one than the sender, gets a message. */
            public boolean reaches(int participant) {
                return recipients.isEmpty() || recipients.contains(participant);
            }
        }
    }

    private final List<Item> items;
    private final Optional<Guard> guard;

    private Outbox(List<Item> items, Optional<Guard> guard) {
        this.items = items;
        this.guard = guard;
    }

    /** Nothing: the messages this party waits for were announced with an earlier round. */
    public static Outbox silence() {
        return SILENCE;
    }

    public static Outbox toAll(int round, Message.Shared message) {
        return new Outbox(List.of(new Item.ToAll(round, message)), Optional.empty());
    }

    public static Outbox toEach(int round, IntFunction<? extends Message.Private> message) {
        return toEach(round, Set.of(), message);
    }

    /** To these other participants only; an empty set would be all of them. */
    public static Outbox toEach(
            int round, Set<Integer> recipients, IntFunction<? extends Message.Private> message) {
        return new Outbox(List.of(new Item.ToEach(round, recipients, message)), Optional.empty());
    }

    public Outbox and(Outbox other) {
        var all = new ArrayList<>(items);
        all.addAll(other.items);
        return new Outbox(List.copyOf(all), other.guard.or(() -> guard));
    }

    /** The same, released under {@code guard}; so is everything that this party says later in the session. */
    public Outbox under(Guard guard) {
        return new Outbox(items, Optional.of(guard));
    }

    /** Under which this and all later messages are released, unless an earlier guard goes on. */
    public Optional<Guard> guard() {
        return guard;
    }

    public List<Item> items() {
        return items;
    }
}
