package quorate.node.link;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import quorate.node.config.Address;
import quorate.node.config.Card;
import quorate.node.config.Roster;

/**
 * Nodes in this process, linked over loopback. A node listens on a free port when it first starts and keeps it;
 * higher players start first, because lower ones dial them.
 */
final class TestMesh implements AutoCloseable {
    static final Address ANY = new Address("127.0.0.1", 0);

    private final int size;
    private final List<Address> addresses = new ArrayList<>();
    private final List<MemoryLinkStore> stores = new ArrayList<>();
    private final List<Links> open = new ArrayList<>();

    TestMesh(int size) {
        this.size = size;
        for (int player = 1; player <= size; player++) {
            addresses.add(new Address("127.0.0.1", player));
            stores.add(new MemoryLinkStore());
        }
    }

    /** A running process. */
    record Node(Incarnation incarnation, Links links, Recorder told) {}

    /** Times for tests in which everybody answers, however busy the machine is. */
    static LinkSettings settings(Address listen) {
        return settings(listen, Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    /** Times for tests in which somebody falls silent. */
    static LinkSettings impatient(Address listen) {
        return settings(listen, Duration.ofMillis(200), Duration.ofMillis(400));
    }

    private static LinkSettings settings(Address listen, Duration silence, Duration pingTimeout) {
        return new LinkSettings(
                listen,
                1 << 20,
                4 << 20,
                8,
                Duration.ofSeconds(5),
                silence,
                pingTimeout,
                Duration.ofMillis(10),
                Duration.ofMillis(100));
    }

    Roster roster() {
        var cards = new ArrayList<Card>();
        for (int player = 1; player <= size; player++) {
            var api = new Address("127.0.0.1", 60_000 + player);
            cards.add(Card.of(Samples.identity(player), address(player), api));
        }
        return new Roster(2, cards);
    }

    Node start(int player) throws IOException {
        return start(player, Samples.incarnation());
    }

    Node start(int player, Incarnation incarnation) throws IOException {
        return start(player, incarnation, store(player));
    }

    Node start(int player, Incarnation incarnation, LinkStore store) throws IOException {
        return start(player, incarnation, store, settings(listen(player)));
    }

    Node startImpatient(int player, Incarnation incarnation) throws IOException {
        return start(player, incarnation, store(player), impatient(listen(player)));
    }

    private Address listen(int player) {
        return address(player).port() == player ? ANY : address(player);
    }

    private Node start(int player, Incarnation incarnation, LinkStore store, LinkSettings settings)
            throws IOException {
        var told = new Recorder();
        var links = open(player, incarnation, store, settings, told);
        addresses.set(player - 1, new Address("127.0.0.1", links.listening().getPort()));
        return new Node(incarnation, links, told);
    }

    Links open(int player, Incarnation incarnation, LinkStore store, LinkSettings settings, LinkListener told)
            throws IOException {
        var links = Links.open(
                settings,
                Samples.identity(player),
                roster(),
                incarnation,
                store,
                told,
                Clock.systemUTC(),
                Samples.RANDOM);
        open.add(links);
        return links;
    }

    /** All nodes, the highest first, linked. Player 1 is at index 0. */
    List<Node> startAll() throws IOException, InterruptedException {
        var nodes = new ArrayList<Node>();
        for (int player = size; player >= 1; player--) {
            nodes.addFirst(start(player));
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                if (i != j) {
                    nodes.get(i).told().awaitUp(j + 1, nodes.get(j).incarnation());
                }
            }
        }
        return nodes;
    }

    MemoryLinkStore store(int player) {
        return stores.get(player - 1);
    }

    Address address(int player) {
        return addresses.get(player - 1);
    }

    /** Lets nodes that start from now on reach a player elsewhere. */
    void move(int player, Address address) {
        addresses.set(player - 1, address);
    }

    @Override
    public void close() {
        open.forEach(Links::close);
    }
}
