package quorate.reshare;

import quorate.dealing.NewSharing;
import quorate.dealing.internal.Commitments;
import quorate.rounds.Outbox;
import quorate.rounds.Step;

/** An old party that deals nothing: it takes part in AGREE, reads the broadcasts, and in the commit. */
record Observer(Hearing hearing) implements Part<NewSharing> {
    @Override
    public Opened<NewSharing> open(byte[] d1) {
        return new Opened<>(
                Outbox.silence(),
                new Commitments(),
                (all, made) -> new Step.Next<>(
                        Outbox.silence(), new AwaitConfirmations<>(hearing, made, new Step.Done<>(made))));
    }
}
