package quorate.testkit.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import quorate.algebra.DecodingException;
import quorate.rounds.Abort;
import quorate.rounds.Frame;
import quorate.rounds.Outgoing;

/** Frames in flight, and the seeded choice of what arrives next. Frames are numbered as sent, from 1. */
final class Network {
    /** More than round 2 of presigning has for 64 items. */
    static final int MAX_PAYLOAD = 1 << 23;

    /** What the network was told to do. */
    record Weather(
            Map<Integer, Set<Fault>> faults,
            List<Partition> partitions,
            boolean reorders,
            boolean abortsOvertake) {}

    /** From this frame on, nothing passes between the island and the rest. */
    record Partition(int fromFrame, Set<Integer> island) {}

    /** A frame on its way; of a higher tier comes later than everything of a lower one. */
    record Flight(int from, int to, byte[] bytes, int tier) {}

    private static final int DELAYED = 1;
    private static final int ABORT = 2;

    private final Weather weather;
    private final Random random;
    private final List<Flight> inFlight = new ArrayList<>();
    private final Set<Integer> suspects = new HashSet<>();
    private int sent;

    Network(Weather weather, long seed) {
        this.weather = weather;
        this.random = new Random(seed);
    }

    /** How many frames were sent so far. */
    int sent() {
        return sent;
    }

    /** Whose frames arrived damaged: they look guilty. */
    Set<Integer> suspects() {
        return suspects;
    }

    /** Sends one frame: encodes it, and damages or loses it if told to. */
    void send(int from, Outgoing outgoing) {
        int number = ++sent;
        var faults = weather.faults().getOrDefault(number, Set.of());
        var frame = outgoing.frame();
        if (faults.contains(Fault.TRUNCATE)) {
            frame = truncated(frame);
            suspects.add(from);
        }
        var bytes = frame.encode();
        if (faults.contains(Fault.FLIP)) {
            int bit = new Random(number).nextInt(Byte.SIZE * bytes.length);
            bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            suspects.add(from);
        }
        if (!faults.contains(Fault.DROP) && !isCut(number, from, outgoing.recipient())) {
            var flight = new Flight(from, outgoing.recipient(), bytes, tier(frame, faults));
            inFlight.add(flight);
            if (faults.contains(Fault.DUPLICATE)) {
                inFlight.add(flight);
            }
        }
    }

    private static Frame truncated(Frame frame) {
        var payload = Arrays.copyOf(frame.payload(), Math.max(0, frame.payload().length - 1));
        return new Frame(
                frame.sessionId(),
                frame.protocolId(),
                frame.round(),
                frame.sender(),
                frame.receiver(),
                payload,
                frame.signature());
    }

    private int tier(Frame frame, Set<Fault> faults) {
        if (frame.round() == Abort.ROUND && !weather.abortsOvertake()) {
            return ABORT;
        }
        return faults.contains(Fault.DELAY) ? DELAYED : 0;
    }

    private boolean isCut(int number, int from, int to) {
        return weather.partitions().stream()
                .filter(partition -> number >= partition.fromFrame())
                .anyMatch(partition -> partition.island().contains(from) != partition.island().contains(to));
    }

    /** Takes out what arrives next at one of {@code receivers}, if anything can. */
    Optional<Flight> next(Collection<Integer> receivers, boolean lateOnesToo) {
        for (int tier = 0; tier <= (lateOnesToo ? ABORT : 0); tier++) {
            var ready = ready(receivers, tier);
            if (!ready.isEmpty()) {
                int choice = tier == ABORT ? 0 : random.nextInt(ready.size());
                return Optional.of(inFlight.remove((int) ready.get(choice)));
            }
        }
        return Optional.empty();
    }

    /** Positions of what may arrive now: of each link the oldest, unless the network reorders. */
    private List<Integer> ready(Collection<Integer> receivers, int tier) {
        var positions = new ArrayList<Integer>();
        var links = new HashSet<List<Integer>>();
        for (int i = 0; i < inFlight.size(); i++) {
            var flight = inFlight.get(i);
            if (flight.tier() == tier
                    && receivers.contains(flight.to())
                    && (links.add(List.of(flight.from(), flight.to())) || weather.reorders())) {
                positions.add(i);
            }
        }
        return positions;
    }

    /** The frame, if the link can make one out of the bytes. */
    static Optional<Frame> decode(Flight flight) {
        try {
            return Optional.of(Frame.decode(flight.bytes(), MAX_PAYLOAD));
        } catch (DecodingException e) {
            return Optional.empty();
        }
    }
}
