package quorate.life;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import quorate.algebra.Secrets;
import quorate.commit.Octets;
import quorate.commit.Statement;

/**
 * Nodes and the network between them, on one thread and from one seed. Frames arrive in any order; some are lost, some come
 * twice. A node may die before or after each of its durable writes and before each frame that it sends: it loses what is
 * not on its disk, and frames that it sent stay on their way.
 */
final class World implements AutoCloseable {
    /** How often nodes meet before the last operation must have ended. */
    private static final int MEETINGS = 12;

    /** Thrown where a node dies. */
    static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Death() {
            super("killed here", null, false, false);
        }
    }

    sealed interface Cargo {
        /** A node is asked to take part. */
        record Request(Errand errand) implements Cargo {}

        /** A frame of a session, between two addresses. */
        record Letter(Octets session, int sender, int recipient, byte[] frame) implements Cargo {}

        /** Statements; {@code question}: the sender wants to know what the receiver has of that operation. */
        record Word(List<Statement> statements, boolean question) implements Cargo {}
    }

    private record Parcel(int from, int to, Cargo cargo) {}

    private final Map<Integer, Node> nodes = new TreeMap<>();
    private final List<Parcel> flying = new ArrayList<>();
    private final Set<Integer> deaths = new HashSet<>();
    private final Set<Integer> away = new TreeSet<>();
    private final Secrets secrets = new Secrets();
    private final Random random;
    private final long seed;
    private Consumer<World> afterWrite = world -> {};
    private boolean bad;
    private int events;
    private int names;

    World(int count, long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        for (int node = 1; node <= count; node++) {
            nodes.put(node, new Node(node, this, new Disk(Cast.name("database", node))));
        }
    }

    static String text(Octets keyId) {
        return new String(keyId.bytes(), StandardCharsets.UTF_8);
    }

    static Octets octets(String keyId) {
        return Octets.of(keyId.getBytes(StandardCharsets.UTF_8));
    }

    Node node(int number) {
        var node = nodes.get(number);
        if (node == null) {
            throw new IllegalArgumentException("no node " + number);
        }
        return node;
    }

    List<Integer> numbers() {
        return List.copyOf(nodes.keySet());
    }

    Random random() {
        return random;
    }

    Secrets secrets() {
        return secrets;
    }

    /** Something that is never named again: a session, a process. */
    Octets fresh(String what) {
        return Cast.name(what + " of seed " + seed, ++names);
    }

    /** From now on some frames are lost and some come twice. */
    void badWeather(boolean isBad) {
        bad = isBad;
    }

    /** Whoever acts when so many things have happened from now on dies there. */
    void killAt(int event) {
        deaths.add(events + event);
    }

    /** To be looked at after every durable write. */
    void afterWrite(Consumer<World> look) {
        afterWrite = look;
    }

    int events() {
        return events;
    }

    /** Nothing reaches this node, and it does nothing. */
    void away(int node) {
        away.add(node);
        node(node).restart();
    }

    void back(int node) {
        away.remove(node);
    }

    boolean isHere(int node) {
        return !away.contains(node);
    }

    /** A node is about to do something that others or its disk will see, or has done so. */
    void event() {
        if (deaths.remove(++events)) {
            throw new Death();
        }
    }

    void written() {
        afterWrite.accept(this);
        event();
    }

    void post(int from, int to, Cargo cargo) {
        event();
        flying.add(new Parcel(from, to, cargo));
    }

    /** Asks the nodes of an errand, one after the other while others may have begun; plays until nothing moves. */
    void run(Errand errand) {
        run(List.of(errand));
    }

    /** The same of several errands at once. */
    void run(List<Errand> errands) {
        for (var errand : errands) {
            errand.nodes().forEach(node -> flying.add(new Parcel(node, node, new Cargo.Request(errand))));
        }
        play();
        // Whoever still waits does so until its deadline, and what it says then may end others.
        for (boolean moved = true; moved; ) {
            moved = false;
            for (var node : nodes.values()) {
                if (guarded(node, node::expire)) {
                    moved = true;
                    play();
                }
            }
        }
    }

    /** The links are good again and nobody dies any more: nodes meet until every operation has ended. */
    void settle() {
        bad = false;
        deaths.clear();
        for (int meeting = 0; meeting < MEETINGS; meeting++) {
            meet();
            if (nodes.values().stream().noneMatch(node -> isHere(node.number()) && node.hasOpen())) {
                return;
            }
            if (meeting % 2 == 1) {
                nodes.values().stream().filter(node -> isHere(node.number())).forEach(Node::deadline);
                play();
            }
        }
    }

    /** Every two nodes that are here meet. */
    void meet() {
        for (int one : numbers()) {
            for (int other : numbers()) {
                if (one != other && isHere(one) && isHere(other)) {
                    guarded(node(one), () -> {
                        node(one).linkUp(other);
                        return true;
                    });
                }
            }
        }
        play();
    }

    private void play() {
        while (!flying.isEmpty()) {
            int at = random.nextInt(flying.size());
            var parcel = flying.get(at);
            boolean twice = bad && !(parcel.cargo() instanceof Cargo.Request) && random.nextInt(16) == 0;
            if (!twice) {
                flying.set(at, flying.getLast());
                flying.removeLast();
            }
            boolean lost = bad && random.nextInt(64) == 0;
            if (!lost && isHere(parcel.to()) && isHere(parcel.from())) {
                var node = node(parcel.to());
                guarded(node, () -> node.receive(parcel.from(), parcel.cargo()));
            }
        }
    }

    private interface Act {
        boolean act();
    }

    /** True if something happened, be it a death. */
    private static boolean guarded(Node node, Act act) {
        try {
            return act.act();
        } catch (Death e) {
            node.restart();
            return true;
        }
    }

    @Override
    public void close() {
        secrets.close();
    }
}
