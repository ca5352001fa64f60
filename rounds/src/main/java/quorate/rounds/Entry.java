package quorate.rounds;

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

    /** The 99 bytes of an entry. */
    public byte[] encode() {
        return Encoding.concat(who(), incarnation, database);
    }

    /** role || I2OSP(index,2) || id: what names a participant in AGREE, 35 bytes. */
    public byte[] who() {
        return Encoding.concat(new byte[] {(byte) role}, Encoding.i2osp(index, 2), id);
    }

    @Override
    public int compareTo(Entry other) {
        return role != other.role ? Integer.compare(role, other.role) : Integer.compare(index, other.index);
    }
}
