package quorate.reshare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Secrets;
import quorate.algebra.Transcript;
import quorate.commit.Octets;
import quorate.dealing.NewShare;
import quorate.dealing.internal.Announcement;
import quorate.dealing.internal.Confirmation;
import quorate.dealing.internal.Opening;
import quorate.dealing.internal.SecretPoint;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.key.Sharing;
import quorate.pair.PairAnswer;
import quorate.pair.PairStates;
import quorate.rounds.CertifiedEpoch;
import quorate.rounds.Check;
import quorate.rounds.Offer;
import quorate.rounds.Operation;
import quorate.table.FrameEdit;
import quorate.table.Keys;
import quorate.testkit.simulation.Fault;
import quorate.testkit.simulation.Simulation;

/** Refresh in real sessions: agreement, signed broadcasts, hedged randomness, a bad network. */
class RefreshSimulation {
    private static final byte[] OTHER_SHARING = Transcript.of("test/other").hash();
    /** A certificate in these tests is the word and the epoch. */
    private static final CertifiedEpoch CERTIFIED = top ->
            top.length == 9 && top[0] == 'C' ? OptionalLong.of(Encoding.os2ip(top, 1, 8)) : OptionalLong.empty();

    private final Secrets scope = new Secrets();

    @AfterEach
    void wipe() {
        scope.close();
    }

    private SortedMap<Integer, KeyShare> key(Group group, Scheme scheme, int n, int threshold) {
        return Keys.random(group, scheme, n, threshold - 1, "old", scope);
    }

    private static Sharing sharing(SortedMap<Integer, KeyShare> key) {
        return Objects.requireNonNull(key.get(1)).sharing();
    }

    private static Simulation<NewShare> refresh(SortedMap<Integer, KeyShare> key) {
        var sharing = sharing(key);
        return Simulation.<NewShare>signing(
                        Operation.REFRESH,
                        sharing.players(),
                        sharing.threshold(),
                        key.keySet(),
                        (party, draw, secrets) -> agreement ->
                                Refresh.start(agreement, Objects.requireNonNull(key.get(party)), draw, secrets))
                .proposing(draft -> draft.group(sharing.group(), sharing.scheme().code())
                        .sharing(sharing.epoch(), sharing.shareId(), sharing.publicKey().encode())
                        .params(Refresh.params().toArray(byte[][]::new))
                        .certified(CERTIFIED));
    }

    private Simulation<NewShare> refresh() {
        return refresh(key(Groups.ED25519, Scheme.SCHNORR, 4, 3));
    }

