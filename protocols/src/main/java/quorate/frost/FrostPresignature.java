package quorate.frost;

import java.util.Arrays;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.presign.Origin;
import quorate.presign.Presignature;
import quorate.presign.PresignatureId;
import quorate.rounds.Refused;

/**
 * A nonce pair that waits for its message, and the nonces that the other signers showed for the same message
 * (protocols.md 4.2). Small, because a pool holds many: the numbers and points are kept encoded.
 */
public final class FrostPresignature extends Presignature<ClaimedNonces> {
    private final byte[] points;
    private final byte[] nonces;

    private FrostPresignature(PresignatureId id, Origin origin, byte[] points, byte[] nonces) {
        super(id, origin);
        this.points = points;
        this.nonces = nonces;
    }

    /** Claims {@code pair}: from now on its numbers are here only. */
    static FrostPresignature of(PresignatureId id, Origin origin, CommitmentList list, NoncePair pair) throws Refused {
        try (var once = new Secrets()) {
            var claimed = pair.claim(once);
            var hiding = once.keep(claimed.hiding().exposeFor(Purpose.POOLING));
            var binding = once.keep(claimed.binding().exposeFor(Purpose.POOLING));
            var nonces = Arrays.copyOf(hiding, hiding.length + binding.length);
            System.arraycopy(binding, 0, nonces, hiding.length, binding.length);
            return new FrostPresignature(id, origin, list.points(), nonces);
        }
    }

    @Override
    protected ClaimedNonces surrender() {
        var claimed = new ClaimedNonces(id(), origin(), points, nonces.clone());
        wipe();
        return claimed;
    }

    @Override
    protected void wipe() {
        Arrays.fill(nonces, (byte) 0);
    }
}
