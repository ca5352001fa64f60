package quorate.ecdsa;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quorate.algebra.Groups;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.pair.PairState;
import quorate.rounds.CeremonyException;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;
import quorate.rounds.HedgedDraw;
import quorate.rounds.Misbehaviour;
import quorate.rounds.Refused;
import quorate.rounds.Workers;
import quorate.table.Agreements;
import quorate.table.Outcome;
import quorate.table.RoundTable;
import quorate.vole.CheatingAlice;
import quorate.vole.CheatingBob;
import quorate.vole.OtReceiver;
import quorate.vole.OtSender;
import quorate.vole.VoleSender;

/** Every check of ECDSA presigning and signing, broken exactly there by party 2, seen by party 1 (and 3). */
class EcdsaAdversaryTest {
    private static final List<Integer> SIGNERS = List.of(1, 2);
    private static final byte[] HASH = {1, 2, 3};

    /** Offsets in the messages of one item. */
    private static final int NONCE_AT = 64;

    private static final int COLUMN_AT = NONCE_AT + 32;
    private static final int POINT_AT = 32;
    private static final int BLIND_AT = 65;
    private static final int KEY_AT = 97;
    private static final int FIRST_AT = 130;
    private static final int SECOND_AT = 163;
    private static final int VOLE_AT = 196;
    private static final int MULTIPLICATION_BYTES = 73_988;

    private final Cast cast = new Cast(Groups.SECP256K1, 3, 1, "adversary");

    @AfterEach
    void wipe() {
        cast.close();
    }

    private RoundTable<List<PresignatureShare>> presigning(String session) {
        return cast.presigning(SIGNERS, session, 1);
    }

    private RoundTable<EcdsaSignature> signing(String session) throws Refused {
        return cast.signing(SIGNERS, session, EcdsaRequest.of(cast.group, HASH));
    }

    private static UnaryOperator<byte[]> flip(int at) {
        return payload -> {
            var changed = payload.clone();
            changed[at] ^= 1;
            return changed;
        };
    }

    private static UnaryOperator<byte[]> put(int at, byte[] bytes) {
        return payload -> {
            var changed = payload.clone();
            System.arraycopy(bytes, 0, changed, at, bytes.length);
            return changed;
        };
    }

    private static byte[] ones(int bytes) {
        var ones = new byte[bytes];
        Arrays.fill(ones, (byte) 0xff);
        return ones;
    }

    private void assertBanned(Check check) {
        assertThat(cast.verdicts(1).bans()).containsExactly(check);
        assertThat(cast.verdicts(1).isBanned(cast.pair(1, 2))).isTrue();
    }

    private void assertNobodyBanned() {
        assertThat(cast.verdicts(1).bans()).isEmpty();
        assertThat(cast.verdicts(2).bans()).isEmpty();
    }

    @Test
    void endsWithoutBlameWhenAPartyIsInAnotherContext() {
        var agreements = new ArrayList<>(cast.agreements(SIGNERS, 1));
        agreements.set(1, Agreements.with(agreements.get(1), new byte[32]));
        RoundTable.of(agreements, agreement -> cast.presign(agreement, "ctx", 1))
                .run()
                .disagrees(1, Check.COM_4)
                .disagrees(2, Check.COM_4);
        presigning("ctx").bytes(2, 1, 1, false, flip(0)).run().disagrees(1, Check.COM_4);
        assertNobodyBanned();
    }

    @Test
    void endsWithoutBlameWhenThePairStateIsAnother() {
        presigning("setup").bytes(2, 1, 1, false, flip(32)).run().disagrees(1, Check.PAIR_2);
        assertNobodyBanned();
    }

