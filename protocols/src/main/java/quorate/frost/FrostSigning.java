package quorate.frost;

import java.util.Arrays;
import java.util.TreeMap;
import quorate.algebra.Draw;
import quorate.algebra.Group;
import quorate.algebra.Scalar;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.key.KeyShare;
import quorate.rounds.Agreement;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Expected;
import quorate.rounds.Inbox;
import quorate.rounds.Outbox;
import quorate.rounds.Refused;
import quorate.rounds.Round;
import quorate.rounds.Step;

/**
 * Interactive FROST signing by any threshold or more of the parties; everybody ends with the signature.
 *
 * <p>Source: protocols.md 4 and RFC 9591. Letters: d, e our nonces and D, E their points, rho the binding factors,
 * R the nonce of the signature, c the challenge, z our share of it; x', X', pk' belong to the effective key.
 *
 * <p>Assumes signed broadcasts. A wrong share names its sender; different views name nobody, for honest signers may
 * have been told different things. Nonces are used once, whatever happens. Cost: 2 latencies, O(|P|) point
 * multiplications.
 */
public final class FrostSigning {
    private static final int NONCES = 1;
    private static final int ECHOES = 2;
    static final int SHARES = 3;

    /** An interactive session makes one signature: its item is number 0. */
    private static final int ITEM = 0;

    private FrostSigning() {}

    /**
     * Round 1.
     *
     * @param share of the sharing that {@code agreement} chose
     * @param request what all signers agreed to sign
     * @param secrets holds everything secret of this run
     * @return the signature, encoded as protocols.md 4.3 says, verified under the effective key
     * @throws Refused if fewer than the threshold take part
     * @throws IllegalArgumentException if share or request do not fit the agreement
     */
    public static Step<byte[]> start(
            Agreement agreement, KeyShare share, SigningRequest request, Draw draw, Secrets secrets) throws Refused {
        var sharing = share.sharing();
        requireSame("group", agreement.group().equals(sharing.group()));
        requireSame("scheme", agreement.scheme() == sharing.scheme().code());
        requireSame("key id", Arrays.equals(agreement.keyId(), sharing.keyId()));
        requireSame("sharing", Arrays.equals(agreement.shareId(), sharing.shareId()));
        requireSame("party", agreement.me() == share.index());
        var signers = agreement.parties();
        if (signers.size() < sharing.threshold()) {
            throw new Refused(Check.COM_5, signers.size() + " parties sign, " + sharing.threshold() + " needed");
        }
        if (signers.getFirst() < 1 || signers.getLast() > sharing.players()) {
            throw new Refused(Check.COM_5, "not all of " + signers + " are among 1 to " + sharing.players());
        }
        var suite = Suite.of(sharing.scheme(), sharing.group());
        var key = EffectiveKey.of(suite, sharing.publicKey(), request);
        var nonces = NoncePair.draw(suite, share.secret(), ITEM, draw.knowing(agreement.ctx()), secrets);
        var mine = new NonceAnnouncement(agreement.ctx(), nonces.points().encode());
        var session = new Session(agreement, share, request, suite, key);
        return new Step.Next<>(Outbox.toAll(NONCES, mine), new AwaitNonces(session, nonces));
    }

    private static void requireSame(String what, boolean same) {
        if (!same) {
            throw new IllegalArgumentException("the share has another " + what + " than the agreement");
        }
    }

    private record AwaitNonces(Session session, NoncePair nonces) implements Round<byte[], NonceAnnouncement> {
        @Override
        public Expected<NonceAnnouncement> expects() {
            return Expected.broadcast(NONCES, payload -> NonceAnnouncement.read(session.group(), payload));
        }

