package quorate.recovery;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Recovery data is not what it should be, or not for whoever holds it. Says which part, and never a secret. */
public final class RecoveryRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final @Nullable ProofCheck check;
    private final String part;
    private final String detail;

    private RecoveryRefused(@Nullable ProofCheck check, String part, String detail) {
        super((check == null ? "" : check.id() + ": ") + part + ": " + detail);
        this.check = check;
        this.part = part;
        this.detail = detail;
    }

    /** A check of the protocol. */
    static RecoveryRefused by(ProofCheck check, String part, String detail) {
        return new RecoveryRefused(check, part, detail);
    }

    /** The file around the proofs, or the wrong key or label for it. */
    static RecoveryRefused because(String part, String detail) {
        return new RecoveryRefused(null, part, detail);
    }

    /** The same of a part that is known from outside. */
    RecoveryRefused of(String named) {
        return new RecoveryRefused(check, named + ", " + part, detail);
    }

    /** The check of protocols.md that failed, if it was one. */
    public Optional<ProofCheck> check() {
        return Optional.ofNullable(check);
    }

    /** Where: the header, a proof, a row of one. */
    public String part() {
        return part;
    }

    public String detail() {
        return detail;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
