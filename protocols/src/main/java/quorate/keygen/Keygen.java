package quorate.keygen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.TreeMap;
import quorate.algebra.Draw;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.HashCommitment;
import quorate.algebra.PublicPolynomial;
import quorate.algebra.SecretPolynomial;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.commit.Octets;
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
import quorate.key.Sharing;
import quorate.key.UnsoundKey;
import quorate.pair.PairAnswer;
import quorate.pair.PairExchanges;
import quorate.pair.PairInvitation;
import quorate.rounds.Agreement;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;
import quorate.rounds.Expected;
import quorate.rounds.Inbox;
import quorate.rounds.Outbox;
import quorate.rounds.Round;
import quorate.rounds.Step;

/**
 * Distributed key generation without a dealer: all n parties, threshold degree+1.
 *
 * <p>Source: protocols.md 1.1, which is Feldman sharing with commit-then-open and a proof of possession. The parties of an
 * ECDSA key also make the state of every pair (1.3) on the way.
 * Letters: f our polynomial, A_i its commitment, s_ij = f_i(j), x_i the sum of the s_ji, D1 and D2 the digests
 * of what was broadcast.
 *
 * <p>Assumes authenticated private channels and signed broadcasts. On abort names whom this party caught;
 * nothing of an aborted run is kept. Cost: 3 rounds, n-1 private messages, O(n·degree) point
 * multiplications; for ECDSA about 900 P-256 multiplications more for each other party.
 */
public final class Keygen {
    /** Of a new key. */
    private static final long EPOCH = 0;

    private Keygen() {}

    /**
     * Round 1.
     *
     * @param secrets holds everything secret of this run, and the share and pair states of the result
     * @throws IllegalArgumentException if the key cannot be made so, or not all n players take part
     */
    public static Step<NewShare> start(Agreement agreement, Draw draw, Secrets secrets) {
        var ceremony = new Ceremony(agreement, draw.knowing(agreement.ctx()), secrets);
        // nonce_i <- 32B; f_i(X) = sum_{k=0..t} a_{i,k} X^k, a_{i,k} <- Z_q^*; cc_i <- 32B.
        var nonce = ceremony.draw("nonce", Announcement.NONCE_BYTES);
        var f = SecretPolynomial.sample(agreement.group(), agreement.degree(), ceremony.draw, secrets);
        var commitment = f.commitment();
        var chainCode = ceremony.draw("cc", Sharing.CHAIN_CODE_BYTES);
        var blind = ceremony.draw("blind", HashCommitment.BLIND_BYTES);
        // com_i = Commit("dkg/com", ctx, i, ENC(ser(A_{i,0}), .., ser(A_{i,t}), cc_i)). Send ctx, nonce_i, com_i.
        var mine = new Contribution(f, commitment, chainCode, blind);
        var announcement = mine.announce(agreement.ctx(), agreement.me(), nonce);
        return new Step.Next<>(Outbox.toAll(1, announcement), new AwaitAnnouncements(ceremony, mine));
    }

