package quorate.frost;

import java.util.Arrays;
import java.util.TreeMap;
import quorate.algebra.DecodingException;
import quorate.algebra.Group;
import quorate.algebra.Secrets;
import quorate.key.KeyShare;
import quorate.presign.Origin;
import quorate.presign.PresignatureId;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;
import quorate.rounds.Refused;

/**
 * The nonces of a presignature that was claimed: good for one signature share, whatever becomes of it (protocols.md
 * 4.3). Belongs to one request; closing it wipes what was not used.
 */
public final class ClaimedNonces implements AutoCloseable {
    private final PresignatureId id;
    private final Origin origin;
    private final byte[] points;
    private final byte[] nonces;
    private boolean used;

    ClaimedNonces(PresignatureId id, Origin origin, byte[] points, byte[] nonces) {
        this.id = id;
        this.origin = origin;
        this.points = points;
        this.nonces = nonces;
    }

    /** The sharing that they belong to. */
    public byte[] shareId() {
        return origin.shareId();
    }

    /**
     * This party's share of the signature that {@code request} asks for. What can be wrong about a request is to be
     * found out before the claim, with {@link SigningRequest#publicKey}: here it costs the presignature.
     *
     * @throws Refused FRO-2, at the second call
     * @throws Disagreement if the nonces add up to O
     * @throws IllegalArgumentException if the share is of another sharing, or the request leads to no key
     */
    public PresignedShare sign(KeyShare share, SigningRequest request) throws Refused, Disagreement {
        try (var once = new Secrets()) {
            var claimed = claim(share.sharing().group(), once);
            if (!Arrays.equals(share.sharing().shareId(), origin.shareId())
                    || !origin.pool().parties().contains(share.index())) {
                throw new IllegalArgumentException("this share is not of the sharing of the presignature");
            }
            var list = list(share.sharing().group());
            var assembly = Assembly.Task.of(share.sharing(), request).with(list, id.bytes());
            return new PresignedShare(assembly.share(share, claimed, once), list.encode());
        }
    }

    /** d_i and e_i, once: they now live in {@code scope} only. */
    private synchronized NoncePair.Claimed claim(Group group, Secrets scope) throws Refused {
        if (used) {
            throw new Refused(Check.FRO_2, "these nonces were claimed before");
        }
        try {
            int middle = group.scalarBytes();
            var hiding = scope.keep(Arrays.copyOf(nonces, middle));
            var binding = scope.keep(Arrays.copyOfRange(nonces, middle, nonces.length));
            return new NoncePair.Claimed(group.decodeSecret(scope, hiding), group.decodeSecret(scope, binding));
        } catch (DecodingException e) {
            throw new IllegalArgumentException("a share of another group", e);
        } finally {
            close();
        }
    }

    private CommitmentList list(Group group) {
        var commitments = new TreeMap<Integer, NoncePoints>();
        try {
            int at = 0;
            for (int party : origin.pool().parties()) {
                commitments.put(party, NoncePoints.decode(group, points, at));
                at += 2 * group.pointBytes();
            }
        } catch (DecodingException e) {
            throw new IllegalStateException("these points were decoded before", e);
        }
        return new CommitmentList(group, commitments);
    }

    /** Wipes the nonces. */
    @Override
    public synchronized void close() {
        used = true;
        Arrays.fill(nonces, (byte) 0);
    }

    @Override
    public String toString() {
        return "ClaimedNonces[" + id + ", redacted]";
    }
}
