package quorate.node.link;

import java.util.Optional;
import quorate.rounds.Check;

/** Why a LINK is not accepted. Codes travel in REFUSED; they are stable and append-only. */
public enum Refusal {
    /** Another process of this player has a link that answers. Somebody runs a copy: an alarm on both sides. */
    DUPLICATE_PLAYER(1, Check.PSG_4),
    /** This process was replaced by a later one of the same player. */
    REPLACED_INCARNATION(2, Check.PSG_4),
    /** A later start of the same database was seen: this one was rolled back or copied. */
    EARLIER_START(3, Check.PSG_4),
    /** A later link of the same process was seen: this one is an echo, or comes from a copy of the process. */
    EARLIER_LINK(4, Check.PSG_4),
    /** The same process says something else about its database than before. */
    CONTRADICTION(5, Check.PSG_4),
    /** The ids are not those of the roster for this pair. */
    WRONG_IDS(6),
    /** The statement signature does not verify. */
    BAD_SIGNATURE(7);

    private final int code;
    private final Optional<Check> check;

    Refusal(int code) {
        this.code = code;
        this.check = Optional.empty();
    }

    Refusal(int code, Check check) {
        this.code = code;
        this.check = Optional.of(check);
    }

    int code() {
        return code;
    }

    static Optional<Refusal> ofCode(int code) {
        for (var refusal : values()) {
            if (refusal.code == code) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }

    /** The check of protocols.md Appendix A that failed, where the catalogue has one. */
    public Optional<Check> check() {
        return check;
    }
}
