package quorate.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.table.Edits.firstByte;
import static quorate.table.Edits.lastByte;
import static quorate.table.Edits.wide;
import static quorate.table.Edits.withPoints;
import static quorate.table.Edits.withProof;
import static quorate.table.Edits.wrongLengths;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
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
import quorate.algebra.Point;
import quorate.algebra.Possession;
import quorate.algebra.Scalar;
import quorate.algebra.SecretPolynomial;
import quorate.algebra.Secrets;
import quorate.dealing.NewShare;
import quorate.dealing.internal.Announcement;
import quorate.dealing.internal.Confirmation;
import quorate.dealing.internal.Opening;
import quorate.dealing.internal.SecretPoint;
import quorate.key.Scheme;
import quorate.rounds.Agreement;
import quorate.rounds.Check;
import quorate.table.Agreements;
import quorate.table.RiggedDraw;
import quorate.table.RoundTable;
import quorate.testkit.vectors.KatDraw;
import quorate.testkit.vectors.ListedDraw;

/** Every check of key generation, broken exactly there by party 3 (and 4), seen by parties 1 and 2. */
class KeygenAdversaryTest {
    private static final int N = 4;
    private static final int DEGREE = 1;
    private static final Group GROUP = Groups.SECP256K1;

    private final Secrets scope = new Secrets();

    @AfterEach
    void wipe() {
        scope.close();
    }