    private record AwaitAnnouncements(Ceremony ceremony, Contribution mine)
            implements Round<NewShare, Announcement> {
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
            // Round 2 [B]: D1, A_{i,0..t}, cc_i, blind_i, PoK_i of a_{i,0} with ctx' = D1.
            var opening = mine.open(d1, agreement.me(), ceremony.draw, ceremony.secrets);
            // P2P to j: s_{i,j} = f_i(j); ECDSA additionally zseed_{i->j} <- 32B and BOT1 with Alice = i, Bob = j.
            var pairs = ceremony.pairs(d1);
            var points = Outbox.toEach(2, j -> new SecretPoint(mine.f().at(j), pairs.invitation(j)));
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
            var agreement = ceremony.agreement;
            inbox.requireEcho(Check.DKG_6, 1, d1, Opening::echo);
            var commitments = new Commitments();
            commitments.put(agreement.me(), mine.commitment());
            ceremony.dealing().examine(inbox, announced, d1, commitments); // DKG-1 to DKG-4
            // cc = TH("dkg/cc", D1, cc_1, .., cc_n); D2 = TH("dkg/d2", D1, {I2OSP(j,2) || broadcast of j}_j).
            var chainCode = Transcript.of("dkg/cc").add(d1);
            inbox.all().values().forEach(opening -> chainCode.add(opening.chainCode()));
            var d2 = Transcript.of("dkg/d2").add(d1);
            inbox.payloads().forEach((j, payload) -> d2.add(Encoding.i2osp(j, 2), payload));
            return new Step.Next<>(
                    Outbox.silence(),
                    new AwaitPoints(ceremony, mine.f(), commitments, chainCode.hash(), d2.hash(), pairs));
        }
    }

    private record AwaitPoints(
            Ceremony ceremony,
            SecretPolynomial f,
            Commitments commitments,
            byte[] chainCode,
            byte[] d2,
            PairExchanges pairs)
            implements Round<NewShare, SecretPoint> {
        @Override
        public Expected<SecretPoint> expects() {
            return Expected.direct(2, payload ->
                    SecretPoint.read(ceremony.group(), ceremony.hasPairs(), ceremony.secrets, payload));
        }

        @Override
        public Step<NewShare> receive(Inbox<SecretPoint> inbox) throws CeremonyException {
            int me = ceremony.agreement.me();
            inbox.require(
                    Check.DKG_5,
                    (j, s) -> ceremony.group().multiplyBase(s.value()).equals(commitments.of(j).at(me)));
            // x_i = sum_j s_{j,i} with s_{i,i} = f_i(i); A_k = sum_j A_{j,k} over all j including myself.
            SecretScalar x = f.at(me);
            for (var s : inbox.all().values()) {
                x = x.plus(s.value());
            }
            var share = ceremony.share(x, commitments.sum(), chainCode);
            var made = NewSharing.of(ceremony.agreement, share.sharing(), d2, Octets.EMPTY);
            var key = new NewShare(share, made, new TreeMap<>());
            var invitations = new TreeMap<Integer, PairInvitation>();
            inbox.all().forEach((j, s) -> invitations.put(j, s.invitation()));
            var answers = pairs.answer(2, invitations);
            // Round 3 [B]: D2. P2P (ECDSA): BOT2 with Bob = i, Alice = j.
            var say = Outbox.toAll(3, new Confirmation(d2));
            return new Step.Next<>(
                    answers.isEmpty() ? say : say.and(Outbox.toEach(3, answers::to)),
                    new AwaitConfirmations(key, answers));
        }
    }

    private record AwaitConfirmations(NewShare key, PairExchanges.Answers answers)
            implements Round<NewShare, Confirmation> {
        @Override
        public Expected<Confirmation> expects() {
            return Expected.broadcast(3, Confirmation::read);
        }

        @Override
        public Step<NewShare> receive(Inbox<Confirmation> inbox) throws CeremonyException {
            inbox.requireEcho(Check.DKG_6, 2, key.made().d2(), Confirmation::echo);
            return answers.isEmpty()
                    ? new Step.Done<>(key)
                    : new Step.Next<>(Outbox.silence(), new AwaitAnswers(key, answers));
        }
    }

    private record AwaitAnswers(NewShare key, PairExchanges.Answers answers)
            implements Round<NewShare, PairAnswer> {
        @Override
        public Expected<PairAnswer> expects() {
            return Expected.direct(3, PairAnswer::read);
        }

        @Override
        public Step<NewShare> receive(Inbox<PairAnswer> inbox) throws CeremonyException {
            return new Step.Done<>(key.with(answers.finish(3, inbox.all())));
        }
    }

    /** What every round needs. */
    private record Ceremony(Agreement agreement, Draw draw, Secrets secrets) {
        Ceremony {
            var all = new ArrayList<Integer>();
            for (int i = 1; i <= agreement.n(); i++) {
                all.add(i);
            }
            if (!all.equals(new ArrayList<>(agreement.parties()))) {
                throw new IllegalArgumentException("all " + agreement.n() + " players make a key, not only "
                        + agreement.parties());
            }
            if (!Scheme.of(agreement.scheme()).isDefinedOver(agreement.group())) {
                throw new IllegalArgumentException(
                        "no " + Scheme.of(agreement.scheme()) + " on " + agreement.group().name());
            }
        }

        boolean hasPairs() {
            return Scheme.of(agreement.scheme()) == Scheme.ECDSA;
        }

        PairExchanges pairs(byte[] d1) {
            if (!hasPairs()) {
                return PairExchanges.none();
            }
            var peers = agreement.parties();
            peers.remove(agreement.me());
            return PairExchanges.start(d1, EPOCH, 0, agreement.me(), peers, draw, secrets);
        }

        Dealing dealing() {
            return Dealing.ofKey(agreement);
        }

        Group group() {
            return agreement.group();
        }

        byte[] draw(String name, int bytes) {
            return draw.draw(Draw.For.DKG, Draw.name(name), bytes);
        }

        /** DKG-7: no A_k or X_j = O, x_i != 0, x_i*G == X_i. */
        KeyShare share(SecretScalar x, PublicPolynomial commitment, byte[] chainCode) throws Disagreement {
            try {
                var sharing = new Sharing(
                        agreement.keyId(), Scheme.of(agreement.scheme()), agreement.n(), EPOCH, chainCode, commitment);
                return new KeyShare(sharing, agreement.me(), x);
            } catch (UnsoundKey e) {
                throw new Disagreement(Check.DKG_7, 2, e.contradiction());
            }
        }
    }
}
