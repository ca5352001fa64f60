package quorate.reshare;

import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import quorate.algebra.Draw;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.dealing.NewShare;
import quorate.dealing.NewSharing;
import quorate.dealing.internal.Commitments;
import quorate.dealing.internal.Confirmation;
import quorate.dealing.internal.SecretPoint;
import quorate.key.KeyRecord;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.key.UnsoundKey;
import quorate.pair.PairAnswer;
import quorate.pair.PairExchanges;
import quorate.pair.PairInvitation;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;
import quorate.rounds.Expected;
import quorate.rounds.Inbox;
import quorate.rounds.Outbox;
import quorate.rounds.Round;
import quorate.rounds.Step;

/** A party of N. */
record Receiver(Hearing hearing, KeyRecord record, Draw draw, Secrets secrets) implements Part<ReceivedShare> {
    private static final int ROLE = 1;

    @Override
    public Opened<ReceivedShare> open(byte[] d1) {
        var pairs = pairs(d1);
        // receiver j: D1. receiver j to receiver j' (ECDSA): zseed, BOT1 with new indices.
        var say = Outbox.toAll(2, new Echo(d1));
        var invitations = Outbox.toEach(2, others(), j -> new Invitation(pairs.invitation(j)));
        return new Opened<>(
                hasPairs() ? say.and(invitations) : say,
                new Commitments(),
                (all, made) -> new Step.Next<>(Outbox.silence(), new AwaitPoints(this, all, made, pairs)));
    }

    private boolean hasPairs() {
        return hearing.old().scheme() == Scheme.ECDSA;
    }

    private int me() {
        return hearing.agreement().me();
    }

    /** Addresses of the other receivers, of whom there is one at least. */
    private Set<Integer> others() {
        var others = new TreeSet<>(hearing.receivers());
        others.remove(hearing.agreement().address());
        return others;
    }

    /** Pair setup among N (gen 0). */
    private PairExchanges pairs(byte[] d1) {
        if (!hasPairs()) {
            return PairExchanges.none();
        }
        var peers = hearing.agreement().newParties();
        peers.remove(me());
        return PairExchanges.start(d1, hearing.agreement().newEpoch(), ROLE, me(), peers, draw, secrets);
    }

    private ReceivedShare received(NewShare share) {
        return new ReceivedShare(share, record);
    }

    private record AwaitPoints(Receiver part, Commitments commitments, NewSharing made, PairExchanges pairs)
            implements Round<ReceivedShare, SecretPoint> {
        @Override
        public Expected<SecretPoint> expects() {
            var group = part.hearing.group();
            return Expected.<SecretPoint>direct(2, payload -> SecretPoint.read(group, false, part.secrets, payload))
                    .from(part.hearing.dealers());
        }

        @Override
        public Step<ReceivedShare> receive(Inbox<SecretPoint> inbox) throws CeremonyException {
            var group = part.hearing.group();
            // Receivers: the share equation at j.
            inbox.require(
                    Check.DKG_5,
                    (i, s) -> group.multiplyBase(s.value()).equals(commitments.of(i).at(part.me())));
            // x'_j = sum_i s_{i,j}
            var x = SecretScalar.of(part.secrets, group.scalar(0));
            for (var s : inbox.all().values()) {
                x = x.plus(s.value());
            }
            var share = new NewShare(share(x), made, new TreeMap<>());
            return part.hasPairs()
                    ? new Step.Next<>(Outbox.silence(), new AwaitInvitations(part, share, pairs))
                    : new Step.Next<>(
                            Outbox.toAll(3, new Confirmation(made.d2())),
                            new AwaitConfirmations<>(part.hearing, made, new Step.Done<>(part.received(share))));
        }

        /** DKG-7: x'_j != 0, x'_j*G == X'_j. */
        private KeyShare share(SecretScalar x) throws Disagreement {
            try {
                return new KeyShare(made.sharing(), part.me(), x);
            } catch (UnsoundKey e) {
                throw new Disagreement(Check.DKG_7, 2, e.contradiction());
            }
        }
    }

    private record AwaitInvitations(Receiver part, NewShare share, PairExchanges pairs)
            implements Round<ReceivedShare, Invitation> {
        @Override
        public Expected<Invitation> expects() {
            return Expected.<Invitation>direct(2, payload -> Invitation.read(payload, part.secrets))
                    .from(part.others());
        }

        @Override
        public Step<ReceivedShare> receive(Inbox<Invitation> inbox) throws CeremonyException {
            var invitations = new TreeMap<Integer, PairInvitation>();
            inbox.all().forEach((j, invitation) -> invitations.put(j, invitation.pair()));
            var answers = pairs.answer(2, invitations);
            // round 3: D2 and BOT2 among N
            var say = Outbox.toAll(3, new Confirmation(share.made().d2()))
                    .and(Outbox.toEach(3, part.others(), answers::to));
            var then = new Step.Next<>(Outbox.silence(), new AwaitAnswers(part, share, answers));
            return new Step.Next<>(say, new AwaitConfirmations<>(part.hearing, share.made(), then));
        }
    }

    private record AwaitAnswers(Receiver part, NewShare share, PairExchanges.Answers answers)
            implements Round<ReceivedShare, PairAnswer> {
        @Override
        public Expected<PairAnswer> expects() {
            return Expected.<PairAnswer>direct(3, PairAnswer::read).from(part.others());
        }

        @Override
        public Step<ReceivedShare> receive(Inbox<PairAnswer> inbox) throws CeremonyException {
            return new Step.Done<>(part.received(share.with(answers.finish(3, inbox.all()))));
        }
    }
}
