package quorate.rounds;

import java.util.Arrays;
import java.util.List;
import quorate.algebra.Encoding;

/**
 * One participant of a session: role(1) || I2OSP(index,2) || id || inc || dbi of protocols.md 0.4.
 *
 * @param role 0, or 1 for the new committee of a redistribution
 * @param index the party index, from 1
 * @param id 32 bytes, names the node's two long-lived keys
 * @param incarnation 32 bytes, names the running process
 * @param database 32 bytes, names the history of the node's database
 * @param statementKey the node's Ed25519 public key, 32 bytes; it is inside id
 */
public record Entry(int role, int index, byte[] id, byte[] incarnation, byte[] database, byte[] statementKey)
        implements Comparable<Entry> {
    public static final int BYTES = 99;

    private static final int ROLE_1 = 0x8000;

    public Entry {
        if (role < 0 || role > 1 || index < 0 || index >= ROLE_1) {
            throw new IllegalArgumentException("no address for role " + role + ", index " + index);
        }
    }

    /** The 99 bytes of an entry. */
    public byte[] encode() {
        return Encoding.concat(who(), incarnation, database);
    }

    /** role || I2OSP(index,2) || id: what names a participant in AGREE, 35 bytes. */
    public byte[] who() {
        return Encoding.concat(new byte[] {(byte) role}, Encoding.i2osp(index, 2), id);
    }

    /** What names this participant in an envelope: its index, + 0x8000 for role 1. */
    public int address() {
        return address(role, index);
    }

    /** {@link #address} of the participant with this role and index. */
    public static int address(int role, int index) {
        return role == 0 ? index : ROLE_1 + index;
    }

    /** The index of the participant with this {@link #address}. */
    public static int indexOf(int address) {
        return address < ROLE_1 ? address : address - ROLE_1;
    }

    /** parts of protocols.md 0.4: the entries of all participants, one string. */
    static byte[] parts(List<Entry> participants) {
        return Encoding.concat(participants.stream().map(Entry::encode).toArray(byte[][]::new));
    }

    /** Whether this is the same node in the same place, process and database. */
    boolean isSame(Entry other) {
        return Arrays.equals(encode(), other.encode()) && Arrays.equals(statementKey, other.statementKey);
    }

    @Override
    public int compareTo(Entry other) {
        return role != other.role ? Integer.compare(role, other.role) : Integer.compare(index, other.index);
    }
}
