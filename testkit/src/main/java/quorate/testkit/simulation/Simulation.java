package quorate.testkit.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import quorate.algebra.Secrets;
import quorate.rounds.Entry;
import quorate.rounds.HedgedDraw;
import quorate.rounds.Message;
import quorate.rounds.Operation;
import quorate.rounds.Session;

/**
 * A ceremony of real sessions on one thread, from one seed: who comes when, which frame arrives next and all
 * randomness follow from it, so a failure is repeated by its seed.
 *
 * <pre>{@code
 * Simulation.keygen(5, 3, (party, draw, secrets) -> agreement -> Keygen.start(agreement, draw, secrets))
 *         .whenever(4, SecretPoint.class, point -> point.plusOne())
 *         .run()
 *         .everyHonestParty().blames(Check.DKG_5, 4);
 * }</pre>
 *
 * <p>Frames arrive in a seeded order, in order on each link, and pass through their encoding. When nothing is in
 * flight and somebody still waits, its deadline passes. Aborts come last and as sent, so that every party can see
 * for itself what is wrong; {@link #abortsOvertake} lets them race. Parties come one by one while others talk.
 *
 * <p>Every {@link #run} checks that the run ends and that nobody is blamed who did not lie and whose frames
 * arrived intact. A simulation can run again, with another seed or more faults.
 */
public final class Simulation<R> {
    private static final int SESSION_BYTES = 32;

    private final Operation operation;
    private final int n;
    private final int threshold;
    private final Set<Integer> parties;
    private final List<Integer> newNodes;
    private final Player<R> player;
    private final List<Consumer<Draft>> everybody = new ArrayList<>();
    private final Map<Integer, List<Consumer<Draft>>> single = new HashMap<>();
    private final Map<Integer, List<Liar.Lie<?>>> lies = new HashMap<>();
    private final Map<Integer, List<Tamper>> tampers = new HashMap<>();
    private final Map<Integer, Set<Fault>> faults = new HashMap<>();
    private final Map<Integer, Set<Integer>> kills = new HashMap<>();
    private final List<Network.Partition> partitions = new ArrayList<>();
    private boolean reorders;
    private boolean abortsOvertake;
    private long seed = 1;

    private Simulation(
            Operation operation,
            int n,
            int threshold,
            Set<Integer> parties,
            List<Integer> newNodes,
            Player<R> player) {
        this.operation = operation;
        this.n = n;
        this.threshold = threshold;
        this.parties = parties;
        this.newNodes = List.copyOf(newNodes);
        this.player = player;
    }

    /** All n parties make something new together: nobody offers a sharing. */
    public static <R> Simulation<R> keygen(int n, int threshold, Player<R> player) {
        var all = IntStream.rangeClosed(1, n).boxed().collect(Collectors.toSet());
        return new Simulation<>(Operation.KEYGEN, n, threshold, all, List.of(), player);
    }

    /** {@code signers} use a key: each offers the same sharing of epoch 0, unless told otherwise. */
    public static <R> Simulation<R> signing(
            Operation operation, int n, int threshold, Set<Integer> signers, Player<R> player) {
        return new Simulation<>(operation, n, threshold, Set.copyOf(signers), List.of(), player);
    }

    /**
     * {@code old} parties of a key of n give it to others. Parties are named by {@link Entry#address}.
     *
     * @param newNodes the nodes of the new parties 1, 2, ..: up to n those of the old parties, above it new ones
     */
    public static <R> Simulation<R> redistribution(
            Operation operation, int n, int threshold, Set<Integer> old, List<Integer> newNodes, Player<R> player) {
        return new Simulation<>(operation, n, threshold, Set.copyOf(old), newNodes, player);
    }

    /** What everything random follows from. */
    public Simulation<R> seed(long seed) {
        this.seed = seed;
        return this;
    }

    /** Changes what all parties take as given: curve, key id, parameters, ... */
    public Simulation<R> proposing(Consumer<Draft> change) {
        everybody.add(change);
        return this;
    }

    /** Changes what one honest party takes as given. */
    public Simulation<R> proposing(int party, Consumer<Draft> change) {
        single.computeIfAbsent(party, other -> new ArrayList<>()).add(change);
        return this;
    }

    /**
     * This party lies in every message of this type, the same to everybody, and believes it itself: its own
     * session reads the lie too, so it must be well-formed.
     */
    public <M extends Message> Simulation<R> whenever(int party, Class<M> type, UnaryOperator<M> edit) {
        return lie(party, new Liar.Lie<>(type, (recipient, message) -> edit.apply(message), true));
    }

