package quorate.reshare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quorate.table.Edits.firstByte;
import static quorate.table.Edits.lastByte;
import static quorate.table.Edits.withBlind;
import static quorate.table.Edits.withPoints;
import static quorate.table.Edits.withProof;
import static quorate.table.Edits.wrongLengths;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.SecretPolynomial;
import quorate.algebra.Secrets;
import quorate.dealing.internal.Announcement;
import quorate.dealing.internal.Confirmation;
import quorate.dealing.internal.Contribution;
import quorate.dealing.internal.Opening;
import quorate.dealing.internal.SecretPoint;
import quorate.key.Scheme;
import quorate.rounds.Agreement;
import quorate.rounds.Check;
import quorate.rounds.Entry;
import quorate.rounds.Refused;
import quorate.table.Agreements;
import quorate.table.Keys;
import quorate.table.RoundTable;
import quorate.testkit.vectors.KatDraw;

/**
 * Every check of a redistribution, broken exactly there: from dealers 1, 2 and 4 of 3-of-5, with 3 and 5 as observers, to
 * 2-of-3. Party 4 (and 2) lies; dealer 1, observer 3 and the first two receivers see it.
 */
class RedistributionAdversaryTest {
    private static final Group GROUP = Groups.SECP256K1;
    private static final int[] JUDGES = {1, 3, Entry.address(1, 1), Entry.address(1, 2)};
    private static final int RECEIVER = Entry.address(1, 1);
    private static final int LIAR = Entry.address(1, 3);

    private final Secrets scope = new Secrets();
    private final Handover handover = Handover.random(GROUP, Scheme.SCHNORR, 5, 2, Set.of(1, 2, 4), 3, 1, false, scope);

    @AfterEach
    void wipe() {
        scope.close();
    }

    private RoundTable<Handover.Result> table() {
        return handover.table();
    }

    private static void allBlame(RoundTable<Handover.Result> table, Check check, Integer... culprits) {
        var outcome = table.run();
        for (int judge : JUDGES) {
            outcome.blames(judge, check, culprits);
        }
    }

    private static void allDisagree(RoundTable<Handover.Result> table, Check check, int echoed) {
        var outcome = table.run();
        for (int judge : JUDGES) {
            outcome.disagreesOnEcho(judge, check, echoed);
        }
    }

