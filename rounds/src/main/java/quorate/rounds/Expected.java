package quorate.rounds;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The messages a round waits for: one of each sender.
 *
 * @param round the round number of the envelope (protocols.md 0.4)
 * @param shared whether they are broadcasts
 * @param senders the parties who send; empty for all others
 */
public record Expected<I extends Message>(int round, boolean shared, Reader<I> reader, Set<Integer> senders) {
    public Expected {
        senders = Set.copyOf(senders);
    }

    /** A broadcast of every other participant. The inbox also holds this party's own. */
    public static <I extends Message.Shared> Expected<I> broadcast(int round, Reader<I> reader) {
        return new Expected<>(round, true, reader, Set.of());
    }

    /** A private message of every other participant. */
    public static <I extends Message.Private> Expected<I> direct(int round, Reader<I> reader) {
        return new Expected<>(round, false, reader, Set.of());
    }

    /** The same of these {@link Entry#address senders} only, of whom this party may be one. */
    public Expected<I> from(Set<Integer> some) {
        return new Expected<>(round, shared, reader, some);
    }

    /** Whether {@code party} says something. */
    boolean isFrom(int party) {
        return senders.isEmpty() || senders.contains(party);
    }

    /**
     * Reads a complete round.
     *
     * @param payloads by sender; of a broadcast round that {@code me} spoke in, its own too
     * @throws Misbehaviour naming everybody whose payload is malformed, under the check of the first
     */
    Inbox<I> open(int me, SortedMap<Integer, byte[]> payloads) throws Misbehaviour {
        var messages = new TreeMap<Integer, I>();
        var malformed = new TreeMap<Integer, Malformed>();
        for (var payload : payloads.entrySet()) {
            try {
                messages.put(payload.getKey(), reader.read(payload.getValue()));
            } catch (Malformed e) {
                malformed.put(payload.getKey(), e);
            }
        }
        if (malformed.containsKey(me)) {
            throw new IllegalStateException("round " + round + " cannot read its own message", malformed.get(me));
        }
        if (!malformed.isEmpty()) {
            var first = malformed.firstEntry().getValue();
            throw new Misbehaviour(first.check(), round, malformed.keySet(), first.reason());
        }
        return new Inbox<>(round, me, messages, payloads);
    }

    /** Turns a payload into a message. Total: whatever the bytes are, a message or {@link Malformed}. */
    @FunctionalInterface
    public interface Reader<I extends Message> {
        I read(byte[] payload) throws Malformed;
    }
}