    @Test
    void needsAPairStateWithEverySigner() {
        var agreement = cast.agreements(SIGNERS, 1).getFirst();
        assertThatThrownBy(() -> EcdsaPresigning.start(
                        agreement,
                        cast.key(1),
                        Map.of(),
                        cast.verdicts(1),
                        cast.draw(1, "none"),
                        cast.scope,
                        Workers.none(),
                        1))
                .isInstanceOfSatisfying(
                        Disagreement.class, reason -> assertThat(reason.check()).isEqualTo(Check.PAIR_2));
    }

    @Test
    void namesThePartyWithTwoNonces() {
        presigning("nonce").bytes(2, 1, 1, false, flip(NONCE_AT)).run().blames(1, Check.SIG_1, 2);
        assertNobodyBanned();
    }

    @Test
    void namesThePartyThatRepeatsANonceInABatch() {
        cast.presigning(SIGNERS, "repeat", 3)
                .bytes(2, 1, 1, true, payload -> put(32, Arrays.copyOfRange(payload, 160, 192)).apply(payload))
                .run()
                .blames(1, Check.SIG_11, 2);
        assertNobodyBanned();
    }

    @Test
    void namesThePartyWithAMessageOfAnotherLength() throws Exception {
        List<UnaryOperator<byte[]>> edits = List.of(
                payload -> new byte[0],
                payload -> Arrays.copyOf(payload, payload.length - 1),
                payload -> Arrays.copyOf(payload, payload.length + 1));
        for (var edit : edits) {
            presigning("length").bytes(2, 1, 1, true, edit).run().blames(1, Check.COM_3, 2);
            presigning("length").bytes(2, 1, 1, false, edit).run().blames(1, Check.OTE_1, 2);
            presigning("length").bytes(2, 1, 2, false, edit).run().blames(1, Check.COM_3, 2);
            presigning("length").bytes(2, 1, 3, false, edit).run().blames(1, Check.COM_3, 2);
            signing("length").bytes(2, 1, 4, true, edit).run().blames(1, Check.COM_3, 2);
        }
        assertNobodyBanned();
    }

    @Test
    void bansThePairWhenTheExtensionIsInconsistent() {
        var outcome = presigning("ote").bytes(2, 1, 1, false, flip(COLUMN_AT)).run();
        outcome.blames(1, Check.OTE_2, 2);
        assertThat(outcome.failures().get(1))
                .isInstanceOfSatisfying(Misbehaviour.class, ban -> assertThat(ban.isBan()).isTrue());
        assertBanned(Check.OTE_2);
    }

    /** The next session of the pair is refused without a verdict. */
    @Test
    void evaluatesNothingOnceThePairIsBanned() {
        presigning("ote").bytes(2, 1, 1, false, flip(COLUMN_AT)).run().blames(1, Check.OTE_2, 2);
        int evaluations = cast.verdicts(1).evaluations();
        presigning("next").run().refuses(1, Check.COM_5);
        presigning("next").bytes(2, 1, 1, false, flip(COLUMN_AT)).run().refuses(1, Check.COM_5);
        assertThat(cast.verdicts(1).evaluations()).isEqualTo(evaluations);
        // The pair 1-3 is not concerned.
        assertThat(cast.presigning(List.of(1, 3), "other", 1).run().failures()).isEmpty();
    }

    /** Appendix B 2: a flipped column passes iff Delta is 0 there; whoever passes may go on. */
    @ParameterizedTest
    @ValueSource(ints = {7, 8, 9, 10})
    void learnsNoMoreThanOneBitOfDeltaFromAFlippedColumn(int column) {
        var agreement = cast.agreements(SIGNERS, 1).getFirst();
        var ctx = Transcript.of("ctx/item").add(agreement.ctx()).addU32(0).hash();
        var seeds = cast.pair(2, 1).asBob();
        var outcome = presigning("column")
                .bytes(2, 1, 1, false, payload -> {
                    var message = new Extensions(payload);
                    var sid = Item.extensionId(ctx, 2, 1, message.setup(), message.nonce(0));
                    var cheating = CheatingBob.withFlippedColumn(seeds, sid, message.extension(0), column);
                    return put(message.extensionAt(0), cheating).apply(payload);
                })
                .run();
        boolean bit = (cast.pair(1, 2).asAlice().delta()[column >> 3] >> (column & 7) & 1) != 0;
        assertThat(cast.verdicts(1).bans()).isEqualTo(bit ? List.of(Check.OTE_2) : List.of());
        if (bit) {
            outcome.blames(1, Check.OTE_2, 2);
        } else {
            // Party 2 lied about what it sent, so its own pads do not fit: it is its own session that fails.
            assertThat(outcome.failures()).containsKey(2);
        }
    }

