package quorate.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import quorate.algebra.Draw;
import quorate.algebra.Encoding;
import quorate.algebra.HashCommitment;
import quorate.algebra.Point;
import quorate.algebra.PublicPolynomial;
import quorate.algebra.SecretPolynomial;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.dealing.internal.Announcement;
import quorate.dealing.internal.Commitments;
import quorate.dealing.internal.Confirmation;
import quorate.dealing.internal.Contribution;
import quorate.dealing.internal.Dealing;
import quorate.dealing.internal.Opening;
import quorate.dealing.internal.SecretPoint;
import quorate.derive.Path;
import quorate.key.KeyShare;
import quorate.key.Sharing;
import quorate.key.UnsoundKey;
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
 * The session of an export: at least threshold-many parties of a key make new shares of it, which are kept nowhere.
 *
 * <p>Source: protocols.md 7.2: "Rounds 1-2 and the D2 of round 3 are those of 5.1 among participants S, without pair setup,
 * and nothing is stored: y_i = x_i + sum_{j in S} s_{j,i}". Letters: f_i(X) = X·g_i(X) our polynomial, B_i the commitment to
 * g_i, s_ij = f_i(j), y_i the exported share and Y_i = y_i·G, D1 and D2 the digests of what was broadcast.
 *
 * <p>Assumes authenticated private channels and signed broadcasts, and that the caller approved this request (EXP-1, EXP-3)
 * before. Yields nothing until the D2 of all participants are equal (EXP-4). Whoever takes part learns its own y_i and no
 * other. Cost: as a refresh without pairs.
 */
public final class Export {
    private static final int OPENED = 2;

    private Export() {}

    /**
     * Round 1.
     *
     * @param share of the sharing that was agreed on
     * @param path of the key that is exported from that of the share
     * @param draw hedged with that share
     * @param secrets holds everything secret of this run, and y_i
     * @throws IllegalArgumentException if the share is not of the agreed sharing, or there is no such derived key
     */
    public static Step<ExportedShare> start(
            Agreement agreement, KeyShare share, Path path, Draw draw, Secrets secrets) {
        var ceremony = new Ceremony(agreement, share, path, draw.knowing(agreement.ctx()), secrets);
        // f_i(X) = sum_{k=1..t} b_{i,k} X^k, b_{i,k} <- Z_q^*, B_{i,k} = b_{i,k}*G, k = 1..t
        var nonce = ceremony.draw("nonce", Announcement.NONCE_BYTES);
        var g = SecretPolynomial.sample(agreement.group(), agreement.degree() - 1, ceremony.draw, secrets);
        var blind = ceremony.draw("blind", HashCommitment.BLIND_BYTES);
        // Round 1 [B] ctx, nonce_i, com_i = Commit("dkg/com", ctx, i, ENC(ser(B_{i,1}), .., ser(B_{i,t}))).
        var mine = new Contribution(g, g.commitment(), new byte[0], blind);
        var announcement = mine.announce(agreement.ctx(), agreement.me(), nonce);
        return new Step.Next<>(Outbox.toAll(1, announcement), new AwaitAnnouncements(ceremony, mine));
    }

    private record AwaitAnnouncements(Ceremony ceremony, Contribution mine)
            implements Round<ExportedShare, Announcement> {
        @Override
        public Expected<Announcement> expects() {
            return Expected.broadcast(1, Announcement::read);
        }

        @Override
        public Step<ExportedShare> receive(Inbox<Announcement> inbox) throws CeremonyException {
            var agreement = ceremony.agreement;
            inbox.requireSame(Check.COM_4, (j, a) -> Arrays.equals(a.ctx(), agreement.ctx()));
            // D1 = TH("dkg/d1", ctx, {I2OSP(j,2)||nonce_j||com_j}_j).
            var transcript = Transcript.of("dkg/d1").add(agreement.ctx());
            inbox.all().forEach((j, a) -> transcript.add(Encoding.i2osp(j, 2), a.nonce(), a.commitment()));
            var d1 = transcript.hash();
            // Round 2 [B] D1, B_{i,1..t}, blind, PoK of b_{i,1} (ctx' = D1); P2P s_{i,j} = f_i(j).
            var opening = mine.open(d1, agreement.me(), ceremony.draw, ceremony.secrets);
            var points = Outbox.toEach(2, j -> new SecretPoint(ceremony.f(mine, j)));
            return new Step.Next<>(
                    Outbox.toAll(2, opening).and(points), new AwaitOpenings(ceremony, mine, inbox, d1));
        }
    }

