package quorate.frost;

import java.util.ArrayList;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Transcript;

/** CL of protocols.md 4.2: (j, D_j, E_j) of every signer, ascending. Being a sorted map it has no duplicates. */
record CommitmentList(Group group, SortedMap<Integer, NoncePoints> commitments) {
    CommitmentList {
        commitments = Collections.unmodifiableSortedMap(new TreeMap<>(commitments));
        if (commitments.isEmpty() || commitments.firstKey() < 1) {
            throw new IllegalArgumentException("signers have indices from 1: " + commitments.keySet());
        }
    }

    SortedSet<Integer> signers() {
        return new TreeSet<>(commitments.keySet());
    }

    /** encode(CL): the concatenation of ser(j)||ser(D_j)||ser(E_j), ser(j) = j as a scalar. */
    byte[] encode() {
        var pieces = new ArrayList<byte[]>();
        commitments.forEach((j, points) -> {
            pieces.add(group.scalar(j).encode());
            pieces.add(points.encode());
        });
        return Encoding.concat(pieces.toArray(byte[][]::new));
    }

    /** TH("frost/presig", ctx, I2OSP(k,4), encode(CL)): the name of item k of a session. */
    byte[] presigId(byte[] ctx, int item) {
        return Transcript.of("frost/presig").add(ctx).addU32(item).add(encode()).hash();
    }
}