    @Test
    void endsWithoutBlameWhenAPartyIsInAnotherContext() {
        for (int other : new int[] {1, 7}) { // a dealer, a receiver
            var agreements = new ArrayList<>(handover.agreements());
            agreements.set(other, Agreements.with(agreements.get(other), new byte[32]));
            var outcome = handover.table(agreements).run();
            for (int judge : JUDGES) {
                if (judge != agreements.get(other).address()) {
                    outcome.disagrees(judge, Check.COM_4);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void blamesForABroadcastOfWrongLength(int round) {
        for (UnaryOperator<byte[]> edit : wrongLengths()) {
            for (int liar : new int[] {4, LIAR}) {
                table().bytes(liar, RECEIVER, round, true, edit).run().blames(RECEIVER, Check.COM_3, liar);
                table().bytes(liar, 3, round, true, edit).run().blames(3, Check.COM_3, liar);
            }
        }
    }

    @Test
    void blamesForAnEchoOrAPointOfWrongLength() {
        for (UnaryOperator<byte[]> edit : wrongLengths()) {
            table().bytes(LIAR, RECEIVER, 2, true, edit).run().blames(RECEIVER, Check.COM_3, LIAR);
            table().bytes(4, RECEIVER, 2, false, edit).run().blames(RECEIVER, Check.COM_3, 4);
        }
    }

    /** A dealer that says what a receiver says, and the other way round. */
    @Test
    void blamesForAMessageOfTheOtherRole() {
        table().bytes(4, 3, 1, true, payload -> Arrays.copyOf(payload, 64)).run().blames(3, Check.COM_3, 4);
        table().bytes(LIAR, 3, 1, true, payload -> Arrays.copyOf(payload, 96)).run().blames(3, Check.COM_3, LIAR);
    }

    @Test
    void namesEveryDealerWithAnotherNumberOfPoints() {
        allBlame(
                table().whenever(4, Opening.class, o -> withPoints(o, Encoding.concat(o.points(), g())))
                        .whenever(2, Opening.class, o -> withPoints(o, g())),
                Check.RSH_2,
                2,
                4);
    }

    @Test
    void namesEveryDealerWhosePointsDoNotDecode() {
        allBlame(
                table().whenever(4, Opening.class, o -> withPoints(o, firstByte(o.points(), 5)))
                        .whenever(2, Opening.class, o -> withPoints(o, new byte[o.points().length])),
                Check.RSH_2,
                2,
                4);
    }

    @Test
    void blamesForAnOpeningTooShortForItsFixedFields() {
        table().bytes(4, RECEIVER, 2, true, payload -> Arrays.copyOf(payload, 40)).run().blames(RECEIVER, Check.RSH_2, 4);
    }

    @Test
    void namesEveryDealerWhoseCommitmentDoesNotOpen() {
        allBlame(
                table().whenever(4, Opening.class, o -> withBlind(o, new byte[32]))
                        .whenever(2, Opening.class, o -> withPoints(o, Encoding.concat(g(), g()))),
                Check.DKG_3,
                2,
                4);
    }

    @Test
    void namesEveryDealerWhoseProofDoesNotHold() {
        allBlame(
                table().whenever(4, Opening.class, o -> withProof(o, lastByte(o.proof())))
                        .whenever(2, Opening.class, o -> withProof(o, new byte[o.proof().length])),
                Check.DKG_4,
                2,
                4);
    }

    /** It shares something else than its part of the key, and all the rest is consistent. */
    @Test
    void namesTheDealerWithAWrongConstantTerm() {
        allBlame(sharingSomethingElse(table(), 4), Check.RSH_4, 4);
    }

    @Test
    void namesEveryDealerWithAWrongConstantTerm() {
        allBlame(sharingSomethingElse(sharingSomethingElse(table(), 4), 2), Check.RSH_4, 2, 4);
    }

    private RoundTable<Handover.Result> sharingSomethingElse(RoundTable<Handover.Result> table, int dealer) {
        var f = SecretPolynomial.sample(GROUP, handover.plan.degree(), new KatDraw("wrong/" + dealer), scope);
        var wrong = new Contribution(f, f.commitment(), new byte[0], new byte[32]);
        var lying = table.whenever(dealer, Announcement.class, a -> wrong.announce(a.ctx(), dealer, a.nonce()))
                .whenever(dealer, Opening.class, o -> wrong.open(o.echo(), dealer, new KatDraw("proof"), scope));
        for (int j = 1; j <= handover.plan.players(); j++) {
            int index = j;
            lying.towards(dealer, Entry.address(1, j), SecretPoint.class, point -> new SecretPoint(f.at(index)));
        }
        return lying;
    }

    @Test
    void namesTheDealerThatSendsAWrongPointToItsReceiverOnly() {
        var outcome = table().towards(
                        4, RECEIVER, SecretPoint.class, point -> new SecretPoint(point.value().plus(GROUP.scalar(1))))
                .run()
                .blames(RECEIVER, Check.DKG_5, 4);
        assertThat(outcome.failures()).containsOnlyKeys(RECEIVER);
        assertThat(outcome.results()).isEmpty(); // nobody confirms without it
    }

    @Test
    void namesEveryDealerThatSendsAWrongPoint() {
        var outcome = table().whenever(4, SecretPoint.class, point -> new SecretPoint(point.value().negate()))
                .whenever(2, SecretPoint.class, point -> new SecretPoint(point.value().plus(GROUP.scalar(1))))
                .run();
        outcome.blames(RECEIVER, Check.DKG_5, 2, 4).blames(LIAR, Check.DKG_5, 2, 4);
    }

    @Test
    void endsWithoutBlameWhenRoundOneWasEquivocated() {
        allDisagree(
                table().towards(4, 1, Announcement.class, a -> new Announcement(a.ctx(), new byte[32], a.commitment())),
                Check.DKG_6,
                1);
        allDisagree(table().towards(LIAR, 1, Greeting.class, g -> new Greeting(g.ctx(), new byte[32])), Check.DKG_6, 1);
    }

    @Test
    void endsWithoutBlameWhenAnEchoIsNotMine() {
        allDisagree(table().whenever(LIAR, Echo.class, echo -> new Echo(new byte[32])), Check.DKG_6, 1);
        allDisagree(
                table().whenever(4, Opening.class, o ->
                        new Opening(new byte[32], new byte[0], o.chainCode(), o.blind(), o.proof())),
                Check.DKG_6,
                1);
    }

    @Test
    void endsWithoutBlameWhenAConfirmationIsNotMine() {
        for (int liar : new int[] {4, LIAR}) {
            allDisagree(table().whenever(liar, Confirmation.class, c -> new Confirmation(new byte[32])), Check.DKG_6, 2);
        }
    }

    /** One dealer says something else about the key. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void endsWhenTheRecordsOfTheDealersDiffer(int part) {
        for (int liar : new int[] {1, 4}) {
            table().bytes(liar, RECEIVER, 0, false, payload -> otherPart(payload, part))
                    .run()
                    .disagrees(RECEIVER, Check.RSH_5);
        }
    }

    /**
     * All dealers lie alike: what they say must still be the sharing that was agreed on, of the key asked for. Chain code
     * and attributes (7 and 10) are what more parties say than may be corrupt.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 8, 9})
    void endsWhenTheRecordIsNotTheAgreedOne(int part) {
        var table = table();
        for (int dealer : handover.plan.dealers()) {
            table.bytes(dealer, RECEIVER, 0, false, payload -> otherPart(payload, part));
        }
        table.run().disagrees(RECEIVER, Check.RSH_5);
    }

    private static byte[] otherPart(byte[] record, int number) {
        try {
            var parts = Encoding.decode(record).toArray(byte[][]::new);
            parts[number][parts[number].length - 1] ^= 1;
            return Encoding.enc(parts);
        } catch (DecodingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void blamesForARecordThatIsNone() {
        table().bytes(4, RECEIVER, 0, false, payload -> Arrays.copyOf(payload, payload.length - 1))
                .run()
                .blames(RECEIVER, Check.COM_3, 4);
        table().bytes(4, RECEIVER, 0, false, payload -> Encoding.enc(new byte[1]))
                .run()
                .blames(RECEIVER, Check.COM_3, 4);
    }

    /** Each old party refuses to give away another key than was asked for. */
    @Test
    void endsWhenAnotherPublicKeyWasAskedFor() {
        var other = Keys.random(GROUP, Scheme.SCHNORR, 5, 2, "other", scope);
        var plan = handover.plan;
        var asked = new Plan(
                false, plan.newKeyId(), plan.players(), plan.degree(), plan.roster(), plan.dealers(),
                Handover.plan(other, Set.of(1, 2, 3), 3, 1, false).publicKey());
        var mistaken = new Handover(handover.shares, asked, Agreements.ids(5), scope);
        mistaken.table(handover.agreements()).run().disagrees(1, Check.RSH_5).disagrees(3, Check.RSH_5);
        // And a new one does not take another key than its operator expects.
        RoundTable.of(handover.agreements(), agreement -> {
                    var node = agreement.address() == RECEIVER ? mistaken : handover;
                    return node.start(agreement, new KatDraw("test/" + agreement.address()));
                })
                .run()
                .disagrees(RECEIVER, Check.RSH_5);
    }

    @Test
    void refusesAPlanThatDoesNotFitTheParticipants() {
        var agreement = handover.agreements().getFirst();
        assertRefused(agreement, plan(Set.of(1, 2), 3), "2 dealers of a key of threshold 3");
        assertRefused(agreement, plan(Set.of(1, 2, 3, 4), 3), "4 dealers");
        assertRefused(agreement, plan(Set.of(1, 2, 6), 3), "not every dealer");
        assertRefused(agreement, plan(Set.of(1, 2, 4), 4), "the new committee is not 1 to 4");
        var asCopy = new Plan(true, new byte[] {'k'}, 3, 1, new byte[32], handover.plan.dealers(), new byte[33]);
        assertRefused(agreement, asCopy, "who do not deal");
        var renamed = new Plan(false, new byte[] {'k'}, 3, 1, new byte[32], handover.plan.dealers(), new byte[33]);
        assertRefused(agreement, renamed, "another key id");
    }

    private Plan plan(Set<Integer> dealers, int players) {
        var plan = handover.plan;
        return new Plan(
                false, plan.newKeyId(), players, plan.degree(), plan.roster(), new TreeSet<>(dealers), plan.publicKey());
    }

    private void assertRefused(Agreement agreement, Plan plan, String reason) {
        assertThatThrownBy(() -> Redistribution.deal(
                        agreement, plan, handover.share(1), handover.record(), new KatDraw("test"), scope))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.check()).isEqualTo(Check.COM_5))
                .hasMessageContaining(reason);
    }

    private static byte[] g() {
        return GROUP.generator().encode();
    }
}
