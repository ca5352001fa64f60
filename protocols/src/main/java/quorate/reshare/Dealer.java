package quorate.reshare;

import quorate.algebra.Draw;
import quorate.algebra.Secrets;
import quorate.dealing.NewSharing;
import quorate.dealing.internal.Commitments;
import quorate.dealing.internal.Confirmation;
import quorate.dealing.internal.Contribution;
import quorate.dealing.internal.SecretPoint;
import quorate.rounds.Entry;
import quorate.rounds.Outbox;
import quorate.rounds.Step;

/** A party of S. */
record Dealer(Hearing hearing, Contribution mine, Draw draw, Secrets secrets) implements Part<NewSharing> {
    @Override
    public Opened<NewSharing> open(byte[] d1) {
        int me = hearing.agreement().me();
        // dealer i: D1, A_{i,0..t'}, blind_i, PoK of A_{i,0} (ctx' = D1, index = old index i)
        var opening = mine.open(d1, me, draw, secrets);
        // P2P: dealer i to receiver j: s_{i,j} = f_i(j)
        var points = Outbox.toEach(2, hearing.receivers(), j -> new SecretPoint(mine.f().at(Entry.indexOf(j))));
        var commitments = new Commitments();
        commitments.put(me, mine.commitment());
        return new Opened<>(Outbox.toAll(2, opening).and(points), commitments, (all, made) -> {
            var say = Outbox.toAll(3, new Confirmation(made.d2()));
            return new Step.Next<>(say, new AwaitConfirmations<>(hearing, made, new Step.Done<>(made)));
        });
    }
}
