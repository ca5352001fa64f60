package quorate.ecdsa;

import java.util.List;
import java.util.Map;
import quorate.algebra.Draw;
import quorate.algebra.Secrets;
import quorate.key.KeyShare;
import quorate.pair.PairState;
import quorate.rounds.Agreement;
import quorate.rounds.CeremonyException;
import quorate.rounds.Step;
import quorate.rounds.Workers;

/**
 * Makes a batch of presignatures, by exactly the threshold of the parties, before it is known what they will sign.
 *
 * <p>Source: protocols.md 3.1 to 3.4 (protocolId 4), after Doerner, Kondi, Lee and shelat, ePrint 2023/765, corrected.
 * Assumes signed broadcasts and one {@link Verdicts} per key and process. On abort: names whom this party caught;
 * OTE-2, VOLE-2, SIG-4 and SIG-5 have banned the pair by then. Cost per item and peer: 3 latencies, 89 kB each way,
 * 23 000 hash blocks.
 */
public final class EcdsaPresigning {
    private EcdsaPresigning() {}

    /**
     * Round 1.
     *
     * @param share of the sharing that {@code agreement} chose
     * @param pairs by peer: the newest pair states that both sides listed
     * @param secrets holds everything secret of this run; the shares that come out have scopes of their own
     * @param workers on which items are computed
     * @param items 1 to 64, as agreed
     * @return the shares of all items, in their order
     * @throws CeremonyException if not exactly the threshold take part, or a pair state is missing
     * @throws IllegalArgumentException if share or batch do not fit the agreement
     */
    public static Step<List<PresignatureShare>> start(
            Agreement agreement,
            KeyShare share,
            Map<Integer, PairState> pairs,
            Verdicts verdicts,
            Draw draw,
            Secrets secrets,
            Workers workers,
            int items)
            throws CeremonyException {
        var batch = Batch.of(agreement, share, pairs, verdicts, draw, secrets, workers, items);
        return Presigning.start(batch, Step.Done::new);
    }
}
