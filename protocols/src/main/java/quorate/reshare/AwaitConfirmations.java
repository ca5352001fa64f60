package quorate.reshare;

import quorate.dealing.NewSharing;
import quorate.dealing.internal.Confirmation;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Expected;
import quorate.rounds.Inbox;
import quorate.rounds.Round;
import quorate.rounds.Step;

/** Round 3: everybody who spoke confirms what was dealt. */
record AwaitConfirmations<R>(Hearing hearing, NewSharing made, Step<R> then) implements Round<R, Confirmation> {
    @Override
    public Expected<Confirmation> expects() {
        return Expected.broadcast(3, Confirmation::read).from(hearing.speakers());
    }

    @Override
    public Step<R> receive(Inbox<Confirmation> inbox) throws CeremonyException {
        inbox.requireEcho(Check.DKG_6, 2, made.d2(), Confirmation::echo);
        return then;
    }
}
