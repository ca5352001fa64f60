package quorate.frost;

import java.util.List;
import java.util.TreeMap;
import quorate.algebra.Draw;
import quorate.algebra.Secrets;
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
    private static final int ECHOES = 2;
    static final int SHARES = 3;

    /** An interactive session makes one signature: its item is number 0. */
    private static final int ITEM = 0;

    private static final int ITEMS = 1;

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
        Participation.require(agreement, share);
        var task = Assembly.Task.of(share.sharing(), request);
        var nonces = NonceRound.draw(agreement, share, ITEMS, draw, secrets);
        return new Step.Next<>(
                Outbox.toAll(NonceRound.NUMBER, nonces.announcement()), new AwaitNonces(nonces, share, task));
    }

    private record AwaitNonces(NonceRound nonces, KeyShare share, Assembly.Task task)
            implements Round<byte[], NonceAnnouncement> {
        @Override
        public Expected<NonceAnnouncement> expects() {
            return nonces.expected();
        }

        @Override
        public Step<byte[]> receive(Inbox<NonceAnnouncement> inbox) throws CeremonyException {
            var list = nonces.lists(inbox).getFirst();
            var ctx = nonces.agreement().ctx();
            // Signers echo TH("frost/batch", ctx, presigId_0).
            var presigId = list.presigId(ctx, ITEM);
            var echo = BatchEcho.of(ctx, List.of(presigId));
            var assembly = task.with(list, presigId);
            var mine = sign(assembly);
            return new Step.Next<>(
                    Outbox.toAll(ECHOES, echo).and(Outbox.toAll(SHARES, mine)),
                    new AwaitEchoes(assembly, share.index(), echo, mine));
        }

        /** Claim the nonce pair, compute, check z_i against the equation of 4.4, release, wipe d_i, e_i. */
        private SignatureShare sign(Assembly assembly) throws Refused {
            try (var once = new Secrets()) {
                return assembly.share(share, nonces.nonces().getFirst().claim(once), once);
            }
        }
    }

    private record AwaitEchoes(Assembly assembly, int me, BatchEcho echo, SignatureShare mine)
            implements Round<byte[], BatchEcho> {
        @Override
        public Expected<BatchEcho> expects() {
            return Expected.broadcast(ECHOES, BatchEcho::read);
        }

        @Override
        public Step<byte[]> receive(Inbox<BatchEcho> inbox) throws CeremonyException {
            inbox.requireEcho(Check.FRO_5, NonceRound.NUMBER, echo.digest(), BatchEcho::digest);
            return new Step.Next<>(Outbox.silence(), new AwaitShares(assembly, me, mine));
        }
    }

    private record AwaitShares(Assembly assembly, int me, SignatureShare mine)
            implements Round<byte[], SignatureShare> {
        @Override
        public Expected<SignatureShare> expects() {
            return Expected.broadcast(SHARES, payload -> SignatureShare.read(assembly.group(), payload));
        }

        @Override
        public Step<byte[]> receive(Inbox<SignatureShare> inbox) throws CeremonyException {
            inbox.requireSame(Check.FRO_4, (j, share) -> assembly.concerns(share));
            // Verify the aggregate; on failure verify each share.
            var all = new TreeMap<>(inbox.all());
            all.put(me, mine);
            var signature = assembly.signature(all);
            if (signature.isPresent()) {
                return new Step.Done<>(signature.get());
            }
            inbox.require(Check.FRO_3, assembly::fulfils);
            throw new IllegalStateException("every signature share is right and the signature is not");
        }
    }
}
