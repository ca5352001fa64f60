package quorate.frost;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quorate.algebra.Groups;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.key.Scheme;
import quorate.rounds.Agreement;
import quorate.rounds.Check;
import quorate.rounds.Entry;
import quorate.rounds.HedgedDraw;
import quorate.rounds.Operation;
import quorate.rounds.Outbox;
import quorate.rounds.Step;
import quorate.table.Agreements;
import quorate.testkit.simulation.Fault;
import quorate.testkit.simulation.Simulation;
import quorate.testkit.verify.IndependentVerifier;

/** Presigning in real sessions: agreement, signed broadcasts, hedged randomness, a bad network. */
class FrostPresignSimulation {
    private static final Set<Integer> SIGNERS = Set.of(1, 2, 3);
    private static final int ITEMS = 4;

    private final Secrets scope = new Secrets();
    private final Presigners presigners = new Presigners(Suite.ED25519, 4, 1, scope);
    private final byte[] pk = presigners.sharing().publicKey().encode();

    @AfterEach
    void wipe() {
        scope.close();
    }

    private Simulation<List<FrostPresignature>> presigning() {
        return Simulation.<List<FrostPresignature>>signing(
                        Operation.FROST_PRESIGN,
                        4,
                        2,
                        SIGNERS,
                        (party, draw, secrets) -> agreement -> FrostPresign.start(
                                agreement, presigners.share(party), ITEMS, Presigners.TIME, draw, secrets))
                .proposing(draft -> draft.group(Groups.ED25519, Scheme.SCHNORR.code())
                        .sharing(0, presigners.sharing().shareId(), pk)
                        .params(FrostPresign.params(ITEMS).toArray(byte[][]::new)));
    }

    @Test
    void everyPartyHoldsTheSameBatchInWhateverOrderMessagesArrive() throws Exception {
        for (long seed = 1; seed <= 10; seed++) {
            assertUsable(presigning().seed(seed).reorder().abortsOvertake().run().allFinish());
        }
    }

    @Test
    void namesThePartyThatShowsDifferentNonces() {
        var g = Groups.ED25519.generator().encode();
        presigning()
                .whenever(3, NonceAnnouncement.class, (recipient, announcement) -> {
                    var points = announcement.points().clone();
                    System.arraycopy(g, 0, points, (2 * ITEMS - 1) * g.length, g.length);
                    return recipient == 2 ? new NonceAnnouncement(announcement.ctx(), points) : announcement;
                })
                .run()
                .everyHonestParty()
                .blames(Check.COM_8, 3);
    }

    /** Who says that it saw something else is not believed, and nobody is blamed. */
    @Test
    void blamesNobodyWhereADigestIsALie() {
        presigning()
                .whenever(3, BatchEcho.class, echo -> new BatchEcho(new byte[32]))
                .run()
                .everyHonestParty()
                .fails(Check.FRO_5);
    }

    @Test
    void findsAnotherBatchSizeBeforeAnythingIsShown() {
        presigning()
                .proposing(2, draft -> draft.params(FrostPresign.params(ITEMS + 1).toArray(byte[][]::new)))
                .run()
                .everyHonestParty()
                .fails(Check.COM_6);
    }

    /** Whoever has a batch has all of it, and those who have it can sign. */
    @ParameterizedTest
    @EnumSource(Fault.class)
    void noSingleFaultMakesHalfABatchOrHangs(Fault fault) throws Exception {
        int frames = presigning().run().frames();
        for (int frame = 1; frame <= frames; frame++) {
            var results = presigning().with(fault, frame).run().results();
            assertThat(results.values()).allSatisfy(batch -> assertThat(batch).hasSize(ITEMS));
            if (results.size() == SIGNERS.size()) {
                assertUsable(results);
            }
        }
    }

    private void assertUsable(SortedMap<Integer, List<FrostPresignature>> batches) throws Exception {
        assertThat(batches.keySet()).isEqualTo(SIGNERS);
        int last = ITEMS - 1;
        var request = presigners.request("message");
        var shares = new TreeMap<Integer, PresignedShare>();
        for (var batch : batches.entrySet()) {
            try (var claimed = batch.getValue().get(last).surrender()) {
                shares.put(batch.getKey(), claimed.sign(presigners.share(batch.getKey()), request));
            }
        }
        var id = batches.firstEntry().getValue().get(last).id();
        var signature = FrostCombination.combine(presigners.sharing(), request, id, shares);
        assertThat(IndependentVerifier.ed25519(pk, "message".getBytes(UTF_8), signature))
                .isTrue();
    }

    /** protocols.md Appendix B 17: a cloned machine repeats its generator, not its nonces. */
    @Test
    void showsOtherNoncesIfOnlyTheSessionOrTheProcessIsAnother() throws Exception {
        var agreement = presigners.agreements(SIGNERS, ITEMS).getFirst();
        var me = agreement.participants().getFirst();
        var restarted = new Entry(0, 1, me.id(), new byte[32], me.database(), me.statementKey());
        Function<Integer, Agreement> session =
                number -> Agreements.with(agreement, new byte[] {number.byteValue()});
        var shown = new ArrayList<String>();
        shown.addAll(points(session.apply(1), me));
        shown.addAll(points(session.apply(2), me));
        shown.addAll(points(session.apply(1), restarted));

        assertThat(shown).hasSize(3 * 2 * ITEMS);
        assertThat(new HashSet<>(shown)).hasSameSizeAs(shown);
        assertThat(points(session.apply(1), me)).isEqualTo(shown.subList(0, 2 * ITEMS));
    }

    private List<String> points(Agreement agreement, Entry me) throws Exception {
        var x = presigners.share(1).secret().exposeFor(Purpose.HEDGING);
        var draw = new HedgedDraw(new Constant(), x, me, scope);
        var step = FrostPresign.start(agreement, presigners.share(1), ITEMS, Presigners.TIME, draw, scope);
        var points = new ArrayList<String>();
        if (step instanceof Step.Next<List<FrostPresignature>, ?> next
                && next.say().items().getFirst() instanceof Outbox.Item.ToAll all
                && all.message() instanceof NonceAnnouncement announcement) {
            for (int at = 0; at < announcement.points().length; at += 32) {
                points.add(HexFormat.of().formatHex(announcement.points(), at, at + 32));
            }
        }
        return points;
    }

    private static final class Constant extends SecureRandom {
        private static final long serialVersionUID = 1L;

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 7);
        }
    }
}
