package quorate.rounds;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The frames of the current round and the next ones, one per slot: round, sender and receiver field. Bounds
 * are kept by the session, which lets only plausible rounds and lengths in.
 */
final class Mailbox {
    private record Slot(int round, int sender, boolean broadcast) {}

    /** The digest outlives the payload, so a repetition is known as one after a private payload is wiped. */
    private record Letter(Frame frame, byte[] digest) {
        boolean isSame(Letter other) {
            return Arrays.equals(digest, other.digest) && Arrays.equals(frame.signature(), other.frame.signature());
        }

        /** A channel may repeat itself with the very same object, which must not be wiped then. */
        @SuppressWarnings("ReferenceEquality") // the question is whether it is the same array
        boolean sharesPayloadWith(Frame other) {
            return frame.payload() == other.payload();
        }
    }

    private final int me;
    private final SortedSet<Integer> others;
    private final Map<Slot, Letter> letters = new HashMap<>();

    Mailbox(int me, SortedSet<Integer> others) {
        this.me = me;
        this.others = others;
    }

    /**
     * Takes {@code frame} in; false if it is a repetition. What is not taken in is wiped.
     *
     * @throws Misbehaviour COM-2: its slot holds another one
     */
    boolean put(Frame frame) throws Misbehaviour {
        var slot = new Slot(frame.round(), frame.sender(), frame.isBroadcast());
        var letter = new Letter(frame, Evidence.digestOf(frame.payload()));
        var first = letters.putIfAbsent(slot, letter);
        if (first != null && !first.sharesPayloadWith(frame)) {
            frame.wipe();
        }
        if (first != null && !first.isSame(letter)) {
            throw new Misbehaviour(Check.COM_2, frame.round(), Set.of(frame.sender()));
        }
        return first == null;
    }

    /** The broadcasts of this round that are there, by sender. */
    SortedMap<Integer, Frame> broadcasts(int round) {
        return frames(round, true);
    }

    /** Whose message of this round is not there yet. */
    SortedSet<Integer> missing(Expected<?> expected) {
        var missing = senders(expected);
        missing.removeAll(frames(expected.round(), expected.shared()).keySet());
        return missing;
    }

    /**
     * Reads a complete round.
     *
     * @param own this party's broadcast of the round, if it made one
     */
    <I extends Message> Inbox<I> open(Expected<I> expected, Optional<byte[]> own) throws Misbehaviour {
        var payloads = new TreeMap<Integer, byte[]>();
        expectedFrames(expected).forEach((sender, frame) -> payloads.put(sender, frame.payload()));
        if (expected.shared() && expected.isFrom(me)) {
            own.ifPresent(payload -> payloads.put(me, payload));
        }
        return expected.open(me, payloads);
    }

    /** This round is read and done with. */
    void wipe(Expected<?> expected) {
        expectedFrames(expected).values().forEach(Frame::wipe);
    }

    void forgetBefore(int round) {
        letters.entrySet().removeIf(letter -> {
            boolean past = letter.getKey().round < round;
            if (past) {
                letter.getValue().frame.wipe();
            }
            return past;
        });
    }

    /** The session has ended. */
    void clear() {
        letters.values().forEach(letter -> letter.frame.wipe());
        letters.clear();
    }

    private SortedMap<Integer, Frame> expectedFrames(Expected<?> expected) {
        var frames = frames(expected.round(), expected.shared());
        frames.keySet().retainAll(senders(expected));
        return frames;
    }

    private SortedMap<Integer, Frame> frames(int round, boolean broadcast) {
        var frames = new TreeMap<Integer, Frame>();
        letters.forEach((slot, letter) -> {
            if (slot.round == round && slot.broadcast == broadcast) {
                frames.put(slot.sender, letter.frame);
            }
        });
        return frames;
    }

    private SortedSet<Integer> senders(Expected<?> expected) {
        var senders = new TreeSet<>(others);
        senders.removeIf(sender -> !expected.isFrom(sender));
        return senders;
    }
}
