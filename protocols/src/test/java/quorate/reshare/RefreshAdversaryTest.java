package quorate.reshare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quorate.table.Edits.firstByte;
import static quorate.table.Edits.lastByte;
import static quorate.table.Edits.wide;
import static quorate.table.Edits.withBlind;
import static quorate.table.Edits.withPoints;
import static quorate.table.Edits.withProof;
import static quorate.table.Edits.wrongLengths;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import quorate.algebra.Draw;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Possession;
import quorate.algebra.PublicPolynomial;
import quorate.algebra.Scalar;
import quorate.algebra.SecretPolynomial;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.dealing.NewShare;
import quorate.dealing.internal.Announcement;
import quorate.dealing.internal.Confirmation;
import quorate.dealing.internal.Opening;
import quorate.dealing.internal.SecretPoint;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.key.Sharing;
import quorate.key.UnsoundKey;
import quorate.rounds.Agreement;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;
import quorate.table.Agreements;
import quorate.table.Keys;
import quorate.table.RiggedDraw;
import quorate.table.RoundTable;
import quorate.testkit.vectors.KatDraw;
import quorate.testkit.vectors.ListedDraw;

/** Every check of a refresh, broken exactly there by party 3 (and 4), seen by parties 1 and 2. */
class RefreshAdversaryTest {
    private static final int N = 4;
    private static final int DEGREE = 2;
    private static final Group GROUP = Groups.SECP256K1;

    private final Secrets scope = new Secrets();
    private final SortedMap<Integer, KeyShare> shares = Keys.random(GROUP, Scheme.SCHNORR, N, DEGREE, "old", scope);

    @AfterEach
    void wipe() {
        scope.close();
    }

