package quorate.testkit.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import quorate.algebra.Secrets;
import quorate.rounds.CeremonyException;
import quorate.rounds.Frame;
import quorate.rounds.Outgoing;
import quorate.rounds.Session;

/** One run: the sessions of all parties and the network between them, one event at a time. */
final class Play<R> {
    /** Far more than any run needs: a run that gets here does not end. */
    private static final int MAX_EVENTS = 1_000_000;

    /** What stands for one party. */
    record Seat<R>(Session<R> session, Secrets secrets) {}

    private final SortedMap<Integer, Seat<R>> seats;
    private final Map<Integer, Liar> liars;
    private final Map<Integer, Set<Integer>> kills;
    private final Network network;
    private final Random random;
    private final TreeSet<Integer> absent;
    private final Set<Integer> present = new HashSet<>();
    private final Set<Integer> killed = new HashSet<>();

    /** @param kills who dies when the frame of this number is about to be sent */
    Play(
            SortedMap<Integer, Seat<R>> seats,
            Map<Integer, Liar> liars,
            Map<Integer, Set<Integer>> kills,
            Network network,
            long seed) {
        this.seats = seats;
        this.liars = liars;
        this.kills = kills;
        this.network = network;
        this.random = new Random(~seed); // not the choices of the network
        this.absent = new TreeSet<>(seats.keySet());
    }

    SortedMap<Integer, Outcome<R>> run() {
        int events = 0;
        while (happens()) {
            if (++events > MAX_EVENTS) {
                throw new IllegalStateException("does not end: " + events + " events");
            }
        }
        var outcomes = new TreeMap<Integer, Outcome<R>>();
        seats.forEach((party, seat) -> outcomes.put(party, outcome(party, seat)));
        return outcomes;
    }

    /** Somebody comes, or a frame arrives, or a deadline passes; false if nothing is left to happen. */
    private boolean happens() {
        if (!absent.isEmpty() && random.nextBoolean()) {
            start();
            return true;
        }
        var flight = network.next(present, absent.isEmpty());
        if (flight.isPresent()) {
            var arriving = flight.get();
            Network.decode(arriving).ifPresent(frame -> receive(arriving.to(), arriving.from(), frame));
            return true;
        }
        if (!absent.isEmpty()) {
            start();
            return true;
        }
        return expire();
    }

    private void start() {
        var candidates = List.copyOf(absent);
        var party = candidates.get(random.nextInt(candidates.size()));
        absent.remove(party);
        present.add(party);
        send(party, session(party).start());
    }

    private void receive(int party, int sender, Frame frame) {
        if (!killed.contains(party)) {
            send(party, session(party).receive(sender, frame));
        }
    }

    /** Nothing is in flight: whoever still waits sees its deadline pass, all at once. */
    private boolean expire() {
        var waiting = present.stream()
                .filter(party -> !killed.contains(party) && !session(party).ended())
                .sorted()
                .toList();
        waiting.forEach(party -> send(party, session(party).expire()));
        return !waiting.isEmpty();
    }

    private void send(int party, List<Outgoing> frames) {
        var liar = liars.get(party);
        var sent = liar == null ? frames : liar.corrupt(frames);
        session(party).handOver(sent, outgoing -> {
            killed.addAll(kills.getOrDefault(network.sent() + 1, Set.of()));
            if (!killed.contains(party)) {
                network.send(party, outgoing);
            }
        });
        // A link wipes what it has written. Not earlier: a liar may send one frame twice.
        sent.forEach(outgoing -> outgoing.frame().wipe());
        frames.forEach(outgoing -> outgoing.frame().wipe());
    }

    private Session<R> session(int party) {
        var seat = seats.get(party);
        if (seat == null) {
            throw new IllegalArgumentException("there is no party " + party);
        }
        return seat.session();
    }

    private Outcome<R> outcome(int party, Seat<R> seat) {
        if (killed.contains(party)) {
            seat.secrets().close();
            return new Outcome.Killed<>();
        }
        try {
            return new Outcome.Finished<>(seat.session().result());
        } catch (CeremonyException reason) {
            seat.secrets().close();
            return new Outcome.Failed<>(reason);
        }
    }
}
