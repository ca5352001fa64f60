package quorate.rounds;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import quorate.algebra.Group;

/**
 * What all participants agreed on in round 0 (protocols.md 0.4), and the ctx that binds everything
 * after it.
 *
 * @param sessionId 32 bytes
 * @param protocolId the operation, 1 to 11
 * @param scheme 1 ECDSA, 2 Schnorr of RFC 9591, 3 BIP-340
 * @param keyId 1 to 64 bytes of UTF-8
 * @param n players of the key
 * @param degree t of protocols.md: threshold - 1
 * @param roster 32 bytes
 * @param participants ascending by role and index
 * @param role of this party: 0, or 1 in the new committee of a redistribution
 * @param me this party's index
 * @param epoch of the chosen sharing; 0 in key generation
 * @param shareId of the chosen sharing; empty in key generation
 * @param newEpoch of the sharing that is made; 0 where none is, and of a new key
 * @param ctx 32 bytes
 * @param pairs what each participant listed as pairs in AGREE, by index; not part of ctx
 */
public record Agreement(
        byte[] sessionId,
        int protocolId,
        Group group,
        int scheme,
        byte[] keyId,
        int n,
        int degree,
        byte[] roster,
        List<Entry> participants,
        int role,
        int me,
        long epoch,
        byte[] shareId,
        long newEpoch,
        byte[] ctx,
        SortedMap<Integer, byte[]> pairs) {
    public Agreement {
        participants = List.copyOf(participants);
        pairs = Collections.unmodifiableSortedMap(new TreeMap<>(pairs));
    }

    /** Of an operation that uses a key as it is. */
    public Agreement(
            byte[] sessionId,
            int protocolId,
            Group group,
            int scheme,
            byte[] keyId,
            int n,
            int degree,
            byte[] roster,
            List<Entry> participants,
            int me,
            long epoch,
            byte[] shareId,
            byte[] ctx,
            SortedMap<Integer, byte[]> pairs) {
        this(
                sessionId,
                protocolId,
                group,
                scheme,
                keyId,
                n,
                degree,
                roster,
                participants,
                0,
                me,
                epoch,
                shareId,
                0,
                ctx,
                pairs);
    }

    /** On a key without pair states. */
    public Agreement(
            byte[] sessionId,
            int protocolId,
            Group group,
            int scheme,
            byte[] keyId,
            int n,
            int degree,
            byte[] roster,
            List<Entry> participants,
            int me,
            long epoch,
            byte[] shareId,
            byte[] ctx) {
        this(
                sessionId,
                protocolId,
                group,
                scheme,
                keyId,
                n,
                degree,
                roster,
                participants,
                me,
                epoch,
                shareId,
                ctx,
                new TreeMap<>());
    }

    /** The indices of the participants of role 0, ascending. */
    public SortedSet<Integer> parties() {
        return indices(0);
    }

    /** The indices of the new committee of a redistribution, ascending. */
    public SortedSet<Integer> newParties() {
        return indices(1);
    }

    private SortedSet<Integer> indices(int ofRole) {
        var indices = new TreeSet<Integer>();
        for (var entry : participants) {
            if (entry.role() == ofRole) {
                indices.add(entry.index());
            }
        }
        return indices;
    }

    /** {@link Entry#address} of this party. */
    public int address() {
        return Entry.address(role, me);
    }

    /** parts of protocols.md 0.4: the entries of all participants, one string. */
    public byte[] parts() {
        return Entry.parts(participants);
    }
}
