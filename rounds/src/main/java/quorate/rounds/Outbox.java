package quorate.rounds;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** What a party says before it waits for the next round. */
public final class Outbox {
    private static final Outbox SILENCE = new Outbox(List.of());

    /** One kind of message of one round. */
    public sealed interface Item {
        int round();

        record ToAll(int round, Message.Shared message) implements Item {}

        /** {@code message} is asked once for every other participant. */
        record ToEach(int round, IntFunction<? extends Message.Private> message) implements Item {}
    }

    private final List<Item> items;

    private Outbox(List<Item> items) {
        this.items = items;
    }

    /** Nothing: the messages this party waits for were announced with an earlier round. */
    public static Outbox silence() {
        return SILENCE;
    }

    public static Outbox toAll(int round, Message.Shared message) {
        return new Outbox(List.of(new Item.ToAll(round, message)));
    }

    public static Outbox toEach(int round, IntFunction<? extends Message.Private> message) {
        return new Outbox(List.of(new Item.ToEach(round, message)));
    }

    public Outbox and(Outbox other) {
        var all = new ArrayList<>(items);
        all.addAll(other.items);
        return new Outbox(List.copyOf(all));
    }

    public List<Item> items() {
        return items;
    }
}
