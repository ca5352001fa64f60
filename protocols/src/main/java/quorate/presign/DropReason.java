package quorate.presign;

/** Why presignatures were wiped without being used (protocols.md 15.4). */
public enum DropReason {
    /** A participant runs as another process now. */
    INCARNATION_CHANGED(true),
    /** This node does not offer their sharing any more. */
    SHARING_GONE(true),
    /** A pair among their parties is banned. */
    BANNED_PAIR(true),
    /** Somebody who may said so. */
    COMMAND(true),
    /** There are more than there may be. */
    CAP(true),
    EXPIRED(true),
    /** PSG-7: the machine slept or was put back. */
    CLOCK_JUMP(true),
    SHUTDOWN(true),
    /** The witness of a claim did not agree: it was used elsewhere. */
    WITNESS(true),
    /** Another of P dropped them. */
    PEER(false),
    /** PSG-5: not all of P hold them. */
    NOT_HELD_BY_ALL(false);

    private final boolean announced;

    DropReason(boolean announced) {
        this.announced = announced;
    }

    /** Whether the others of P have to be told: whoever drops tells them, unless it was they who said so. */
    public boolean isAnnounced() {
        return announced;
    }
}
