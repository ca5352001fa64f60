package quorate.node.link;

import java.util.Optional;

/** What a frame is. Codes are stable and append-only. */
public enum FrameType {
    /** {@link SignedLink}: the first frame in both directions. */
    LINK(1, 0, FrameType.SMALL),
    /** The highest LINK of the other that the sender has durably stored, or nothing. */
    REMEMBERED(2, 0, FrameType.SMALL),
    /** The LINK of the other is accepted: the link is up for the sender. */
    ACCEPTED(3, 0, 0),
    /** The LINK of the other is refused: one byte, {@link Refusal}. The sender then closes. */
    REFUSED(4, 1, 1),
    /** A number; the other answers it. */
    PING(5, Long.BYTES, Long.BYTES),
    /** The number of a ping. */
    PONG(6, Long.BYTES, Long.BYTES),
    /** An envelope of protocols.md 0.4. */
    SESSION(16),
    /** A session id that the sender does not know yet. */
    NOT_YET(17, 32, 32),
    /** Abort of protocols.md 0.7 by a node that has no such session, because its own caller was refused: the id, and why. */
    ABORT(18, 33, 96),
    /** STMT, CERT or STATUS of protocols.md 5.4. */
    COMMIT(19),
    /** How a pair makes a new state, and bans (protocols.md 3.6). */
    PAIR(20, 1, 1 << 10),
    /** DROP of protocols.md 15.4: presignatures that the sender has dropped. */
    DROP(21, 1, FrameType.POOL),
    /** A number, and POOL of protocols.md 15.4: what the sender holds, in short. */
    POOL_ASK(22, Long.BYTES, 1 << 10),
    /** The number of a question, and POOL: what the sender holds, as far as it differs in full. */
    POOL_SAY(23, Long.BYTES, FrameType.POOL),
    /** How parties agree on a refill (protocols.md 15.4). */
    REFILL(24, 1, 1 << 10);

    /** Enough for a LINK, and for all that is read before one was accepted. */
    static final int SMALL = 512;

    /** 10 000 ids of 32 bytes, and the name of a pool. */
    private static final int POOL = 325_000;

    private static final int FIRST_OF_APPLICATION = 16;

    private final int code;
    private final int least;
    private final int most;

    FrameType(int code) {
        this(code, 0, Integer.MAX_VALUE);
    }

    FrameType(int code, int least, int most) {
        this.code = code;
        this.least = least;
        this.most = most;
    }

    int code() {
        return code;
    }

    /** Whether a body of this type can have this length. */
    boolean fits(int length) {
        return length >= least && length <= most;
    }

    /** Whether it is for the user of the links; the others are their own. */
    boolean ofApplication() {
        return code >= FIRST_OF_APPLICATION;
    }

    static Optional<FrameType> ofCode(int code) {
        for (var type : values()) {
            if (type.code == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