    private record AwaitOpenings(
            Ceremony ceremony, Contribution mine, Inbox<Announcement> announced, byte[] d1)
            implements Round<ExportedShare, Opening> {
        @Override
        public Expected<Opening> expects() {
            return Expected.broadcast(2, payload -> Opening.read(ceremony.dealing(), payload));
        }

        @Override
        public Step<ExportedShare> receive(Inbox<Opening> inbox) throws CeremonyException {
            inbox.requireEcho(Check.DKG_6, 1, d1, Opening::echo);
            var commitments = new Commitments();
            commitments.put(ceremony.agreement.me(), mine.commitment());
            // Wrong number of points or B_{j,k} = O is rejected (RSH-2).
            ceremony.dealing().examine(inbox, announced, d1, commitments);
            var d2 = Transcript.of("dkg/d2").add(d1);
            inbox.payloads().forEach((j, payload) -> d2.add(Encoding.i2osp(j, 2), payload));
            return new Step.Next<>(
                    Outbox.silence(), new AwaitPoints(ceremony, mine, commitments, d1, d2.hash()));
        }
    }

    private record AwaitPoints(
            Ceremony ceremony, Contribution mine, Commitments commitments, byte[] d1, byte[] d2)
            implements Round<ExportedShare, SecretPoint> {
        @Override
        public Expected<SecretPoint> expects() {
            return Expected.direct(2, payload ->
                    SecretPoint.read(ceremony.agreement.group(), false, ceremony.secrets, payload));
        }

        @Override
        public Step<ExportedShare> receive(Inbox<SecretPoint> inbox) throws CeremonyException {
            var group = ceremony.agreement.group();
            int me = ceremony.agreement.me();
            var atMe = group.scalar(me);
            // s_{j,i}*G == sum_{k=1..t} i^k B_{j,k} (DKG-5)
            inbox.require(Check.DKG_5, (j, s) -> group.multiplyBase(s.value())
                    .equals(commitments.of(j).at(me).times(atMe)));
            // y_i = x_i + sum_{j in S} s_{j,i}
            var y = ceremony.f(mine, me).plus(ceremony.share.secret());
            for (var s : inbox.all().values()) {
                y = y.plus(s.value());
            }
            var exported = ceremony.exported(y, commitments.sum(), d1);
            return new Step.Next<>(
                    Outbox.toAll(3, new Confirmation(d2)), new AwaitConfirmations(exported, d2));
        }
    }

    /** "A node outputs only after the D2 of all S are equal (EXP-4)." */
    private record AwaitConfirmations(ExportedShare exported, byte[] d2)
            implements Round<ExportedShare, Confirmation> {
        @Override
        public Expected<Confirmation> expects() {
            return Expected.broadcast(3, Confirmation::read);
        }

        @Override
        public Step<ExportedShare> receive(Inbox<Confirmation> inbox) throws CeremonyException {
            inbox.requireEcho(Check.EXP_4, 2, d2, Confirmation::echo);
            return new Step.Done<>(exported);
        }
    }

    /** What every round needs. */
    private record Ceremony(Agreement agreement, KeyShare share, Path path, Draw draw, Secrets secrets) {
        Ceremony {
            if (agreement.parties().size() <= agreement.degree()) {
                throw new IllegalArgumentException("threshold-many parties export a key, not " + agreement.parties());
            }
            if (!Arrays.equals(share.sharing().shareId(), agreement.shareId()) || share.index() != agreement.me()) {
                throw new IllegalArgumentException("a share of another sharing or party than was agreed on");
            }
        }

        byte[] draw(String name, int bytes) {
            return draw.draw(Draw.For.DKG, Draw.name(name), bytes);
        }

        /** f_i(j) = j·g_i(j). */
        SecretScalar f(Contribution mine, int j) {
            return mine.f().at(j).times(agreement.group().scalar(j));
        }

        /** Exactly t points (no k = 0 entry exists in the message, so it cannot be non-zero). */
        Dealing dealing() {
            return Dealing.ofSharing(agreement, agreement.degree());
        }

        /** "Y_k for all k = 1..n recomputed from A_k + sum_j B_{j,k} and y_i*G == Y_i checked." */
        ExportedShare exported(SecretScalar y, PublicPolynomial added, byte[] d1) throws Disagreement {
            var old = share.sharing();
            var points = new ArrayList<Point>();
            points.add(old.publicKey());
            for (int k = 1; k <= old.degree(); k++) {
                points.add(old.commitment().coefficients().get(k).plus(added.coefficients().get(k - 1)));
            }
            try {
                var sharing = new Sharing(
                        old.keyId(),
                        old.scheme(),
                        old.players(),
                        old.epoch(),
                        old.chainCode(),
                        new PublicPolynomial(points));
                return ExportedShare.of(new KeyShare(sharing, share.index(), y), d1, path);
            } catch (UnsoundKey e) {
                throw new Disagreement(Check.RSH_3, OPENED, e.contradiction());
            }
        }
    }
}