    /** This party lies in every message of this type, to each recipient as {@code edit} says: it equivocates. */
    public <M extends Message> Simulation<R> whenever(int party, Class<M> type, BiFunction<Integer, M, M> edit) {
        return lie(party, new Liar.Lie<>(type, edit, false));
    }

    private Simulation<R> lie(int party, Liar.Lie<?> lie) {
        lies.computeIfAbsent(party, other -> new ArrayList<>()).add(lie);
        return this;
    }

    /** This party sends other frames than its session wants to. Nothing is signed again. */
    public Simulation<R> tampering(int party, Tamper tamper) {
        tampers.computeIfAbsent(party, other -> new ArrayList<>()).add(tamper);
        return this;
    }

    /** Something happens to the frame of this number, counted as they are sent, from 1. */
    public Simulation<R> with(Fault fault, int frame) {
        faults.computeIfAbsent(frame, other -> new HashSet<>()).add(fault);
        return this;
    }

    /** The party dies when this frame is about to be sent, by whomever. */
    public Simulation<R> kill(int party, int frame) {
        kills.computeIfAbsent(frame, other -> new HashSet<>()).add(party);
        return this;
    }

    /** From this frame on, nothing passes between these parties and the others. */
    public Simulation<R> partition(int fromFrame, Set<Integer> island) {
        partitions.add(new Network.Partition(fromFrame, Set.copyOf(island)));
        return this;
    }

    /** Frames overtake each other even on one link. */
    public Simulation<R> reorder() {
        reorders = true;
        return this;
    }

    /** Aborts race with everything else: many parties then only hear of what another one saw. */
    public Simulation<R> abortsOvertake() {
        abortsOvertake = true;
        return this;
    }

    /** Plays it. */
    public Run<R> run() {
        var nodes = Identity.all(Math.max(n, newNodes.stream().mapToInt(node -> node).max().orElse(n)), seed);
        var cast = cast(nodes);
        var liars = liars(cast);
        var seats = new TreeMap<Integer, Play.Seat<R>>();
        cast.forEach((party, identity) -> seats.put(party, seat(party, identity, nodes, cast, liars)));
        var weather = new Network.Weather(faults, partitions, reorders, abortsOvertake);
        var network = new Network(weather, seed);
        var play = new Play<>(seats, liars, kills, network, seed);
        try {
            var outcomes = play.run();
            return new Run<>(seed, network.sent(), outcomes, seats, liars.keySet(), network.suspects());
        } catch (RuntimeException bug) {
            throw new AssertionError("seed " + seed + ": " + bug, bug);
        }
    }

    /** Who takes part, by address. */
    private SortedMap<Integer, Identity> cast(List<Identity> nodes) {
        var cast = new TreeMap<Integer, Identity>();
        parties.forEach(party -> cast.put(party, nodes.get(party - 1)));
        for (int j = 1; j <= newNodes.size(); j++) {
            cast.put(Entry.address(1, j), nodes.get(newNodes.get(j - 1) - 1).at(1, j));
        }
        return cast;
    }

    private Map<Integer, Liar> liars(SortedMap<Integer, Identity> cast) {
        var liars = new HashMap<Integer, Liar>();
        cast.forEach((party, identity) -> {
            if (lies.containsKey(party) || tampers.containsKey(party)) {
                var toldLies = lies.getOrDefault(party, List.of());
                liars.put(party, new Liar(identity, toldLies, tampers.getOrDefault(party, List.of())));
            }
        });
        return liars;
    }

    private Play.Seat<R> seat(
            int party,
            Identity identity,
            List<Identity> nodes,
            SortedMap<Integer, Identity> cast,
            Map<Integer, Liar> liars) {
        var draft = new Draft(operation, n, threshold, entries(nodes.subList(0, n)), identity.entry(), sessionId());
        draft.participants(entries(cast.values()));
        everybody.forEach(change -> change.accept(draft));
        single.getOrDefault(party, List.of()).forEach(change -> change.accept(draft));
        var secrets = new Secrets();
        var random = new SeededRandom(seed, "draws of party " + party);
        var honest = player.play(
                party, new HedgedDraw(random, identity.nodeSecret(), identity.entry(), secrets), secrets);
        var liar = liars.get(party);
        var session = new Session<>(
                draft.proposal(),
                identity.statements(),
                Ed25519Statements.VERIFIER,
                Network.MAX_PAYLOAD,
                liar == null ? honest : liar.corrupt(honest));
        return new Play.Seat<>(session, secrets);
    }

    private static List<Entry> entries(Collection<Identity> nodes) {
        return nodes.stream().map(Identity::entry).toList();
    }

    private byte[] sessionId() {
        return new SeededRandom(seed, "session").bytes(SESSION_BYTES);
    }
}
