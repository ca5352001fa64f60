package quorate.rounds;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

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
    }

    private final Map<Slot, Letter> letters = new HashMap<>();

    /**
     * Takes {@code frame} in; false if it is a repetition.
     *
     * @throws Misbehaviour COM-2: its slot holds another one
     */
    boolean put(Frame frame) throws Misbehaviour {
        var slot = new Slot(frame.round(), frame.sender(), frame.isBroadcast());
        var letter = new Letter(frame, Evidence.digestOf(frame.payload()));
        var first = letters.putIfAbsent(slot, letter);
        if (first != null && !first.isSame(letter)) {
            throw new Misbehaviour(Check.COM_2, frame.round(), Set.of(frame.sender()));
        }
        return first == null;
    }

    /** What has come for this round, by sender. */
    SortedMap<Integer, Frame> frames(int round, boolean broadcast) {
        var frames = new TreeMap<Integer, Frame>();
        letters.forEach((slot, letter) -> {
            if (slot.round == round && slot.broadcast == broadcast) {
                frames.put(slot.sender, letter.frame);
            }
        });
        return frames;
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
}
