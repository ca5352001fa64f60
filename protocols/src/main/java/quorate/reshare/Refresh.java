package quorate.reshare;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import quorate.algebra.Draw;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.HashCommitment;
import quorate.algebra.SecretPolynomial;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.commit.Octets;
import quorate.commit.Operation;
import quorate.commit.Participant;
import quorate.dealing.NewShare;
import quorate.dealing.NewSharing;
import quorate.dealing.internal.Announcement;
import quorate.dealing.internal.Commitments;
import quorate.dealing.internal.Confirmation;
import quorate.dealing.internal.Contribution;
import quorate.dealing.internal.Dealing;
import quorate.dealing.internal.Opening;
import quorate.dealing.internal.SecretPoint;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.pair.PairAnswer;
import quorate.pair.PairExchanges;
import quorate.pair.PairInvitation;
import quorate.rounds.Agreement;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Expected;
import quorate.rounds.Inbox;
import quorate.rounds.Outbox;
import quorate.rounds.Round;
import quorate.rounds.Step;

/**
 * Refresh: all n parties of a key replace its sharing by a new one of the same key, so that what was stolen before is worth
 * nothing afterwards.
 *
 * <p>Source: protocols.md 5.1: key generation (1.1) in which everybody shares 0. The parties of an ECDSA key also make the
 * state of every pair anew. Letters: f_i(X) = X·g_i(X) our polynomial, B_i the commitment to g_i, s_ij = f_i(j), x_i^+ =
 * x_i + the sum of the s_ji, D1 and D2 the digests of what was broadcast.
 *
 * <p>Assumes authenticated private channels and signed broadcasts, and that the caller shows the sharing that is its ACTIVE.
 * On abort names whom this party caught; nothing of an aborted run is kept and the old sharing stays as it is. Cost: as key
 * generation.
 */
public final class Refresh {
    private Refresh() {}

    /** params of AGREE: newEpoch, which is empty there, for everybody computes it from what all have said. */
    public static List<byte[]> params() {
        return List.of(new byte[0]);
    }

    /** What a party refuses that has no result: known once all have agreed. */
    public static Operation operation(Agreement agreement) {
        return new Operation(
                agreement.protocolId(),
                Octets.of(agreement.sessionId()),
                Octets.of(agreement.keyId()),
                Octets.of(agreement.shareId()),
                agreement.newEpoch(),
                Octets.EMPTY,
                agreement.participants().stream().map(Participant::of).toList(),
                Octets.EMPTY);
    }

    /**
     * Round 1.
     *
     * @param share of the sharing that was agreed on
     * @param draw hedged with that share
     * @param secrets holds everything secret of this run, and the share and pair states of the result
     * @throws IllegalArgumentException if the share is not of the agreed sharing, or not all n parties take part
     */
    public static Step<NewShare> start(Agreement agreement, KeyShare share, Draw draw, Secrets secrets) {
        var ceremony = new Ceremony(agreement, share, draw.knowing(agreement.ctx()), secrets);
        // f_i(X) = sum_{k=1..t} b_{i,k} X^k, b_{i,k} <- Z_q^*, B_{i,k} = b_{i,k}*G, k = 1..t
        var nonce = ceremony.draw("nonce", Announcement.NONCE_BYTES);
        var g = SecretPolynomial.sample(ceremony.group(), agreement.degree() - 1, ceremony.draw, secrets);
        var blind = ceremony.draw("blind", HashCommitment.BLIND_BYTES);
        // Round 1 [B] ctx, nonce_i, com_i = Commit("dkg/com", ctx, i, ENC(ser(B_{i,1}), .., ser(B_{i,t}))).
        var mine = new Contribution(g, g.commitment(), new byte[0], blind);
        var announcement = mine.announce(agreement.ctx(), agreement.me(), nonce);
        return new Step.Next<>(Outbox.toAll(1, announcement), new AwaitAnnouncements(ceremony, mine));
    }

    private record AwaitAnnouncements(Ceremony ceremony, Contribution mine) implements Round<NewShare, Announcement> {
        @Override
        public Expected<Announcement> expects() {
            return Expected.broadcast(1, Announcement::read);
        }

        @Override
        public Step<NewShare> receive(Inbox<Announcement> inbox) throws CeremonyException {
            var agreement = ceremony.agreement;
            inbox.requireSame(Check.COM_4, (j, a) -> Arrays.equals(a.ctx(), agreement.ctx()));
            // D1 = TH("dkg/d1", ctx, {I2OSP(j,2)||nonce_j||com_j}_j).
            var transcript = Transcript.of("dkg/d1").add(agreement.ctx());
            inbox.all().forEach((j, a) -> transcript.add(Encoding.i2osp(j, 2), a.nonce(), a.commitment()));
            var d1 = transcript.hash();
            // Round 2 [B] D1, B_{i,1..t}, blind, PoK of b_{i,1} (ctx' = D1); P2P s_{i,j} = f_i(j), zseed, BOT1 (ECDSA).
            var opening = mine.open(d1, agreement.me(), ceremony.draw, ceremony.secrets);
            var pairs = ceremony.pairs(d1);
            var points = Outbox.toEach(2, j -> new SecretPoint(ceremony.f(mine, j), pairs.invitation(j)));
            return new Step.Next<>(
                    Outbox.toAll(2, opening).and(points), new AwaitOpenings(ceremony, mine, inbox, d1, pairs));
        }
    }