    /** Appendix B 2: one verdict for a batch, whichever item fails. */
    @Test
    void tellsNothingOfWhichItemFailed() {
        int items = 4;
        var told = new HashSet<String>();
        for (int k = 0; k < items; k++) {
            try (var fresh = new Cast(Groups.SECP256K1, 3, 1, "adversary")) {
                int at = COLUMN_AT + k * (32 + OtReceiver.MESSAGE_BYTES);
                var outcome = fresh.presigning(SIGNERS, "batch", items).bytes(2, 1, 1, false, flip(at)).run();
                outcome.blames(1, Check.OTE_2, 2);
                told.add(Objects.requireNonNull(outcome.failures().get(1)).getMessage());
                assertThat(fresh.verdicts(1).evaluations()).isEqualTo(1);
            }
            try (var fresh = new Cast(Groups.SECP256K1, 3, 1, "adversary")) {
                int at = VOLE_AT + k * MULTIPLICATION_BYTES + 31;
                var outcome = fresh.presigning(SIGNERS, "batch", items).bytes(2, 1, 2, false, flip(at)).run();
                outcome.blames(1, Check.VOLE_2, 2);
                told.add(Objects.requireNonNull(outcome.failures().get(1)).getMessage());
                assertThat(fresh.verdicts(1).evaluations()).isEqualTo(2);
            }
        }
        assertThat(told).hasSize(2);
    }

    @Test
    void blamesNobodyWhenTheCommitmentsDiffer() {
        presigning("d1").bytes(2, 1, 2, false, flip(0)).run().disagreesOnEcho(1, Check.SIG_2, 1);
        assertNobodyBanned();
    }

    @Test
    void namesThePartyWhoseCommitmentDoesNotOpen() {
        presigning("open").bytes(2, 1, 2, false, flip(BLIND_AT)).run().blames(1, Check.SIG_3, 2);
        var other = cast.group.generator().encode();
        presigning("open").bytes(2, 1, 2, false, put(POINT_AT, other)).run().blames(1, Check.SIG_3, 2);
        presigning("open").bytes(2, 1, 2, false, put(POINT_AT, ones(33))).run().blames(1, Check.SIG_3, 2);
        assertNobodyBanned();
    }

    @ParameterizedTest
    @ValueSource(ints = {KEY_AT, FIRST_AT, SECOND_AT})
    void namesThePartyWhosePointsDoNotDecode(int at) {
        presigning("points").bytes(2, 1, 2, false, put(at, ones(33))).run().blames(1, Check.COM_3, 2);
        assertNobodyBanned();
    }

    /** D1 is compared first, so that honest parties with another view of round 1 are not blamed for their points. */
    @Test
    void comparesViewsBeforeItLooksAtPoints() {
        presigning("order")
                .bytes(2, 1, 2, false, flip(0))
                .bytes(2, 1, 2, false, put(POINT_AT, ones(33)))
                .run()
                .disagrees(1, Check.SIG_2);
    }

    @Test
    void namesThePartyWhoseScalarsAreNotBelowTheOrder() {
        presigning("scalar").bytes(2, 1, 2, false, put(VOLE_AT, ones(32))).run().blames(1, Check.VOLE_1, 2);
        int etaAt = VOLE_AT + VoleSender.MESSAGE_BYTES - 64;
        presigning("scalar").bytes(2, 1, 2, false, put(etaAt, ones(32))).run().blames(1, Check.VOLE_1, 2);
        assertNobodyBanned();
    }

