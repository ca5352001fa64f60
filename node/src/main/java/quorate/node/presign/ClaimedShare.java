package quorate.node.presign;

import quorate.algebra.Secrets;
import quorate.ecdsa.FinalStep;
import quorate.ecdsa.PartialSignature;
import quorate.ecdsa.Presignature;
import quorate.ecdsa.PresignatureShare;
import quorate.rounds.Refused;

/** An ECDSA presignature that was claimed: good for one partial signature. Closing it wipes what was not used. */
final class ClaimedShare implements AutoCloseable {
    private final Presignature presignature;
    private final Secrets scope = new Secrets();
    private final PresignatureShare.Claimed secret;

    /** Moves the secret out of {@code share}. */
    ClaimedShare(PresignatureShare share) throws Refused {
        presignature = share.presignature();
        try {
            secret = share.claim(scope);
        } catch (Refused e) {
            scope.close();
            throw e;
        }
    }

    Presignature presignature() {
        return presignature;
    }

    /** The one partial signature. */
    PartialSignature sign(FinalStep step) {
        try (this) {
            return step.partial(secret);
        }
    }

    @Override
    public void close() {
        scope.close();
    }

    @Override
    public String toString() {
        return "ClaimedShare[redacted]";
    }
}
