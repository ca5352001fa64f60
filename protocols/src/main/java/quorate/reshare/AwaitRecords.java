package quorate.reshare;

import java.util.List;
import quorate.algebra.Draw;
import quorate.algebra.Secrets;
import quorate.key.KeyRecord;
import quorate.rounds.Agreement;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Difference;
import quorate.rounds.Disagreement;
import quorate.rounds.Expected;
import quorate.rounds.Inbox;
import quorate.rounds.Outbox;
import quorate.rounds.Round;
import quorate.rounds.Step;

/**
 * Round 0 of a receiver: "New members require all equal, the list consistent (A_0 = pk, no O, shareId recomputed) and pk
 * equal to the pk given by the operator/client in the session request (RSH-5)."
 */
record AwaitRecords(Agreement agreement, Plan plan, Draw draw, Secrets secrets)
        implements Round<ReceivedShare, KeyRecord> {
    @Override
    public Expected<KeyRecord> expects() {
        return Expected.<KeyRecord>direct(0, KeyRecord::read).from(plan.dealers());
    }

    @Override
    public Step<ReceivedShare> receive(Inbox<KeyRecord> inbox) throws CeremonyException {
        var record = inbox.of(plan.dealers().first());
        var others = inbox.all().entrySet().stream()
                .filter(said -> !said.getValue().isSame(record))
                .map(said -> said.getKey())
                .toList();
        if (!others.isEmpty()) {
            var said = List.of(
                    new Difference.Said("one record", List.of(plan.dealers().first())),
                    new Difference.Said("another", others));
            throw new Disagreement(Check.RSH_5, 0, List.of(new Difference("old record", said)));
        }
        var old = record.sharing(agreement, plan.publicKey(), Check.RSH_5);
        // receiver j: ctx, nonce'_j.
        var nonce = draw.draw(Draw.For.DKG, Draw.name("nonce"), Greeting.NONCE_BYTES);
        var hearing = new Hearing(agreement, plan, old);
        return new Step.Next<>(
                Outbox.toAll(1, new Greeting(agreement.ctx(), nonce)),
                Listening.to(hearing, new Receiver(hearing, record, draw, secrets)));
    }
}
