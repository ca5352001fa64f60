package quorate.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A listener that remembers what it was told, in order. */
class Recorder implements LinkListener {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What a listener can be told. */
    sealed interface Event {
        record Up(int player, Incarnation peer) implements Event {}

        record Down(int player, Incarnation peer) implements Event {}

        record Received(int player, FrameType type, byte[] body) implements Event {}

        record Refused(int player, Refusal why, boolean byPlayer) implements Event {}

        record RolledBack(int witness, SignedLink evidence) implements Event {}

        record OlderCopy(int witness, SignedLink evidence) implements Event {}
    }

    private final List<Event> events = new ArrayList<>();

    private synchronized void add(Event event) {
        events.add(event);
        notifyAll();
    }

    synchronized List<Event> events() {
        return List.copyOf(events);
    }

    <E extends Event> List<E> events(Class<E> type) {
        return events().stream().filter(type::isInstance).map(type::cast).toList();
    }

    synchronized void forget() {
        events.clear();
    }

    /** Waits until something that was told fits. */
    synchronized void await(String what, Predicate<Event> fits) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (events.stream().noneMatch(fits)) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            assertThat(left).as("waiting for %s; told so far: %s", what, events).isPositive();
            wait(Math.max(1, left));
        }
    }

    void awaitUp(int player, Incarnation peer) throws InterruptedException {
        await("up of " + player, new Event.Up(player, peer)::equals);
    }

    void awaitUp(int player) throws InterruptedException {
        await("up of " + player, event -> event instanceof Event.Up up && up.player() == player);
    }

    void awaitDown(int player) throws InterruptedException {
        await("down of " + player, event -> event instanceof Event.Down down && down.player() == player);
    }

    void awaitRefused(int player, Refusal why, boolean byPlayer) throws InterruptedException {
        await(why.toString(), new Event.Refused(player, why, byPlayer)::equals);
    }

    void awaitFrames(int count) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (events(Event.Received.class).size() < count) {
            assertThat(System.nanoTime() - deadline).as("frames").isNegative();
            Thread.sleep(5);
        }
    }

    @Override
    public void up(int player, Incarnation peer) {
        add(new Event.Up(player, peer));
    }

    @Override
    public void frame(int player, FrameType type, byte[] body) {
        add(new Event.Received(player, type, body));
    }

    @Override
    public void down(int player, Incarnation peer) {
        add(new Event.Down(player, peer));
    }

    @Override
    public void refused(int player, Refusal why, boolean byPlayer) {
        add(new Event.Refused(player, why, byPlayer));
    }

    @Override
    public void rolledBack(int witness, SignedLink evidence) {
        add(new Event.RolledBack(witness, evidence));
    }

    @Override
    public void olderCopyOfMyself(int witness, SignedLink evidence) {
        add(new Event.OlderCopy(witness, evidence));
    }
}