    @Test
    void bansThePairWhenTheMultiplicationIsInconsistent() {
        presigning("vole").bytes(2, 1, 2, false, flip(VOLE_AT + 31)).run().blames(1, Check.VOLE_2, 2);
        assertBanned(Check.VOLE_2);
    }

    @Test
    void bansThePairWhenTheNonceIsNotWhatWasMultiplied() {
        var other = cast.group.generator().encode();
        presigning("nonce").bytes(2, 1, 2, false, put(FIRST_AT, other)).run().blames(1, Check.SIG_4, 2);
        assertBanned(Check.SIG_4);
    }

    @Test
    void bansThePairWhenTheKeyIsNotWhatWasMultiplied() {
        var other = cast.group.generator().encode();
        presigning("key").bytes(2, 1, 2, false, put(SECOND_AT, other)).run().blames(1, Check.SIG_5, 2);
        assertBanned(Check.SIG_5);
    }

    /** Appendix B 3: what passes VOLE-2 fails SIG-4, unless Gu follows; then one bit of w is learned. */
    @Test
    void aCorrectionChangedConsistentlyFailsTheEquationOfTheNonce() {
        var seen = new HashSet<Check>();
        for (int run = 0; seen.size() < 2; run++) {
            var session = "consistent " + run;
            var honest = presigning(session);
            honest.run();
            int w = choices(honest) & 1;
            try (var fresh = new Cast(Groups.SECP256K1, 3, 1, "adversary")) {
                var outcome = cheat(fresh, session, honest, CheatingAlice.Extent.CHECK);
                var expected = w == 1 ? Check.SIG_4 : Check.VOLE_2;
                outcome.blames(1, expected, 2);
                assertThat(fresh.verdicts(1).bans()).containsExactly(expected);
                seen.add(expected);
            }
            try (var fresh = new Cast(Groups.SECP256K1, 3, 1, "adversary")) {
                var outcome = cheat(fresh, session, honest, CheatingAlice.Extent.PRODUCT);
                if (w == 1) {
                    assertThat(fresh.verdicts(1).bans()).isEmpty();
                    outcome.of(1);
                } else {
                    outcome.blames(1, Check.VOLE_2, 2);
                }
            }
            assertThat(run).isLessThan(30);
        }
    }

    /** The first byte of w of party 1 as Bob. */
    private int choices(RoundTable<?> honest) {
        var message = new Extensions(honest.payload(1, false, 1, 2));
        var sid = Item.extensionId(ctx(), 1, 2, message.setup(), message.nonce(0));
        return CheatingBob.choices(cast.pair(1, 2).asBob(), sid, message.extension(0))[0];
    }

    private byte[] ctx() {
        var agreement = cast.agreements(SIGNERS, 1).getFirst();
        return Transcript.of("ctx/item").add(agreement.ctx()).addU32(0).hash();
    }

    /** Party 2 as Alice changes its first correction towards party 1. */
    private Outcome<List<PresignatureShare>> cheat(
            Cast fresh, String session, RoundTable<?> honest, CheatingAlice.Extent extent) {
        var bobs = new Extensions(honest.payload(1, false, 1, 2));
        var sid = Item.extensionId(ctx(), 1, 2, bobs.setup(), bobs.nonce(0));
        var ot = OtSender.open(fresh.pair(2, 1).asAlice(), sid, bobs.encode(), bobs.extensionAt(0), fresh.scope);
        var z = fresh.group.scalar(77);
        return fresh.presigning(SIGNERS, session, 1)
                .bytes(2, 1, 2, false, payload -> {
                    var psid = Item.pairId(Arrays.copyOf(payload, 32), 1, 2, Item.extensionDigest(bobs, 0));
                    var vole = Arrays.copyOfRange(payload, VOLE_AT, payload.length);
                    var cheat = CheatingAlice.cheat(fresh.group, psid, ot, vole, z, extent, fresh.scope);
                    var changed = put(FIRST_AT, fresh.group.multiplyBase(cheat.c0()).encode()).apply(payload);
                    changed = put(SECOND_AT, fresh.group.multiplyBase(cheat.c1()).encode()).apply(changed);
                    return put(VOLE_AT, cheat.message()).apply(changed);
                })
                .run();
    }

