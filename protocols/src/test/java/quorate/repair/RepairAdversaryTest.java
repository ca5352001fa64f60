package quorate.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.key.KeyRecord;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.rounds.Agreement;
import quorate.rounds.Check;
import quorate.rounds.Malformed;
import quorate.rounds.Refused;
import quorate.table.Agreements;
import quorate.table.Keys;
import quorate.table.Outcome;
import quorate.table.RoundTable;

/** Every check of repair, broken exactly there by helper 4 (and 5), seen by helper 1 and by the target, party 2. */
class RepairAdversaryTest {
    private static final int N = 5;
    private static final int DEGREE = 2;
    private static final int TARGET = 2;
    private static final Set<Integer> HELPERS = Set.of(1, 4, 5);
    private static final Group GROUP = Groups.SECP256K1;

    private final Secrets scope = new Secrets();
    private final Patient patient = Patient.of(GROUP, Scheme.ECDSA, N, DEGREE, TARGET, HELPERS, scope);

    @AfterEach
    void wipe() {
        scope.close();
    }

    @ParameterizedTest
    @CsvSource({
        "5, 2, 6, no party of 5 has index 6",
        "5, 2, 0, no party of 5 has index 0",
        "5, 2, 4, party 4 cannot help to repair its own share",
        "5, 3, 2, '4 helpers repair a share, not 3'",
        "5, 1, 2, '2 helpers repair a share, not 3'",
        "4, 3, 2, a key that needs all of its 4 players has no repair",
        "4, 2, 2, no party of 4 has index 5"
    })
    void refusesWhatWouldBeANewShareOrNoRepair(int players, int degree, int target, String reason) {
        assertThatThrownBy(() -> Repair.check(players, degree, target, HELPERS))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.check()).isEqualTo(Check.REP_0))
                .hasMessage("REP-0: " + reason);
    }

    @Test
    void nobodyStartsARepairOfWhoDoesNotTakePart() {
        var outcome = RoundTable.of(patient.agreements(), agreement -> agreement.me() == TARGET
                        ? Repair.receive(agreement, 3, patient.publicKey(), scope)
                        : help(agreement, 3, patient.share(agreement.me())))
                .run();
        outcome.refuses(1, Check.REP_0).refuses(TARGET, Check.REP_0);
    }

    @Test
    void helpsWithNoOtherShareThanTheAgreedOne() {
        var other = Keys.random(GROUP, Scheme.ECDSA, N, DEGREE, "another sharing", scope);
        var agreement = patient.agreements().getFirst();
        assertThatThrownBy(() -> help(agreement, TARGET, other.firstEntry().getValue()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> help(agreement, TARGET, patient.share(4)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Repair.receive(agreement, TARGET, patient.publicKey(), scope))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void endsWithoutBlameWhenAPartyIsInAnotherContext() {
        var agreements = patient.agreements();
        agreements.set(2, Agreements.with(agreements.get(2), new byte[32]));
        patient.table(agreements).run().disagrees(1, Check.COM_4).disagrees(TARGET, Check.COM_4);
    }

    /** What helper 4 says of the key is not what the others say. */
    @Test
    void endsWithoutBlameWhenTheRecordsDiffer() {
        patient.table()
                .whenever(4, KeyRecord.class, record -> with(record, 7, new byte[] {1}))
                .run()
                .disagrees(1, Check.REP_1)
                .disagrees(5, Check.REP_1)
                .disagrees(TARGET, Check.REP_1)
                .hasNoResult(4);
    }

    /** All helpers say the same, and it is not what was agreed. */
    @ParameterizedTest
    @EnumSource(Lie.class)
    void theTargetTakesNoRecordThatIsNotOfItsKey(Lie lie) {
        var table = patient.table();
        HELPERS.forEach(helper -> table.towards(
                helper, TARGET, KeyRecord.class, record -> with(record, lie.part, lie.change(parts(record).get(lie.part)))));
        table.run().disagrees(TARGET, Check.REP_1).hasNoResult(TARGET);
    }

    enum Lie {
        CURVE(0),
        SCHEME(1),
        KEY_ID(2),
        EPOCH(3),
        PLAYERS(4),
        DEGREE(5),
        PUBLIC_KEY(6),
        CHAIN_CODE_LENGTH(7),
        COMMITMENT(8),
        COMMITMENT_LENGTH(8),
        CONSTANT(8),
        ROSTER(9),
        ROSTER_LENGTH(9);

        private final int part;

        Lie(int part) {
            this.part = part;
        }

        byte[] change(byte[] value) {
            return switch (this) {
                case CHAIN_CODE_LENGTH, COMMITMENT_LENGTH, ROSTER_LENGTH -> Arrays.copyOf(value, value.length - 1);
                case CONSTANT -> {
                    // A valid point, but not pk.
                    var g = GROUP.generator().encode();
                    var copy = value.clone();
                    System.arraycopy(g, 0, copy, 0, g.length);
                    yield copy;
                }
                case CURVE, SCHEME, KEY_ID, EPOCH, PLAYERS, DEGREE, PUBLIC_KEY, COMMITMENT, ROSTER -> {
                    var copy = value.clone();
                    copy[copy.length - 1] ^= 1;
                    yield copy;
                }
            };
        }
    }

    /** A_0 is pk, so only shareId shows that this is another sharing. */
    @Test
    void theTargetTakesNoRecordOfAnotherSharing() {
        var table = patient.table();
        HELPERS.forEach(helper -> table.towards(helper, TARGET, KeyRecord.class, record -> {
            var a = parts(record).get(8);
            System.arraycopy(GROUP.generator().encode(), 0, a, GROUP.pointBytes(), GROUP.pointBytes());
            return with(record, 8, a);
        }));
        table.run().disagrees(TARGET, Check.REP_1);
    }

    @Test
    void theTargetTakesNoKeyThatItsOperatorDidNotName() {
        var outcome = RoundTable.of(patient.agreements(), agreement -> agreement.me() == TARGET
                        ? Repair.receive(agreement, TARGET, GROUP.generator().encode(), scope)
                        : help(agreement, TARGET, patient.share(agreement.me())))
                .run();
        outcome.disagrees(TARGET, Check.REP_1).hasNoResult(TARGET);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100})
    void blamesForARecordThatIsNone(int bytes) {
        patient.table()
                .bytes(4, 1, 0, false, payload -> Arrays.copyOf(payload, bytes))
                .bytes(4, TARGET, 0, false, payload -> Arrays.copyOf(payload, bytes))
                .run()
                .blames(1, Check.COM_3, 4)
                .blames(TARGET, Check.COM_3, 4);
    }

    @Test
    void blamesForARecordWithAnotherNumberOfParts() {
        patient.table()
                .bytes(4, TARGET, 0, false, payload -> Encoding.enc(payload))
                .run()
                .blames(TARGET, Check.COM_3, 4);
    }

    @ParameterizedTest
    @CsvSource({"1, true, 1", "1, true, 2", "3, true, 1", "3, true, 2", "2, false, 1", "3, false, 2"})
    void blamesForAPayloadOfWrongLength(int round, boolean shared, int receiver) {
        for (var edit : wrongLengths()) {
            patient.table().bytes(4, receiver, round, shared, edit).run().blames(receiver, Check.COM_3, 4);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "3, 2"})
    void blamesForAScalarThatIsNotBelowTheOrder(int round, int receiver) {
        patient.table()
                .bytes(4, receiver, round, false, payload -> {
                    Arrays.fill(payload, (byte) 0xff);
                    return payload;
                })
                .run()
                .blames(receiver, Check.COM_3, 4);
    }

    @Test
    void namesEveryHelperWithAWrongNumberOfPoints() {
        var g = GROUP.generator().encode();
        patient.table()
                .whenever(4, Opening.class, said -> points(said, Encoding.concat(said.points(), g)))
                .whenever(5, Opening.class, said -> points(said, g))
                .run()
                .blames(1, Check.REP_5, 4, 5)
                .blames(TARGET, Check.REP_5, 4, 5);
    }

    @Test
    void blamesForAnOpeningTooShortForItsFixedFields() {
        patient.table().bytes(4, TARGET, 2, true, payload -> Arrays.copyOf(payload, 40)).run().blames(TARGET, Check.REP_5, 4);
    }

    @Test
    void namesEveryHelperWhosePointsDoNotDecode() {
        patient.table()
                .whenever(4, Opening.class, said -> points(said, new byte[said.points().length]))
                .run()
                .blames(1, Check.COM_3, 4)
                .blames(TARGET, Check.COM_3, 4);
    }

    @Test
    void namesEveryHelperWhoseCommitmentDoesNotOpen() {
        patient.table()
                .whenever(4, Opening.class, said -> new Opening(said.echo(), said.points(), new byte[32]))
                .whenever(5, Announcement.class, said -> new Announcement(said.ctx(), said.nonce(), new byte[32]))
                .run()
                .blames(1, Check.REP_5, 4, 5)
                .blames(TARGET, Check.REP_5, 4, 5);
    }

    /** Points that add up rightly, but were not committed to: two of them exchanged. */
    @Test
    void blamesForPointsThatWereNotCommittedTo() {
        patient.table()
                .whenever(4, Opening.class, said -> {
                    int length = GROUP.pointBytes();
                    var first = Arrays.copyOf(said.points(), length);
                    var second = Arrays.copyOfRange(said.points(), length, 2 * length);
                    var third = Arrays.copyOfRange(said.points(), 2 * length, 3 * length);
                    return points(said, Encoding.concat(second, first, third));
                })
                .run()
                .blames(1, Check.REP_5, 4)
                .blames(TARGET, Check.REP_5, 4);
    }

    /** The points were committed to, and are valid, but their sum is not l_i·X_i: another number than l_i·x_i is shared. */
    @Test
    void namesTheHelperThatSharesSomethingElse() throws Exception {
        sharingSomethingElse(patient.table(), 4)
                .run()
                .blames(1, Check.REP_2, 4)
                .blames(5, Check.REP_2, 4)
                .blames(TARGET, Check.REP_2, 4);
    }

    @Test
    void namesEveryHelperThatSharesSomethingElse() throws Exception {
        sharingSomethingElse(sharingSomethingElse(patient.table(), 4), 5)
                .run()
                .blames(1, Check.REP_2, 4, 5)
                .blames(TARGET, Check.REP_2, 4, 5);
    }

    private RoundTable<RepairOutcome> sharingSomethingElse(RoundTable<RepairOutcome> table, int helper) throws Refused {
        var agreement = patient.agreements().stream().filter(a -> a.me() == helper).findFirst().orElseThrow();
        var ceremony = Ceremony.of(agreement, TARGET, scope);
        var honest = Contribution.of(ceremony, patient.share(helper), patient.draw(helper));
        var images = new ArrayList<>(honest.images());
        images.set(1, images.get(1).plus(GROUP.generator()));
        var liar = new Contribution(honest.addends(), images, honest.nonce(), honest.blind());
        return table.whenever(helper, Announcement.class, said -> liar.announce(ceremony))
                .whenever(helper, Opening.class, said -> Opening.of(said.echo(), liar.images(), liar.blind()));
    }

    @Test
    void namesTheHelperThatSendsAWrongAddendToItsReceiverOnly() {
        var outcome = patient.table()
                .towards(4, 1, Addend.class, addend -> new Addend(addend.value().plus(GROUP.scalar(1))))
                .run()
                .blames(1, Check.REP_3, 4);
        assertThat(outcome.failures()).containsOnlyKeys(1);
        outcome.hasNoResult(TARGET);
    }

    @Test
    void namesEveryHelperThatSendsAWrongAddend() {
        patient.table()
                .whenever(4, Addend.class, addend -> new Addend(addend.value().plus(GROUP.scalar(1))))
                .whenever(5, Addend.class, addend -> new Addend(addend.value().negate()))
                .run()
                .blames(1, Check.REP_3, 4, 5)
                .hasNoResult(TARGET);
    }

    @Test
    void namesEveryHelperThatSendsAWrongSum() {
        patient.table()
                .whenever(4, Sum.class, sum -> new Sum(sum.value().plus(GROUP.scalar(1))))
                .whenever(5, Sum.class, sum -> new Sum(sum.value().minus(one())))
                .run()
                .blames(TARGET, Check.REP_4, 4, 5)
                .hasNoResult(TARGET);
    }

    @Test
    void endsWithoutBlameWhenRoundOneWasEquivocated() {
        patient.table()
                .towards(4, TARGET, Announcement.class, said -> new Announcement(said.ctx(), new byte[32], said.commitment()))
                .run()
                .disagreesOnEcho(TARGET, Check.REP_6, 1)
                .hasNoResult(TARGET);
    }

    /** Only the digest of round 2 shows it to the target: the opening that it got is valid too. */
    @Test
    void endsWithoutBlameWhenTheDigestOfRoundTwoIsNotMine() {
        patient.table()
                .whenever(4, Confirmation.class, said -> new Confirmation(new byte[32]))
                .run()
                .disagreesOnEcho(1, Check.REP_6, 2)
                .disagreesOnEcho(TARGET, Check.REP_6, 2)
                .hasNoResult(TARGET);
    }

    @Test
    void comparesTheEchoBeforeItLooksForCulprits() {
        patient.table()
                .whenever(4, Opening.class, said -> new Opening(new byte[32], new byte[0], said.blind()))
                .run()
                .disagreesOnEcho(1, Check.REP_6, 1);
    }

    /** The sums leave only when all helpers saw the same: "a second send step of the same round". */
    @Test
    void noSumLeavesBeforeTheDigestsAreEqual() {
        var table = patient.table().towards(4, 1, Confirmation.class, said -> new Confirmation(new byte[32]));
        Outcome<RepairOutcome> outcome = table.run();
        outcome.disagreesOnEcho(1, Check.REP_6, 2).hasNoResult(TARGET);
        assertThatThrownBy(() -> table.payload(3, false, 1, TARGET)).isInstanceOf(AssertionError.class);
    }

    private quorate.rounds.Step<RepairOutcome> help(Agreement agreement, int target, KeyShare share) throws Refused {
        return Repair.help(agreement, target, share, patient.record(), patient.draw(agreement.me()), scope);
    }

    private SecretScalar one() {
        return SecretScalar.of(scope, GROUP.scalar(1));
    }

    private static KeyRecord with(KeyRecord record, int part, byte[] value) {
        var parts = parts(record);
        parts.set(part, value);
        try {
            return KeyRecord.read(Encoding.enc(parts.toArray(byte[][]::new)));
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }

    private static List<byte[]> parts(KeyRecord record) {
        try {
            return new ArrayList<>(Encoding.decode(record.encode()));
        } catch (DecodingException e) {
            throw new AssertionError(e);
        }
    }

    private static Opening points(Opening opening, byte[] points) {
        return new Opening(opening.echo(), points, opening.blind());
    }

    private static List<UnaryOperator<byte[]>> wrongLengths() {
        return List.of(
                payload -> new byte[0],
                payload -> Arrays.copyOf(payload, payload.length - 1),
                payload -> Arrays.copyOf(payload, payload.length + 1));
    }
}
