package quorate.ecdsa;

import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.rounds.Check;
import quorate.rounds.Refused;

/**
 * This party's share of one presignature (protocols.md 3.4). Used at most once, by construction: {@link #claim} is the
 * only way to the secret, moves it out and wipes it here. It exists in memory only: enough shares of one presignature,
 * used or not, are the key (protocols.md 15).
 */
public final class PresignatureShare implements AutoCloseable {
    private final Presignature presignature;
    private final Secrets scope = new Secrets();
    private final SecretScalar phi;
    private final SecretScalar u;
    private final SecretScalar v;
    private boolean claimed;

    /** Copies phi_i, u_i and v_i into a scope of its own. */
    PresignatureShare(Presignature presignature, SecretScalar phi, SecretScalar u, SecretScalar v) {
        this.presignature = presignature;
        this.phi = phi.in(scope);
        this.u = u.in(scope);
        this.v = v.in(scope);
    }

    public Presignature presignature() {
        return presignature;
    }

    /**
     * The secret, once: it now lives in {@code scope} only.
     *
     * @throws Refused SIG-8 if it was claimed before or dropped
     */
    public synchronized Claimed claim(Secrets scope) throws Refused {
        if (claimed) {
            throw new Refused(Check.SIG_8, "this presignature was claimed before");
        }
        var moved = new Claimed(presignature.id(), phi.in(scope), u.in(scope), v.in(scope));
        close();
        return moved;
    }

    /** Drops it: wipes the secret; nothing can be claimed any more. */
    @Override
    public synchronized void close() {
        claimed = true;
        scope.close();
    }

    @Override
    public String toString() {
        return "PresignatureShare[redacted]";
    }

    /** The secret on its way into one partial signature. */
    public static final class Claimed {
        private final byte[] id;
        private final SecretScalar phi;
        private final SecretScalar u;
        private final SecretScalar v;

        private Claimed(byte[] id, SecretScalar phi, SecretScalar u, SecretScalar v) {
            this.id = id;
            this.phi = phi;
            this.u = u;
            this.v = v;
        }

        byte[] id() {
            return id;
        }

        SecretScalar phi() {
            return phi;
        }

        SecretScalar u() {
            return u;
        }

        SecretScalar v() {
            return v;
        }

        @Override
        public String toString() {
            return "Claimed[redacted]";
        }
    }
}