    /** Zero shares that do not cancel: nobody can say whose. */
    @Test
    void blamesNobodyWhenTheSharesDoNotAddUpToTheKey() {
        var mine = cast.pair(2, 1);
        var other = new PairState(
                2, 1, 0, mine.setup(), mine.asBob(), mine.asAlice(), new byte[32], cast.scope);
        Objects.requireNonNull(cast.pairs.get(2)).put(1, other);
        presigning("zero").run().disagrees(1, Check.SIG_6).disagrees(2, Check.SIG_6);
        assertNobodyBanned();
    }

    @Test
    void blamesNobodyWhenTheNoncesDiffer() {
        presigning("d3").bytes(2, 1, 3, false, flip(32)).run().disagrees(1, Check.SIG_7);
        assertNobodyBanned();
    }

    @Test
    void namesThePartyWhoseCorrectionIsNotBelowTheOrder() {
        presigning("psi").bytes(2, 1, 3, false, put(0, ones(32))).run().blames(1, Check.COM_3, 2);
    }

    /** Appendix B 4: two honest signers are shown different commitments by the third; no psi is ever sent. */
    @Test
    void nobodySendsAFragmentWhenANonceIsShownDifferently() {
        try (var three = new Cast(Groups.P256, 4, 2, "split view")) {
            var table = three.presigning(List.of(1, 2, 3), "split", 1).bytes(3, 2, 1, true, flip(64));
            table.run().disagreesOnEcho(1, Check.SIG_2, 1).disagreesOnEcho(2, Check.SIG_2, 1);
            for (int party = 1; party <= 2; party++) {
                int silent = party;
                assertThatThrownBy(() -> table.payload(3, false, silent, 3)).isInstanceOf(AssertionError.class);
            }
        }
    }

    /** All who cheat are named and banned, each under what it did. */
    @Test
    void bansEveryPairThatFails() {
        try (var three = new Cast(Groups.P256, 4, 2, "two cheaters")) {
            three.presigning(List.of(1, 2, 3), "both", 2)
                    .bytes(2, 1, 1, false, flip(COLUMN_AT))
                    .bytes(3, 1, 1, false, flip(COLUMN_AT + 5))
                    .run()
                    .blames(1, Check.OTE_2, 2, 3);
            assertThat(three.verdicts(1).bans()).containsExactly(Check.OTE_2, Check.OTE_2);
        }
    }

    @Test
    void blamesNobodyForAWrongSignature() throws Exception {
        signing("psi").bytes(2, 1, 3, false, flip(31)).run().disagrees(1, Check.SIG_9).disagrees(2, Check.SIG_9);
        signing("u").bytes(2, 1, 4, true, flip(64 + 31)).run().disagrees(1, Check.SIG_9);
        signing("w").bytes(2, 1, 4, true, flip(64 + 63)).run().disagrees(1, Check.SIG_9);
        assertNobodyBanned();
    }

    @Test
    void blamesNobodyWhenAPartyAnswersAnotherRequest() throws Exception {
        signing("id").bytes(2, 1, 4, true, flip(0)).run().disagrees(1, Check.SIG_10);
        signing("request").bytes(2, 1, 4, true, flip(32)).run().disagrees(1, Check.SIG_10);
        signing("partial").bytes(2, 1, 4, true, put(64, ones(32))).run().blames(1, Check.COM_3, 2);
        assertNobodyBanned();
    }