    @Test
    void endsWithoutBlameWhenAPartyIsInAnotherContext() {
        var agreements = new ArrayList<>(agreements());
        agreements.set(2, Agreements.with(agreements.get(2), new byte[32]));

        table(agreements).run().disagrees(1, Check.COM_4).disagrees(2, Check.COM_4).disagrees(3, Check.COM_4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void blamesForABroadcastOfWrongLength(int round) {
        for (UnaryOperator<byte[]> edit : wrongLengths()) {
            table().bytes(3, 1, round, true, edit).run().blames(1, Check.COM_3, 3);
        }
    }

    @Test
    void blamesForASecretPointOfWrongLength() {
        for (UnaryOperator<byte[]> edit : wrongLengths()) {
            table().bytes(3, 1, 2, false, edit).run().blames(1, Check.COM_3, 3);
        }
    }

    /** One point more could be a constant term: there is no place for it in the message. */
    @Test
    void namesEveryPartyWithAnotherNumberOfPoints() {
        table().whenever(3, Opening.class, opening -> withPoints(opening, Encoding.concat(g(), opening.points())))
                .whenever(4, Opening.class, opening -> withPoints(opening, g()))
                .run()
                .blames(1, Check.RSH_2, 3, 4)
                .blames(2, Check.RSH_2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 65, 67})
    void blamesForPointsThatAreNoPoints(int bytes) {
        table().whenever(3, Opening.class, opening -> withPoints(opening, Arrays.copyOf(opening.points(), bytes)))
                .run()
                .blames(1, Check.RSH_2, 3);
    }

    @Test
    void blamesForAnOpeningTooShortForItsFixedFields() {
        table().bytes(3, 1, 2, true, payload -> Arrays.copyOf(payload, 40)).run().blames(1, Check.RSH_2, 3);
    }

    @Test
    void namesEveryPartyWhosePointsDoNotDecode() {
        table().whenever(3, Opening.class, opening -> withPoints(opening, firstByte(opening.points(), 5)))
                .whenever(4, Opening.class, opening -> withPoints(opening, new byte[opening.points().length]))
                .run()
                .blames(1, Check.RSH_2, 3, 4)
                .blames(2, Check.RSH_2, 3, 4);
    }

    @Test
    void blamesForThePointAtInfinity() {
        var ed = Groups.ED25519;
        var old = Keys.random(ed, Scheme.SCHNORR, 3, 1, "ed", scope);
        var identity = HexFormat.of().parseHex("01" + "00".repeat(31));
        RoundTable.of(Agreements.refresh(of(old, 1).sharing(), 1), agreement -> start(agreement, old))
                .whenever(3, Opening.class, opening -> withPoints(opening, identity))
                .run()
                .blames(1, Check.RSH_2, 3)
                .blames(2, Check.RSH_2, 3);
    }

    @Test
    void namesEveryPartyWhoseCommitmentDoesNotOpen() {
        table().whenever(3, Opening.class, opening -> withBlind(opening, new byte[32]))
                .whenever(4, Opening.class, opening -> withPoints(opening, Encoding.concat(g(), g())))
                .run()
                .blames(1, Check.DKG_3, 3, 4)
                .blames(2, Check.DKG_3, 3, 4);
    }

    @Test
    void namesEveryPartyWhoseProofDoesNotHold() {
        table().whenever(3, Opening.class, opening -> withProof(opening, lastByte(opening.proof())))
                .whenever(4, Opening.class, opening -> withProof(opening, new byte[opening.proof().length]))
                .run()
                .blames(1, Check.DKG_4, 3, 4)
                .blames(2, Check.DKG_4, 3, 4);
    }

    /** What is proved is b_1, by this party, in this session. */
    @ParameterizedTest
    @EnumSource(Replay.class)
    void blamesForAProofMadeForSomethingElse(Replay replay) {
        var g = polynomial(3);
        table().whenever(3, Opening.class, opening -> withProof(opening, replay.prove(opening.echo(), g, scope)))
                .run()
                .blames(1, Check.DKG_4, 3)
                .blames(2, Check.DKG_4, 3);
    }

    enum Replay {
        OTHER_SESSION,
        OTHER_PARTY,
        OTHER_COEFFICIENT;

        byte[] prove(byte[] d1, SecretPolynomial g, Secrets scope) {
            var draw = new KatDraw("replay");
            var b1 = g.constant();
            var image = g.commitment().constant();
            var proof = switch (this) {
                case OTHER_SESSION -> Possession.prove(new byte[32], 3, b1, image, draw, scope);
                case OTHER_PARTY -> Possession.prove(d1, 2, b1, image, draw, scope);
                case OTHER_COEFFICIENT -> Possession.prove(d1, 3, g.at(1), g.commitment().at(1), draw, scope);
            };
            return proof.encode();
        }
    }

    @Test
    void namesThePartyThatSendsAWrongPointToItsReceiverOnly() {
        var outcome = table().towards(
                        3, 1, SecretPoint.class, point -> new SecretPoint(point.value().plus(GROUP.scalar(1))))
                .run()
                .blames(1, Check.DKG_5, 3);
        outcome.hasNoResult(2).hasNoResult(4);
        assertThat(outcome.failures()).containsOnlyKeys(1);
    }

    /** As a party would that shares 1 instead of 0: the key would change. */
    @Test
    void namesEveryPartyThatSharesAConstant() {
        table().whenever(3, SecretPoint.class, point -> new SecretPoint(point.value().plus(GROUP.scalar(1))))
                .whenever(4, SecretPoint.class, point -> new SecretPoint(point.value().negate()))
                .run()
                .blames(1, Check.DKG_5, 3, 4)
                .blames(2, Check.DKG_5, 3, 4);
    }

    @Test
    void blamesForAPointThatIsNotBelowTheOrder() {
        table().bytes(3, 1, 2, false, payload -> {
                    Arrays.fill(payload, (byte) 0xff);
                    return payload;
                })
                .run()
                .blames(1, Check.DKG_5, 3);
    }

    @Test
    void endsWithoutBlameWhenRoundOneWasEquivocated() {
        table().towards(3, 2, Announcement.class, a -> new Announcement(a.ctx(), new byte[32], a.commitment()))
                .run()
                .disagreesOnEcho(1, Check.DKG_6, 1)
                .disagreesOnEcho(2, Check.DKG_6, 1);
    }

    /** Two valid openings of one party differ in their proofs only: nothing but D2 shows it. */
    @Test
    void endsWithoutBlameWhenRoundTwoWasEquivocated() {
        var g = polynomial(3);
        table().towards(3, 2, Opening.class, opening -> withProof(
                        opening,
                        Possession.prove(
                                        opening.echo(),
                                        3,
                                        g.constant(),
                                        g.commitment().constant(),
                                        new KatDraw("other"),
                                        scope)
                                .encode()))
                .run()
                .disagreesOnEcho(1, Check.DKG_6, 2)
                .disagreesOnEcho(2, Check.DKG_6, 2)
                .hasNoResult(4);
    }

    @Test
    void endsWithoutBlameWhenAConfirmationIsNotMine() {
        table().whenever(3, Confirmation.class, confirmation -> new Confirmation(new byte[32]))
                .run()
                .disagreesOnEcho(1, Check.DKG_6, 2)
                .disagreesOnEcho(2, Check.DKG_6, 2);
    }

    /** Party 4 knows what the others will draw and what the coefficients of the key are. */
    @Test
    void endsWhenACoefficientOfTheKeyWouldVanish() {
        var old = Keys.of(List.of(GROUP.scalar(7), GROUP.scalar(8), GROUP.scalar(9)), Scheme.SCHNORR, N, scope);
        rigged(old, GROUP.scalar(8).negate(), GROUP.scalar(0)).run().disagrees(1, Check.DKG_7).disagrees(2, Check.DKG_7);
    }

    /** f(1) of all add up to -x_1: the new x_1 is 0 and X_1 is O. */
    @Test
    void endsWhenAShareWouldBeZero() {
        var old = Keys.of(List.of(GROUP.scalar(7), GROUP.scalar(8), GROUP.scalar(9)), Scheme.SCHNORR, N, scope);
        rigged(old, GROUP.scalar(24).negate(), GROUP.scalar(0)).run().disagrees(1, Check.DKG_7).disagrees(2, Check.DKG_7);
    }

    /** The b_k of all parties add up to these. */
    private RoundTable<NewShare> rigged(SortedMap<Integer, KeyShare> old, Scalar sum1, Scalar sum2) {
        var b1 = sum1;
        var b2 = sum2;
        for (int i = 1; i < N; i++) {
            var g = polynomial(i);
            b1 = b1.minus(g.constant().publish());
            b2 = b2.minus(g.at(1).minus(g.constant()).publish());
        }
        var coefficients = List.of(wide(b1), wide(b2));
        return RoundTable.of(Agreements.refresh(of(old, 1).sharing(), 1), agreement -> {
            int me = agreement.me();
            Draw honest = new KatDraw("honest/" + me);
            var draw = me == N ? new RiggedDraw(honest, new ListedDraw(coefficients)) : honest;
            return Refresh.start(agreement, of(old, me), draw, scope);
        });
    }

    /** What the last step checks again although every point was: that nothing but the sharing changed. */
    @Test
    void endsWhenTheNewShareIsNotOfTheNewSharing() {
        var added = SecretPolynomial.sample(GROUP, DEGREE - 1, new KatDraw("added"), scope);
        var before = of(shares, 1);
        var x = before.secret().plus(added.at(1));
        var renewal = new Renewal(before, 1);

        assertThat(renewed(renewal, x, added.commitment()).sharing().publicKey())
                .isEqualTo(before.sharing().publicKey());
        assertFails(() -> renewal.share(x.plus(GROUP.scalar(1)), added.commitment()), "x_1·G is not X_1");
        assertFails(() -> renewal.share(before.secret(), added.commitment()), "x_1·G is not X_1");
    }

    private static KeyShare renewed(Renewal renewal, SecretScalar x, PublicPolynomial added) {
        try {
            return renewal.share(x, added);
        } catch (Disagreement e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void endsWhenThePublicKeyOrTheChainCodeChanges() throws UnsoundKey {
        var before = of(shares, 1).sharing();
        var other = of(Keys.random(GROUP, Scheme.SCHNORR, N, DEGREE, "other", scope), 1).sharing();
        var chainCode = new byte[Sharing.CHAIN_CODE_BYTES];
        chainCode[0] = 1;
        var linked = new Sharing(before.keyId(), before.scheme(), N, 1, chainCode, before.commitment());

        assertFails(() -> Renewal.requireUnchanged(before, other), "another public key");
        assertFails(() -> Renewal.requireUnchanged(before, linked), "another chain code");
    }

    private interface Step {
        void take() throws Disagreement;
    }

    private static void assertFails(Step step, String reason) {
        assertThatThrownBy(step::take)
                .isInstanceOfSatisfying(
                        Disagreement.class,
                        disagreement -> assertThat(disagreement.check()).isEqualTo(Check.RSH_3))
                .hasMessageContaining(reason);
    }

    @Test
    void startsWithTheAgreedShareOnly() {
        var agreement = agreements().getFirst();
        var newer = Agreements.refresh(of(Keys.random(GROUP, Scheme.SCHNORR, N, DEGREE, "newer", scope), 1).sharing(), 2);
        assertThatThrownBy(() -> start(newer.getFirst(), shares)).hasMessageContaining("another sharing or party");
        assertThatThrownBy(() -> Refresh.start(agreement, of(shares, 2), new KatDraw("test"), scope))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another sharing or party");
    }

    private RoundTable<NewShare> table() {
        return table(agreements());
    }

    private RoundTable<NewShare> table(List<Agreement> agreements) {
        return RoundTable.of(agreements, agreement -> start(agreement, shares));
    }

    private quorate.rounds.Step<NewShare> start(Agreement agreement, SortedMap<Integer, KeyShare> of) {
        int me = agreement.me();
        return Refresh.start(agreement, of(of, me), new KatDraw("honest/" + me), scope);
    }

    private List<Agreement> agreements() {
        return Agreements.refresh(of(shares, 1).sharing(), 1);
    }

    private static KeyShare of(SortedMap<Integer, KeyShare> shares, int party) {
        return Objects.requireNonNull(shares.get(party));
    }

    /** g of an honest party: its stream gives the nonce and then the coefficients. */
    private SecretPolynomial polynomial(int party) {
        var draw = new KatDraw("honest/" + party);
        draw.draw(Draw.For.DKG, new byte[0], Announcement.NONCE_BYTES);
        return SecretPolynomial.sample(GROUP, DEGREE - 1, draw, scope);
    }

    private static byte[] g() {
        return GROUP.generator().encode();
    }
}
