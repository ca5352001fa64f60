package quorate.reshare;

import quorate.dealing.NewSharing;
import quorate.dealing.internal.Commitments;
import quorate.rounds.CeremonyException;
import quorate.rounds.Outbox;
import quorate.rounds.Step;

/**
 * What a participant of a redistribution does besides listening: a dealer, a receiver or an observer.
 *
 * @param <R> what it has in the end
 */
@FunctionalInterface
interface Part<R> {
    /** Round 2, once D1 is known. */
    Opened<R> open(byte[] d1);

    /**
     * What it has said in round 2.
     *
     * @param mine its own commitment, if it deals
     * @param then what it does when everything broadcast in round 2 is in order
     */
    record Opened<R>(Outbox say, Commitments mine, Then<R> then) {}

    /** The rest of the ceremony. */
    @FunctionalInterface
    interface Then<R> {
        Step<R> take(Commitments all, NewSharing made) throws CeremonyException;
    }
}
