package quorate.node.presign;

import quorate.ecdsa.PresignatureShare;
import quorate.presign.Origin;
import quorate.presign.Presignature;
import quorate.presign.PresignatureId;
import quorate.rounds.Refused;

/** This node's share of an ECDSA presignature while it is FREE (protocols.md 3.4, 15.3). */
final class EcdsaPresignature extends Presignature<ClaimedShare> {
    private final PresignatureShare share;

    EcdsaPresignature(PresignatureShare share, Origin origin) {
        super(PresignatureId.of(share.presignature().id()), origin);
        this.share = share;
    }

    @Override
    protected ClaimedShare surrender() {
        try {
            return new ClaimedShare(share);
        } catch (Refused e) {
            throw new IllegalStateException("a pool surrenders what is free, once", e);
        }
    }

    @Override
    protected void wipe() {
        share.close();
    }
}