    @Test
    void refusesAnyOtherNumberOfSigners() {
        cast.presigning(List.of(1, 2, 3), "three", 1).run().refuses(1, Check.COM_5);
        cast.presigning(List.of(3), "one", 1).run().refuses(3, Check.COM_5);
    }

    /** Appendix B 17: a cloned machine repeats its generator, not its nonces, masks and choices. */
    @Test
    void drawsAreBoundToTheSession() {
        var shown = new HashSet<String>();
        for (var session : List.of("a", "b")) {
            var agreement = Agreements.with(
                    cast.agreements(SIGNERS, 1).getFirst(),
                    Transcript.of("test").add(session.getBytes(US_ASCII)).hash());
            try (var secrets = new Secrets()) {
                var draw = new HedgedDraw(
                        new Constant(), new byte[32], agreement.participants().getFirst(), secrets);
                var batch = Batch.of(
                        agreement,
                        cast.key(1),
                        Map.of(2, cast.pair(1, 2)),
                        cast.verdicts(1),
                        draw,
                        secrets,
                        Workers.none(),
                        2);
                var toAll = NonceCommitments.of(agreement.ctx(), 2);
                var toEach = new TreeMap<>(Map.of(2, Extensions.of(agreement.ctx(), cast.pair(1, 2).setup(), 2)));
                for (int k = 0; k < 2; k++) {
                    var item = Item.draw(batch, k, toAll, toEach);
                    shown.add(item.r().publish().toString());
                    shown.add(item.phi().publish().toString());
                    shown.add(Arrays.toString(toAll.nonce(k)));
                    shown.add(Arrays.toString(item.blind()));
                    var message = toEach.get(2);
                    var sid = Item.extensionId(
                            item.ctx(), 1, 2, cast.pair(1, 2).setup(), toAll.nonce(k));
                    shown.add(Arrays.toString(CheatingBob.choices(
                            cast.pair(1, 2).asBob(), sid, Objects.requireNonNull(message).extension(k))));
                }
            } catch (CeremonyException e) {
                throw new AssertionError(e);
            }
        }
        assertThat(shown).hasSize(2 * 2 * 5);
    }

    private static final class Constant extends SecureRandom {
        private static final long serialVersionUID = 1L;

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 7);
        }
    }

    /** Appendix B 13: items have nothing in common. */
    @Test
    void itemsOfABatchAreIndependent() {
        var table = cast.presigning(SIGNERS, "items", 3);
        var shares = table.run().of(1);
        var extensions = new Extensions(table.payload(1, false, 1, 2));
        var round2 = table.payload(2, false, 1, 2);
        var columns = new HashSet<String>();
        var digests = new HashSet<String>();
        var keys = new HashSet<String>();
        var ids = new HashSet<String>();
        var sids = new HashSet<String>();
        for (int k = 0; k < 3; k++) {
            int at = k * MULTIPLICATION_BYTES;
            columns.add(Arrays.toString(Arrays.copyOf(extensions.extension(k), 112)));
            digests.add(Arrays.toString(Arrays.copyOfRange(round2, at, at + 32)));
            keys.add(Arrays.toString(Arrays.copyOfRange(round2, at + KEY_AT, at + FIRST_AT)));
            ids.add(Arrays.toString(shares.get(k).presignature().id()));
            sids.add(Arrays.toString(Item.extensionId(ctx(), 1, 2, extensions.setup(), extensions.nonce(k))));
        }
        assertThat(List.of(columns, digests, keys, ids, sids)).allSatisfy(set -> assertThat(set).hasSize(3));
    }

    @Test
    void aBatchHasOneTo64Items() {
        for (int items : new int[] {0, 65}) {
            var agreement = cast.agreements(SIGNERS, items).getFirst();
            assertThatThrownBy(() -> cast.presign(agreement, "size", items))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
