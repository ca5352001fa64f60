package quorate.frost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Transcript;
import quorate.key.Sharing;

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

    /** Reads what {@link #encode} writes, and nothing else. */
    static Optional<CommitmentList> decode(Group group, byte[] encoded) {
        int entry = group.scalarBytes() + 2 * group.pointBytes();
        if (encoded.length == 0 || encoded.length % entry != 0 || encoded.length > Sharing.MAX_PLAYERS * entry) {
            return Optional.empty();
        }
        var commitments = new TreeMap<Integer, NoncePoints>();
        try {
            for (int at = 0; at < encoded.length; at += entry) {
                var index = Arrays.copyOfRange(encoded, at, at + group.scalarBytes());
                commitments.put(index(group, index), NoncePoints.decode(group, encoded, at + group.scalarBytes()));
            }
            var list = new CommitmentList(group, commitments);
            return Optional.of(list).filter(decoded -> Arrays.equals(decoded.encode(), encoded));
        } catch (DecodingException e) {
            return Optional.empty();
        }
    }

    private static int index(Group group, byte[] encoded) throws DecodingException {
        for (int j = 1; j <= Sharing.MAX_PLAYERS; j++) {
            if (Arrays.equals(group.scalar(j).encode(), encoded)) {
                return j;
            }
        }
        throw new DecodingException("no party has this index");
    }

    /** The points alone, (D_j, E_j) ascending: for whoever knows the signers. */
    byte[] points() {
        return Encoding.concat(commitments.values().stream().map(NoncePoints::encode).toArray(byte[][]::new));
    }

    /** TH("frost/presig", ctx, I2OSP(k,4), encode(CL)): the name of item k of a session. */
    byte[] presigId(byte[] ctx, int item) {
        return Transcript.of("frost/presig").add(ctx).addU32(item).add(encode()).hash();
    }
}