    @Test
    void endsWithoutBlameWhenAPartyIsInAnotherContext() {
        var agreements = new ArrayList<>(agreements(GROUP));
        agreements.set(2, Agreements.with(agreements.get(2), new byte[32]));

        table(agreements).run().disagrees(1, Check.COM_4).disagrees(2, Check.COM_4).disagrees(3, Check.COM_4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void blamesForABroadcastOfWrongLength(int round) {
        for (UnaryOperator<byte[]> edit : wrongLengths()) {
            table(GROUP).bytes(3, 1, round, true, edit).run().blames(1, Check.COM_3, 3);
        }
    }

    @Test
    void blamesForASecretPointOfWrongLength() {
        for (UnaryOperator<byte[]> edit : wrongLengths()) {
            table(GROUP).bytes(3, 1, 2, false, edit).run().blames(1, Check.COM_3, 3);
        }
    }

    @Test
    void namesEveryPartyWithAWrongDegree() {
        table(GROUP)
                .whenever(3, Opening.class, opening -> withPoints(opening, Encoding.concat(opening.points(), g(GROUP))))
                .whenever(4, Opening.class, opening -> withPoints(opening, g(GROUP)))
                .run()
                .blames(1, Check.DKG_1, 3, 4)
                .blames(2, Check.DKG_1, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 65, 67})
    void blamesForPointsThatAreNoPoints(int bytes) {
        table(GROUP)
                .whenever(3, Opening.class, opening -> withPoints(opening, Arrays.copyOf(opening.points(), bytes)))
                .run()
                .blames(1, Check.DKG_1, 3);
    }

    @Test
    void blamesForAnOpeningTooShortForItsFixedFields() {
        table(GROUP).bytes(3, 1, 2, true, payload -> Arrays.copyOf(payload, 40)).run().blames(1, Check.DKG_1, 3);
    }

    @Test
    void namesEveryPartyWhosePointsDoNotDecode() {
        table(GROUP)
                .whenever(3, Opening.class, opening -> withPoints(opening, firstByte(opening.points(), 5)))
                .whenever(4, Opening.class, opening -> withPoints(opening, new byte[opening.points().length]))
                .run()
                .blames(1, Check.DKG_2, 3, 4)
                .blames(2, Check.DKG_2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000", // O
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa", // order 8
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // y = p
            })
    void blamesForPointsOutsideThePrimeOrderSubgroup(String point) {
        var group = Groups.ED25519;
        table(group)
                .whenever(
                        3,
                        Opening.class,
                        opening -> withPoints(
                                opening, Encoding.concat(g(group), HexFormat.of().parseHex(point))))
                .run()
                .blames(1, Check.DKG_2, 3);
    }

    @Test
    void namesEveryPartyWhoseCommitmentDoesNotOpen() {
        table(GROUP)
                .whenever(3, Opening.class, opening -> new Opening(
                        opening.echo(), opening.points(), opening.chainCode(), new byte[32], opening.proof()))
                .whenever(4, Opening.class, opening -> new Opening(
                        opening.echo(), opening.points(), new byte[32], opening.blind(), opening.proof()))
                .run()
                .blames(1, Check.DKG_3, 3, 4)
                .blames(2, Check.DKG_3, 3, 4);
    }

    @Test
    void blamesForAPolynomialThatWasNotCommittedTo() {
        table(GROUP)
                .whenever(3, Opening.class, opening -> withPoints(opening, Encoding.concat(g(GROUP), g(GROUP))))
                .run()
                .blames(1, Check.DKG_3, 3);
    }

    @Test
    void blamesForACommitmentToSomethingElse() {
        table(GROUP)
                .whenever(
                        3, Announcement.class, a -> new Announcement(a.ctx(), a.nonce(), new byte[32]))
                .run()
                .blames(1, Check.DKG_3, 3);
    }

    @Test
    void namesEveryPartyWhoseProofDoesNotHold() {
        table(GROUP)
                .whenever(3, Opening.class, opening -> withProof(opening, lastByte(opening.proof())))
                .whenever(4, Opening.class, opening -> withProof(opening, new byte[opening.proof().length]))
                .run()
                .blames(1, Check.DKG_4, 3, 4)
                .blames(2, Check.DKG_4, 3, 4);
    }

    /** What is proved is a_0, by this party, in this session. */
    @ParameterizedTest
    @EnumSource(Replay.class)
    void blamesForAProofMadeForSomethingElse(Replay replay) {
        var f = polynomial(3);
        table(GROUP)
                .whenever(3, Opening.class, opening -> withProof(opening, replay.prove(opening.echo(), f, scope)))
                .run()
                .blames(1, Check.DKG_4, 3)
                .blames(2, Check.DKG_4, 3);
    }

    enum Replay {
        OTHER_SESSION,
        OTHER_PARTY,
        OTHER_COEFFICIENT;

        byte[] prove(byte[] d1, SecretPolynomial f, Secrets scope) {
            var draw = new KatDraw("replay");
            var a0 = f.constant();
            var proof = switch (this) {
                case OTHER_SESSION -> Possession.prove(new byte[32], 3, a0, point(f, 0), draw, scope);
                case OTHER_PARTY -> Possession.prove(d1, 2, a0, point(f, 0), draw, scope);
                case OTHER_COEFFICIENT -> Possession.prove(d1, 3, f.at(1), f.commitment().at(1), draw, scope);
            };
            return proof.encode();
        }

        private static Point point(SecretPolynomial f, int k) {
            return f.commitment().coefficients().get(k);
        }
    }

    @Test
    void namesThePartyThatSendsAWrongPointToItsReceiverOnly() {
        var outcome = table(GROUP)
                .towards(3, 1, SecretPoint.class, point -> new SecretPoint(point.value().plus(GROUP.scalar(1))))
                .run()
                .blames(1, Check.DKG_5, 3);
        outcome.hasNoResult(2).hasNoResult(4);
        assertThat(outcome.failures()).containsOnlyKeys(1);
    }

    @Test
    void namesEveryPartyThatSendsAWrongPoint() {
        table(GROUP)
                .whenever(3, SecretPoint.class, point -> new SecretPoint(point.value().plus(GROUP.scalar(1))))
                .whenever(4, SecretPoint.class, point -> new SecretPoint(point.value().negate()))
                .run()
                .blames(1, Check.DKG_5, 3, 4)
                .blames(2, Check.DKG_5, 3, 4);
    }

    @Test
    void blamesForAPointThatIsNotBelowTheOrder() {
        table(GROUP)
                .bytes(3, 1, 2, false, payload -> {
                    Arrays.fill(payload, (byte) 0xff);
                    return payload;
                })
                .run()
                .blames(1, Check.DKG_5, 3);
    }

    @Test
    void endsWithoutBlameWhenRoundOneWasEquivocated() {
        table(GROUP)
                .towards(3, 2, Announcement.class, a -> new Announcement(a.ctx(), new byte[32], a.commitment()))
                .run()
                .disagreesOnEcho(1, Check.DKG_6, 1)
                .disagreesOnEcho(2, Check.DKG_6, 1);
    }

    /** Two valid openings of one party differ in their proofs only: nothing but D2 shows it. */
    @Test
    void endsWithoutBlameWhenRoundTwoWasEquivocated() {
        var f = polynomial(3);
        table(GROUP)
                .towards(3, 2, Opening.class, opening -> withProof(
                        opening,
                        Possession.prove(
                                        opening.echo(),
                                        3,
                                        f.constant(),
                                        f.commitment().constant(),
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
        table(GROUP)
                .whenever(3, Confirmation.class, confirmation -> new Confirmation(new byte[32]))
                .run()
                .disagreesOnEcho(1, Check.DKG_6, 2)
                .disagreesOnEcho(2, Check.DKG_6, 2);
    }

    @Test
    void comparesTheEchoBeforeItLooksForCulprits() {
        table(GROUP)
                .whenever(3, Opening.class, opening -> new Opening(
                        new byte[32], new byte[0], opening.chainCode(), opening.blind(), opening.proof()))
                .run()
                .disagreesOnEcho(1, Check.DKG_6, 1);
    }

    /** Party 4 knows what the others will draw and cancels the sum of their coefficients. */
    @Test
    void endsWhenTheKeyWouldBeThePointAtInfinity() {
        cancelling(f -> f.constant().publish(), f -> GROUP.scalar(1))
                .run()
                .disagrees(1, Check.DKG_7)
                .disagrees(2, Check.DKG_7)
                .disagrees(4, Check.DKG_7);
    }

    @Test
    void endsWhenAHigherCoefficientWouldVanish() {
        cancelling(f -> GROUP.scalar(1), f -> f.at(1).minus(f.constant()).publish())
                .run()
                .disagrees(1, Check.DKG_7)
                .disagrees(2, Check.DKG_7);
    }

    /** f(1) of all add up to 0: x_1 is 0 and X_1 is O. */
    @Test
    void endsWhenAShareWouldBeZero() {
        cancelling(f -> f.constant().publish().plus(GROUP.scalar(1)), f -> f.at(1)
                        .minus(f.constant())
                        .publish()
                        .minus(GROUP.scalar(1)))
                .run()
                .disagrees(1, Check.DKG_7)
                .disagrees(2, Check.DKG_7);
    }

    /** Party 4 with a_k = -(sum of the others' {@code coefficient_k}). */
    private RoundTable<NewShare> cancelling(
            Function<SecretPolynomial, Scalar> constant,
            Function<SecretPolynomial, Scalar> slope) {
        var a0 = GROUP.scalar(0);
        var a1 = GROUP.scalar(0);
        for (int i = 1; i < N; i++) {
            a0 = a0.minus(constant.apply(polynomial(i)));
            a1 = a1.minus(slope.apply(polynomial(i)));
        }
        var coefficients = List.of(wide(a0), wide(a1));
        return RoundTable.of(agreements(GROUP), agreement -> {
            Draw honest = new KatDraw("honest/" + agreement.me());
            return Keygen.start(
                    agreement, agreement.me() == N ? new RiggedDraw(honest, new ListedDraw(coefficients)) : honest, scope);
        });
    }

    private RoundTable<NewShare> table(Group group) {
        return table(agreements(group));
    }

    private RoundTable<NewShare> table(List<Agreement> agreements) {
        return RoundTable.of(
                agreements,
                agreement -> Keygen.start(agreement, new KatDraw("honest/" + agreement.me()), scope));
    }

    private static List<Agreement> agreements(Group group) {
        return Agreements.keygen(group, Scheme.SCHNORR, N, DEGREE);
    }

    /** f of an honest party: its stream gives the nonce and then the coefficients. */
    private SecretPolynomial polynomial(int party) {
        var draw = new KatDraw("honest/" + party);
        draw.draw(Draw.For.DKG, new byte[0], Announcement.NONCE_BYTES);
        return SecretPolynomial.sample(GROUP, DEGREE, draw, scope);
    }

    private static byte[] g(Group group) {
        return group.generator().encode();
    }
}
