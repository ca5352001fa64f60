package quorate.commit;

import java.util.Locale;
import java.util.Optional;

/** What a statement of protocols.md 5.4 says. The codes are those of Appendix C. */
public enum Verb {
    PREPARED(1),
    COMMITTED(2),
    REFUSED(3),
    FROZEN(4),
    CLEAN(5);

    private final int code;
    private final String word = name().toLowerCase(Locale.ROOT);

    Verb(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** As it stands in the tag of the signed digest: {@code "prepared"}. */
    public String word() {
        return word;
    }

    static Optional<Verb> of(int code) {
        return code >= 1 && code <= values().length ? Optional.of(values()[code - 1]) : Optional.empty();
    }
}
