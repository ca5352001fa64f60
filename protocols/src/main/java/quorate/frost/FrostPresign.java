package quorate.frost;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import quorate.algebra.Draw;
import quorate.algebra.Encoding;
import quorate.algebra.Secrets;
import quorate.key.KeyShare;
import quorate.presign.Kind;
import quorate.presign.Origin;
import quorate.presign.PresignatureId;
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
 * FROST presignatures, up to 64 in one session: everybody shows nonces for signatures of messages yet unknown.
 *
 * <p>Source: protocols.md 4.2. Letters: d, e our nonces and D, E their points; CL everybody's points of one item.
 *
 * <p>Assumes signed broadcasts: whoever shows different nonces to different parties is named by the session (COM-8).
 * Ends with the complete batch or with none. Cost: 2 latencies, 2 base multiplications per item.
 */
public final class FrostPresign {
    /** Items per session, of protocols.md 0.1. */
    public static final int MAX_ITEMS = 64;

    private static final int ECHOES = 2;

    private FrostPresign() {}

    /** The params of protocolId 6 (protocols.md 0.4). */
    public static List<byte[]> params(int items) {
        return List.of(Encoding.i2osp(items, 4));
    }

    /**
     * Round 1.
     *
     * @param share of the sharing that {@code agreement} chose
     * @param items how many, as the agreed params say
     * @param time now: the age of the presignatures
     * @param secrets holds everything secret of this run; the presignatures have secrets of their own
     * @return the batch, to be put into a pool at once
     * @throws Refused if fewer than the threshold take part, or {@code items} is not 1 to 64
     * @throws IllegalArgumentException if the share does not fit the agreement
     */
    public static Step<List<FrostPresignature>> start(
            Agreement agreement, KeyShare share, int items, Instant time, Draw draw, Secrets secrets) throws Refused {
        Participation.require(agreement, share);
        if (items < 1 || items > MAX_ITEMS) {
            throw new Refused(Check.COM_5, "a session makes 1 to " + MAX_ITEMS + " presignatures, not " + items);
        }
        var nonces = NonceRound.draw(agreement, share, items, draw, secrets);
        var origin = Origin.of(Kind.FROST, agreement, time);
        return new Step.Next<>(
                Outbox.toAll(NonceRound.NUMBER, nonces.announcement()), new AwaitNonces(nonces, origin));
    }

    private record AwaitNonces(NonceRound nonces, Origin origin)
            implements Round<List<FrostPresignature>, NonceAnnouncement> {
        @Override
        public Expected<NonceAnnouncement> expects() {
            return nonces.expected();
        }

        @Override
        public Step<List<FrostPresignature>> receive(Inbox<NonceAnnouncement> inbox) throws CeremonyException {
            var lists = nonces.lists(inbox);
            var ctx = nonces.agreement().ctx();
            var ids = new ArrayList<byte[]>();
            for (int k = 0; k < lists.size(); k++) {
                ids.add(lists.get(k).presigId(ctx, k));
            }
            // Signers echo TH("frost/batch", ctx, presigId_0, .., presigId_{B-1}).
            var echo = BatchEcho.of(ctx, ids);
            return new Step.Next<>(
                    Outbox.toAll(ECHOES, echo), new AwaitEchoes(nonces.nonces(), origin, lists, ids, echo));
        }
    }

    private record AwaitEchoes(
            List<NoncePair> nonces, Origin origin, List<CommitmentList> lists, List<byte[]> ids, BatchEcho echo)
            implements Round<List<FrostPresignature>, BatchEcho> {
        @Override
        public Expected<BatchEcho> expects() {
            return Expected.broadcast(ECHOES, BatchEcho::read);
        }

        @Override
        public Step<List<FrostPresignature>> receive(Inbox<BatchEcho> inbox) throws CeremonyException {
            // The batch enters the pool only if all are equal.
            inbox.requireEcho(Check.FRO_5, NonceRound.NUMBER, echo.digest(), BatchEcho::digest);
            var batch = new ArrayList<FrostPresignature>();
            for (int k = 0; k < nonces.size(); k++) {
                batch.add(FrostPresignature.of(
                        PresignatureId.of(ids.get(k)), origin, lists.get(k), nonces.get(k)));
            }
            return new Step.Done<>(List.copyOf(batch));
        }
    }
}