    private record AwaitOpenings(
            Ceremony ceremony, Contribution mine, Inbox<Announcement> announced, byte[] d1, PairExchanges pairs)
            implements Round<NewShare, Opening> {
        @Override
        public Expected<Opening> expects() {
            return Expected.broadcast(2, payload -> Opening.read(ceremony.dealing(), payload));
        }

        @Override
        public Step<NewShare> receive(Inbox<Opening> inbox) throws CeremonyException {
            inbox.requireEcho(Check.DKG_6, 1, d1, Opening::echo);
            var commitments = new Commitments();
            commitments.put(ceremony.agreement.me(), mine.commitment());
            // Wrong number of points or B_{j,k} = O is rejected (RSH-2).
            ceremony.dealing().examine(inbox, announced, d1, commitments);
            var d2 = Transcript.of("dkg/d2").add(d1);
            inbox.payloads().forEach((j, payload) -> d2.add(Encoding.i2osp(j, 2), payload));
            return new Step.Next<>(Outbox.silence(), new AwaitPoints(ceremony, mine, commitments, d2.hash(), pairs));
        }
    }

    private record AwaitPoints(
            Ceremony ceremony, Contribution mine, Commitments commitments, byte[] d2, PairExchanges pairs)
            implements Round<NewShare, SecretPoint> {
        @Override
        public Expected<SecretPoint> expects() {
            return Expected.direct(2, payload ->
                    SecretPoint.read(ceremony.group(), ceremony.hasPairs(), ceremony.secrets, payload));
        }

        @Override
        public Step<NewShare> receive(Inbox<SecretPoint> inbox) throws CeremonyException {
            int me = ceremony.agreement.me();
            var atMe = ceremony.group().scalar(me);
            // s_{j,i}*G == sum_{k=1..t} i^k B_{j,k} (DKG-5)
            inbox.require(Check.DKG_5, (j, s) -> ceremony.group()
                    .multiplyBase(s.value())
                    .equals(commitments.of(j).at(me).times(atMe)));
            // x_i^+ = x_i + sum_j s_{j,i} (own included)
            var x = ceremony.f(mine, me).plus(ceremony.share.secret());
            for (var s : inbox.all().values()) {
                x = x.plus(s.value());
            }
            var renewal = new Renewal(ceremony.share, ceremony.agreement.newEpoch());
            var share = renewal.share(x, commitments.sum());
            var base = Octets.of(ceremony.agreement.shareId());
            var made = NewSharing.of(ceremony.agreement, share.sharing(), d2, base);
            var invitations = new TreeMap<Integer, PairInvitation>();
            inbox.all().forEach((j, s) -> invitations.put(j, s.invitation()));
            var answers = pairs.answer(2, invitations);
            // Round 3 D2, BOT2.
            var say = Outbox.toAll(3, new Confirmation(d2));
            return new Step.Next<>(
                    answers.isEmpty() ? say : say.and(Outbox.toEach(3, answers::to)),
                    new AwaitConfirmations(new NewShare(share, made, new TreeMap<>()), answers));
        }
    }

    private record AwaitConfirmations(NewShare share, PairExchanges.Answers answers)
            implements Round<NewShare, Confirmation> {
        @Override
        public Expected<Confirmation> expects() {
            return Expected.broadcast(3, Confirmation::read);
        }

        @Override
        public Step<NewShare> receive(Inbox<Confirmation> inbox) throws CeremonyException {
            inbox.requireEcho(Check.DKG_6, 2, share.made().d2(), Confirmation::echo);
            return answers.isEmpty()
                    ? new Step.Done<>(share)
                    : new Step.Next<>(Outbox.silence(), new AwaitAnswers(share, answers));
        }
    }

    private record AwaitAnswers(NewShare share, PairExchanges.Answers answers) implements Round<NewShare, PairAnswer> {
        @Override
        public Expected<PairAnswer> expects() {
            return Expected.direct(3, PairAnswer::read);
        }

        @Override
        public Step<NewShare> receive(Inbox<PairAnswer> inbox) throws CeremonyException {
            return new Step.Done<>(share.with(answers.finish(3, inbox.all())));
        }
    }

    /** What every round needs. */
    private record Ceremony(Agreement agreement, KeyShare share, Draw draw, Secrets secrets) {
        Ceremony {
            var all = new TreeSet<>(IntStream.rangeClosed(1, agreement.n()).boxed().toList());
            if (!agreement.parties().equals(all)) {
                throw new IllegalArgumentException(
                        "all " + agreement.n() + " parties refresh a key, not only " + agreement.parties());
            }
            if (!Arrays.equals(share.sharing().shareId(), agreement.shareId()) || share.index() != agreement.me()) {
                throw new IllegalArgumentException("a share of another sharing or party than was agreed on");
            }
        }

        Group group() {
            return agreement.group();
        }

        boolean hasPairs() {
            return share.sharing().scheme() == Scheme.ECDSA;
        }

        byte[] draw(String name, int bytes) {
            return draw.draw(Draw.For.DKG, Draw.name(name), bytes);
        }

        /** f_i(j) = j·g_i(j). */
        SecretScalar f(Contribution mine, int j) {
            return mine.f().at(j).times(group().scalar(j));
        }

        /** Exactly t points (no k = 0 entry exists in the message, so it cannot be non-zero). */
        Dealing dealing() {
            return Dealing.ofSharing(agreement, agreement.degree());
        }

        /** New pair states for all pairs (gen reset to 0, bound to this D1). */
        PairExchanges pairs(byte[] d1) {
            if (!hasPairs()) {
                return PairExchanges.none();
            }
            var peers = agreement.parties();
            peers.remove(agreement.me());
            return PairExchanges.start(d1, agreement.newEpoch(), 0, agreement.me(), peers, draw, secrets);
        }
    }
}
