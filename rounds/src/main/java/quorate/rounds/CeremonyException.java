package quorate.rounds;

/** Why a ceremony ended without a result. Messages carry values and indices, never secrets. */
public abstract sealed class CeremonyException extends Exception
        permits Misbehaviour, Disagreement, Unresponsive, Aborted, Refused {
    private static final long serialVersionUID = 1L;

    CeremonyException(String message) {
        super(message);
    }
}
