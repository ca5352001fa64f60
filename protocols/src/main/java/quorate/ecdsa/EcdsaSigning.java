package quorate.ecdsa;

import java.util.Map;
import quorate.algebra.Draw;
import quorate.algebra.Secrets;
import quorate.key.KeyShare;
import quorate.pair.PairState;
import quorate.rounds.Agreement;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Expected;
import quorate.rounds.Inbox;
import quorate.rounds.Outbox;
import quorate.rounds.Round;
import quorate.rounds.Step;
import quorate.rounds.Workers;

/**
 * Interactive ECDSA signing by exactly the threshold of the parties: a batch of one presignature, used at once.
 * Everybody ends with the signature.
 *
 * <p>Source: protocols.md 3.1 to 3.5 (protocolId 5). What is signed is part of ctx, so it is fixed before R exists. As
 * {@link EcdsaPresigning}, and one latency more; a wrong partial signature names nobody.
 */
public final class EcdsaSigning {
    private static final int PARTIALS = 4;

    private EcdsaSigning() {}

    /**
     * Round 1.
     *
     * @param share of the sharing that {@code agreement} chose
     * @param request what all signers agreed to sign
     * @param lowS whether to choose the smaller of s and q - s
     * @param pairs by peer: the newest pair states that both sides listed
     * @param secrets holds everything secret of this run
     * @return the signature, verified under the key of the request
     * @throws CeremonyException if not exactly the threshold take part, or a pair state is missing
     * @throws IllegalArgumentException if the share does not fit the agreement
     */
    public static Step<EcdsaSignature> start(
            Agreement agreement,
            KeyShare share,
            EcdsaRequest request,
            boolean lowS,
            Map<Integer, PairState> pairs,
            Verdicts verdicts,
            Draw draw,
            Secrets secrets)
            throws CeremonyException {
        var batch = Batch.of(agreement, share, pairs, verdicts, draw, secrets, Workers.none(), 1);
        return Presigning.start(batch, shares -> {
            try (var presignature = shares.getFirst()) {
                var step = FinalStep.of(
                        presignature.presignature(), share.sharing(), agreement.parties(), request);
                var mine = step.partial(presignature);
                return new Step.Next<>(Outbox.toAll(PARTIALS, mine), new AwaitPartials(step, lowS));
            }
        });
    }

    private record AwaitPartials(FinalStep step, boolean lowS) implements Round<EcdsaSignature, PartialSignature> {
        @Override
        public Expected<PartialSignature> expects() {
            var group = step.publicKey().group();
            return Expected.broadcast(PARTIALS, payload -> PartialSignature.read(group, payload));
        }

        @Override
        public Step<EcdsaSignature> receive(Inbox<PartialSignature> inbox) throws CeremonyException {
            // Views first: honest signers may have been told different things.
            inbox.requireSame(Check.SIG_10, (j, partial) -> step.isAnswered(partial));
            inbox.require(Check.COM_3, (j, partial) -> partial.isCanonical(step.publicKey().group()));
            return new Step.Done<>(step.combine(inbox.all(), lowS));
        }
    }
}
