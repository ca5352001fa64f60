package quorate.commit;

import quorate.algebra.Encoding;

/**
 * role || I2OSP(index,2): one place among the participants of an operation. A node in both committees of
 * a redistribution has two.
 *
 * @param role 0, or 1 for the new committee
 * @param index the party index, 1 to 32
 */
public record Seat(int role, int index) implements Comparable<Seat> {
    static final int BYTES = 3;
    static final int MAX_INDEX = 32;

    public Seat {
        if (role < 0 || role > 1 || index < 1 || index > MAX_INDEX) {
            throw new IllegalArgumentException("no seat has role " + role + " and index " + index);
        }
    }

    byte[] encode() {
        return Encoding.concat(Encoding.i2osp(role, 1), Encoding.i2osp(index, 2));
    }

    static Seat decode(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a seat has " + BYTES + " bytes, not " + bytes.length);
        }
        return new Seat(bytes[0] & 0xff, (int) Encoding.os2ip(bytes, 1, 2));
    }

    @Override
    public int compareTo(Seat other) {
        return role != other.role ? Integer.compare(role, other.role) : Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return (role == 1 ? "new party " : "party ") + index;
    }
}