        @Override
        public Step<byte[]> receive(Inbox<NonceAnnouncement> inbox) throws CeremonyException {
            var ctx = session.agreement.ctx();
            inbox.requireSame(Check.COM_4, (j, announcement) -> Arrays.equals(announcement.ctx(), ctx));
            var commitments = new TreeMap<Integer, NoncePoints>();
            inbox.require(Check.FRO_1, (j, announcement) -> {
                var points = announcement.points(session.group());
                points.ifPresent(decoded -> commitments.put(j, decoded));
                return points.isPresent();
            });
            commitments.put(session.me(), nonces.points());
            var list = new CommitmentList(session.group(), commitments);
            if (!Arrays.equals(inbox.of(session.me()).points(), nonces.points().encode())
                    || !list.signers().equals(session.agreement.parties())) {
                throw new Refused(Check.FRO_1, "the commitments are not mine and those of the other signers");
            }
            // Signers echo TH("frost/batch", ctx, presigId_0).
            var presigId = list.presigId(ctx, ITEM);
            var digest = Transcript.of("frost/batch").add(ctx).add(presigId).hash();
            var binding = Binding.of(session.suite, list, session.key, session.request.message());
            var mine = new SignatureShare(
                    presigId, session.request.digest(presigId), sign(binding).encode());
            return new Step.Next<>(
                    Outbox.toAll(ECHOES, new BatchEcho(digest)).and(Outbox.toAll(SHARES, mine)),
                    new AwaitEchoes(session, binding, digest, mine));
        }

        /** Claim the nonce pair, compute, check z_i against the equation of 4.4, release, wipe d_i, e_i. */
        private Scalar sign(Binding binding) throws Refused {
            try (var once = new Secrets()) {
                var z = binding.share(session.me(), session.share.secret(), nonces.claim(once), once);
                if (!session.fulfils(binding, session.me(), z)) {
                    throw new IllegalStateException("my own signature share is wrong");
                }
                return z;
            }
        }
    }

    private record AwaitEchoes(Session session, Binding binding, byte[] digest, SignatureShare mine)
            implements Round<byte[], BatchEcho> {
        @Override
        public Expected<BatchEcho> expects() {
            return Expected.broadcast(ECHOES, BatchEcho::read);
        }

        @Override
        public Step<byte[]> receive(Inbox<BatchEcho> inbox) throws CeremonyException {
            inbox.requireEcho(Check.FRO_5, NONCES, digest, BatchEcho::digest);
            return new Step.Next<>(Outbox.silence(), new AwaitShares(session, binding, mine));
        }
    }

    private record AwaitShares(Session session, Binding binding, SignatureShare mine)
            implements Round<byte[], SignatureShare> {
        @Override
        public Expected<SignatureShare> expects() {
            return Expected.broadcast(SHARES, payload -> SignatureShare.read(session.group(), payload));
        }

        @Override
        public Step<byte[]> receive(Inbox<SignatureShare> inbox) throws CeremonyException {
            inbox.requireSame(Check.FRO_4, (j, share) -> Arrays.equals(share.presigId(), mine.presigId())
                    && Arrays.equals(share.request(), mine.request()));
            // Verify the aggregate; on failure verify each share.
            var all = new TreeMap<>(inbox.all());
            all.put(session.me(), mine);
            var z = session.group().scalar(0);
            boolean canonical = true;
            for (var share : all.values()) {
                var decoded = share.share(session.group());
                canonical &= decoded.isPresent();
                z = decoded.map(z::plus).orElse(z);
            }
            var signature = SchnorrSignature.encode(session.suite, binding.nonce(), z);
            if (canonical && session.verifies(signature)) {
                return new Step.Done<>(signature);
            }
            inbox.require(Check.FRO_3, (j, share) -> share.share(session.group())
                    .filter(zj -> session.fulfils(binding, j, zj))
                    .isPresent());
            throw new IllegalStateException("every signature share is right and the signature is not");
        }
    }

    /** What every round needs. */
    private record Session(
            Agreement agreement, KeyShare share, SigningRequest request, Suite suite, EffectiveKey key) {
        Group group() {
            return suite.group();
        }

        int me() {
            return share.index();
        }

        boolean fulfils(Binding binding, int party, Scalar z) {
            return binding.fulfils(party, z, share.sharing().publicShare(party));
        }

        boolean verifies(byte[] signature) {
            return SchnorrSignature.verifies(suite, key.publicKey(), request.message(), signature);
        }
    }
}
