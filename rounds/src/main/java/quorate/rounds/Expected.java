package quorate.rounds;

import java.util.Set;

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

    /** Turns a payload into a message. Total: whatever the bytes are, a message or {@link Malformed}. */
    @FunctionalInterface
    public interface Reader<I extends Message> {
        I read(byte[] payload) throws Malformed;
    }
}
