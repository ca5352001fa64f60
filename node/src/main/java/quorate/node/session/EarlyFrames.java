package quorate.node.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Frames of sessions that this node does not know yet (protocols.md 0.4): kept within a limit for each peer,
 * so that a peer that announces sessions without end takes nothing but its own room. The oldest goes
 * first; its sender repeats it.
 */
final class EarlyFrames {
    /** Per peer, protocols.md 0.1. */
    static final int BYTES_PER_PEER = 64 << 10;

    private record Early(SessionId session, byte[] envelope) {}

    private static final class Room {
        private final Deque<Early> frames = new ArrayDeque<>();
        private int bytes;
    }

    private final Map<Integer, Room> rooms = new HashMap<>();

    /** Takes the envelope over. */
    synchronized void keep(int player, SessionId session, byte[] envelope) {
        if (envelope.length > BYTES_PER_PEER) {
            Arrays.fill(envelope, (byte) 0);
            return;
        }
        var room = rooms.computeIfAbsent(player, ignored -> new Room());
        room.frames.addLast(new Early(session, envelope));
        room.bytes += envelope.length;
        while (room.bytes > BYTES_PER_PEER) {
            drop(room, room.frames.removeFirst());
        }
    }

    /** Hands out what {@code player} sent for a session that has begun here. */
    synchronized List<byte[]> take(int player, SessionId session) {
        var room = rooms.get(player);
        if (room == null) {
            return List.of();
        }
        var taken = new ArrayList<byte[]>();
        room.frames.removeIf(early -> {
            boolean mine = early.session().equals(session);
            if (mine) {
                taken.add(early.envelope());
                room.bytes -= early.envelope().length;
            }
            return mine;
        });
        return taken;
    }

    /** The link is gone, and with it whatever its frames belonged to. */
    synchronized void forget(int player) {
        var room = rooms.remove(player);
        if (room != null) {
            room.frames.forEach(early -> Arrays.fill(early.envelope(), (byte) 0));
        }
    }

    synchronized int bytes(int player) {
        var room = rooms.get(player);
        return room == null ? 0 : room.bytes;
    }

    private static void drop(Room room, Early early) {
        room.bytes -= early.envelope().length;
        Arrays.fill(early.envelope(), (byte) 0);
    }
}