    @Test
    void everybodyGetsTheSameSharingInWhateverOrderMessagesArrive() {
        for (long seed = 1; seed <= 20; seed++) {
            assertSame(refresh().seed(seed).run().allFinish());
            assertSame(refresh().seed(seed).reorder().abortsOvertake().run().allFinish());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyPairOfAnEcdsaKeyEndsWithANewState(int curveId) {
        var results = refresh(key(Groups.of(curveId), Scheme.ECDSA, 3, 2)).reorder().run().allFinish();
        assertSame(results);
        for (int i = 1; i <= 3; i++) {
            for (int j = 1; j <= 3; j++) {
                if (i != j) {
                    var state = Objects.requireNonNull(of(results, i).pairs().get(j));
                    var other = Objects.requireNonNull(of(results, j).pairs().get(i));
                    assertThat(state.generation()).isZero();
                    assertThat(of(results, i).setups().setups().get(j)).isEqualTo(Octets.of(other.setup()));
                    PairStates.assertMatch(state, other);
                }
            }
        }
    }

    /** RSH-1: a stale node is repaired first. */
    @Test
    void saysWhoHasWhichSharingWhenOneIsStale() {
        var run = refresh().proposing(3, draft -> draft.offers(new Offer(7, OTHER_SHARING))).run();

        run.parties(1, 2, 3, 4).fails(Check.RSH_1).says("no common sharing", "epoch 0", "epoch 7", "at party 3");
    }

    @Test
    void usesTheNewestSharingThatAllOffer() {
        var key = key(Groups.ED25519, Scheme.SCHNORR, 4, 3);
        var old = new Offer(0, sharing(key).shareId());
        var run = refresh(key).proposing(2, draft -> draft.offers(new Offer(1, OTHER_SHARING), old)).run();

        assertThat(of(run.allFinish(), 1).operation().baseShareId()).isEqualTo(Octets.of(old.shareId()));
    }

    @Test
    void takesTheEpochAfterTheHighestCertified() {
        assertThat(epoch(refresh())).isEqualTo(1);
        assertThat(epoch(refresh().proposing(2, draft -> draft.top(certificate(5))))).isEqualTo(6);
        assertThat(epoch(refresh()
                        .proposing(2, draft -> draft.top(certificate(5)))
                        .proposing(4, draft -> draft.top(certificate(8)))))
                .isEqualTo(9);
    }

    /** A liar could exhaust the counter. */
    @Test
    void ignoresAClaimWithoutCertificate() {
        var claim = Encoding.concat(new byte[] {'X'}, Encoding.i2osp(Long.MAX_VALUE, 8));
        assertThat(epoch(refresh().proposing(2, draft -> draft.top(claim)))).isEqualTo(1);
    }

    @Test
    void endsWhenNoEpochIsLeft() {
        refresh().proposing(2, draft -> draft.top(certificate(Long.MAX_VALUE)))
                .run()
                .parties(1, 2, 3, 4)
                .fails(Check.RSH_1)
                .says("no epoch follows 9223372036854775807");
    }

    /** Who does not know the players of a certificate computes another newEpoch: ctx differs, and nobody is blamed. */
    @Test
    void endsWithoutBlameWhenPartiesJudgeACertificateDifferently() {
        refresh().proposing(2, draft -> draft.top(certificate(5)))
                .proposing(3, draft -> draft.certified(CertifiedEpoch.none()))
                .run()
                .parties(1, 2, 3, 4)
                .fails(Check.COM_4);
    }

    private static byte[] certificate(long epoch) {
        return Encoding.concat(new byte[] {'C'}, Encoding.i2osp(epoch, 8));
    }

    private static long epoch(Simulation<NewShare> simulation) {
        var results = simulation.run().allFinish();
        assertSame(results);
        return of(results, 1).share().sharing().epoch();
    }

    @Test
    void namesThePartyThatSharesAConstant() {
        refresh().whenever(4, SecretPoint.class, point -> new SecretPoint(point.value().plus(Groups.ED25519.scalar(1))))
                .run()
                .everyHonestParty()
                .blames(Check.DKG_5, 4);
    }

    @Test
    void namesThePartyThatEquivocatesInRoundOne() {
        var run = refresh()
                .whenever(3, Announcement.class, (recipient, announcement) -> recipient == 2
                        ? new Announcement(announcement.ctx(), new byte[32], announcement.commitment())
                        : announcement)
                .run();

        run.everyHonestParty().blames(Check.COM_8, 3);
        assertThat(run.proofOf(1)).hasSize(2);
        assertThat(run.results()).isEmpty();
    }

    /** Its points belong to what it committed to, so that only the echo shows the other proof. */
    @Test
    void namesThePartyThatEquivocatesInRoundTwo() {
        var run = refresh()
                .whenever(3, Opening.class, (recipient, opening) -> recipient == 2
                        ? new Opening(opening.echo(), opening.points(), opening.chainCode(), opening.blind(), new byte[64])
                        : opening)
                .run();

        run.parties(2).blames(Check.DKG_4, 3);
        assertThat(run.results()).isEmpty();
    }

    @Test
    void doesNotFinishWithAnotherConfirmation() {
        var run = refresh()
                .whenever(3, Confirmation.class, (recipient, confirmation) ->
                        recipient == 2 ? new Confirmation(new byte[32]) : confirmation)
                .run();

        run.parties(2).fails(Check.DKG_6);
        assertThat(run.results()).doesNotContainKey(2);
    }

    @Test
    void namesEveryPartyWithABadPointOfItsPair() {
        var key = key(Groups.SECP256K1, Scheme.ECDSA, 4, 2);
        refresh(key)
                .tampering(3, new FrameEdit(2, 64))
                .tampering(4, new FrameEdit(2, 64 + 66 * 127))
                .run()
                .parties(1, 2)
                .blames(Check.PAIR_1, 3, 4);
        refresh(key).whenever(3, PairAnswer.class, RefreshSimulation::bad).run().parties(1, 2, 4).blames(Check.PAIR_1, 3);
    }

    private static PairAnswer bad(PairAnswer answer) {
        var message = answer.message().clone();
        message[message.length - 33] = 0;
        return new PairAnswer(message);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void noSingleFaultMakesTwoSharingsOrHangs(Fault fault) {
        var key = key(Groups.ED25519, Scheme.SCHNORR, 3, 2);
        int frames = refresh(key).run().frames();
        for (int frame = 1; frame <= frames; frame++) {
            assertSame(refresh(key).with(fault, frame).run().results());
        }
    }

    private static NewShare of(SortedMap<Integer, NewShare> results, int party) {
        return Objects.requireNonNull(results.get(party));
    }

    private static void assertSame(SortedMap<Integer, NewShare> results) {
        assertThat(results.values().stream().map(share -> share.confirmation().digest()).distinct())
                .hasSizeLessThanOrEqualTo(1);
        assertThat(results.values().stream().map(NewShare::operation).distinct()).hasSizeLessThanOrEqualTo(1);
    }
}
