package quorate.presign;

import java.util.Collection;

/**
 * This node's share of one presignature while it is FREE: what everybody may see of it, and a secret that nobody
 * sees but the one signature it is used for (protocols.md 15.3). A subclass has no way to its secret except
 * {@link #surrender}, which the pool calls when it grants a claim: a rule of types, not of habit.
 *
 * @param <S> holds the secret after the claim; wipes it when it is used or closed
 */
public abstract class Presignature<S> {
    private final PresignatureId id;
    private final Origin origin;

    protected Presignature(PresignatureId id, Origin origin) {
        this.id = id;
        this.origin = origin;
    }

    public final PresignatureId id() {
        return id;
    }

    public final Origin origin() {
        return origin;
    }

    /** Moves the secret out: afterwards this object holds none. Called at most once, before any {@link #wipe}. */
    protected abstract S surrender();

    /** Overwrites the secret, if it is still here. */
    protected abstract void wipe();

    /** Wipes what was made and goes into no pool. */
    public static void discard(Collection<? extends Presignature<?>> made) {
        made.forEach(Presignature::wipe);
    }

    @Override
    public final String toString() {
        return "Presignature[" + id + ", redacted]";
    }
}
