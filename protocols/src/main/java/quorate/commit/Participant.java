package quorate.commit;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import quorate.algebra.Encoding;
import quorate.rounds.Entry;

/**
 * An entry of protocols.md 0.4 as it stands in the parts of an operation: what a node was when the
 * operation was agreed. It stays what it was although the incarnation changes at a restart.
 *
 * @param id names the node's two long-lived keys, 32 bytes
 * @param incarnation named the process, 32 bytes
 * @param database named the history of the node's database, 32 bytes
 */
public record Participant(Seat seat, Octets id, Octets incarnation, Octets database) {
    private static final int NAME_BYTES = 32;
    private static final int MAX_PARTICIPANTS = 2 * Seat.MAX_INDEX;

    public Participant {
        if (id.length() != NAME_BYTES || incarnation.length() != NAME_BYTES || database.length() != NAME_BYTES) {
            throw new IllegalArgumentException("id, incarnation and database have " + NAME_BYTES + " bytes each");
        }
    }

    public static Participant of(Entry entry) {
        return new Participant(
                new Seat(entry.role(), entry.index()),
                Octets.of(entry.id()),
                Octets.of(entry.incarnation()),
                Octets.of(entry.database()));
    }

    byte[] encode() {
        return Encoding.concat(seat.encode(), id.bytes(), incarnation.bytes(), database.bytes());
    }

    /** parts: the entries, one string. */
    static byte[] encode(List<Participant> participants) {
        var parts = new ByteArrayOutputStream(participants.size() * Entry.BYTES);
        participants.forEach(participant -> parts.writeBytes(participant.encode()));
        return parts.toByteArray();
    }

    static List<Participant> decode(byte[] parts) {
        if (parts.length % Entry.BYTES != 0 || parts.length > MAX_PARTICIPANTS * Entry.BYTES) {
            throw new IllegalArgumentException("parts of " + parts.length + " bytes");
        }
        var participants = new ArrayList<Participant>();
        for (int at = 0; at < parts.length; at += Entry.BYTES) {
            int id = at + Seat.BYTES;
            participants.add(new Participant(
                    Seat.decode(Arrays.copyOfRange(parts, at, id)),
                    Octets.of(Arrays.copyOfRange(parts, id, id + NAME_BYTES)),
                    Octets.of(Arrays.copyOfRange(parts, id + NAME_BYTES, id + 2 * NAME_BYTES)),
                    Octets.of(Arrays.copyOfRange(parts, id + 2 * NAME_BYTES, id + 3 * NAME_BYTES))));
        }
        return participants;
    }

    /** Sorted by seat, none twice, and no node in two seats of one committee: it would count double. */
    static void requireOrdered(List<Participant> participants) {
        if (participants.isEmpty() || participants.size() > MAX_PARTICIPANTS) {
            throw new IllegalArgumentException(participants.size() + " participants");
        }
        var nodes = List.of(new HashSet<Octets>(), new HashSet<Octets>());
        for (int i = 0; i < participants.size(); i++) {
            var seat = participants.get(i).seat();
            if (i > 0 && participants.get(i - 1).seat().compareTo(seat) >= 0) {
                throw new IllegalArgumentException("participants not in ascending order at " + seat);
            }
            if (!nodes.get(seat.role()).add(participants.get(i).id())) {
                throw new IllegalArgumentException("the node of " + seat + " sits twice in one committee");
            }
        }
    }
}
