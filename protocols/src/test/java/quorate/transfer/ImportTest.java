package quorate.transfer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quorate.transfer.Transfers.sharing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Purpose;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.commit.Octets;
import quorate.dealing.internal.Announcement;
import quorate.dealing.internal.Confirmation;
import quorate.dealing.internal.Opening;
import quorate.dealing.internal.SecretPoint;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.pair.PairAnswer;
import quorate.rounds.Check;
import quorate.rounds.Entry;
import quorate.table.Edits;
import quorate.table.Keys;
import quorate.table.Outcome;
import quorate.table.RoundTable;
import quorate.transfer.TransferRefused.Reason;

/** Every check of an import, broken exactly there. Nodes have addresses of role 01. */
class ImportTest {
    private static final Group GROUP = Groups.SECP256K1;
    private static final byte[] ATTRIBUTES = {7, 7};
    private static final int A = Entry.address(1, 1);
    private static final int B = Entry.address(1, 2);
    private static final int C = Entry.address(1, 3);

    private final Secrets scope = new Secrets();

    @AfterEach
    void wipe() {
        scope.close();
    }

    @ParameterizedTest
    @CsvSource({"ECDSA, 3, 1", "ECDSA, 2, 1", "ECDSA, 4, 3", "BIP340, 3, 1", "SCHNORR, 3, 2", "SCHNORR, 4, 1"})
    void makesASharingOfTheSameKeyThatNoShareOfTheSourceFits(Scheme scheme, int n, int degree) throws Exception {
        var shares = Keys.random(GROUP, scheme, n, degree, "old", scope);
        var brought = Transfers.brought(shares, ATTRIBUTES, scope);
        var outcome = Transfers.imported(brought, scope).run();

        var made = new ArrayList<KeyShare>();
        for (int j = 1; j <= n; j++) {
            var share = outcome.of(Entry.address(1, j));
            made.add(share.share());
            assertThat(share.operation().baseShareId()).isEqualTo(Octets.EMPTY);
            assertThat(share.operation().newEpoch()).isEqualTo(1);
            assertThat(share.confirmation().digest()).isEqualTo(outcome.of(A).confirmation().digest());
            assertThat(share.pairs()).hasSize(scheme == Scheme.ECDSA ? n - 1 : 0);
        }
        var secret = Keys.interpolate(shares.values(), scope);
        assertThat(Keys.interpolate(made, scope)).isEqualTo(secret);
        assertThat(made.getFirst().sharing().publicKey()).isEqualTo(sharing(shares).publicKey());
        assertThat(made.getFirst().sharing().chainCode()).isEqualTo(sharing(shares).chainCode());
        // One share of the source in place of one of the destination.
        var mixed = new ArrayList<>(made.subList(0, degree + 1));
        mixed.set(0, Objects.requireNonNull(shares.get(1)));
        assertThat(Keys.interpolate(mixed, scope)).isNotEqualTo(secret);
    }

    @Test
    void pairStatesOfBothSidesHaveOneName() throws Exception {
        var outcome = run(table());
        for (int i = 1; i <= 3; i++) {
            for (int j = 1; j <= 3; j++) {
                if (i != j) {
                    var mine = Objects.requireNonNull(outcome.of(Entry.address(1, i)).pairs().get(j));
                    var theirs = Objects.requireNonNull(outcome.of(Entry.address(1, j)).pairs().get(i));
                    assertThat(mine.setup()).isEqualTo(theirs.setup());
                }
            }
        }
    }

    @Test
    void endsWithoutBlameWhenHeadersDiffer() throws Exception {
        run(table().towards(C, A, CommonHeader.class, said -> new CommonHeader(new byte[9]))).disagrees(A, Check.IMP_1);
    }

    @Test
    void blamesForAHeaderThatIsTooLong() throws Exception {
        run(table().bytes(C, A, 0, false, said -> new byte[ExportHeader.LONGEST + 1])).blames(A, Check.COM_3, C);
    }

    @Test
    void endsWithoutBlameInAnotherContext() throws Exception {
        run(table().whenever(C, Greeting.class, said -> new Greeting(new byte[32], said.nonce())))
                .disagrees(A, Check.COM_4);
        run(table().whenever(B, Offering.class, said -> {
                    var dealt = said.dealt();
                    return new Offering(
                            new Announcement(new byte[32], dealt.nonce(), dealt.commitment()), said.nonce());
                }))
                .disagrees(A, Check.COM_4);
    }

    @Test
    void blamesForMessagesOfAnotherLength() throws Exception {
        for (var edit : Edits.wrongLengths()) {
            run(table().bytes(B, A, 1, true, edit)).blames(A, Check.COM_3, B);
            run(table().bytes(C, A, 1, true, edit)).blames(A, Check.COM_3, C);
            run(table().bytes(C, A, 2, true, edit)).blames(A, Check.COM_3, C);
            run(table().bytes(B, A, 2, false, edit)).blames(A, Check.COM_3, B);
            run(table().bytes(C, A, 2, false, edit)).blames(A, Check.COM_3, C);
            run(table().bytes(C, A, 3, true, edit)).blames(A, Check.COM_3, C);
            run(table().bytes(C, A, 3, false, edit)).blames(A, Check.COM_3, C);
        }
    }

    @Test
    void endsWithoutBlameWhenRoundOneWasToldDifferently() throws Exception {
        run(table().whenever(C, Confirmation.class, said -> new Confirmation(new byte[32])))
                .disagreesOnEcho(A, Check.DKG_6, 1);
        run(table().whenever(B, Opening.class, said -> new Opening(
                        new byte[32], said.points(), said.chainCode(), said.blind(), said.proof())))
                .disagreesOnEcho(A, Check.DKG_6, 1);
    }

    @Test
    void blamesForAnotherNumberOfPoints() throws Exception {
        run(table().whenever(B, Opening.class, said -> Edits.withPoints(said, GROUP.generator().encode())))
                .blames(A, Check.RSH_2, B)
                .blames(C, Check.RSH_2, B);
    }

    @Test
    void blamesForACommitmentThatDoesNotOpen() throws Exception {
        run(table().whenever(B, Opening.class, said -> Edits.withBlind(said, new byte[32])))
                .blames(A, Check.DKG_3, B)
                .blames(C, Check.DKG_3, B);
    }

    @Test
    void blamesForAProofThatDoesNotHold() throws Exception {
        run(table().whenever(B, Opening.class, said -> Edits.withProof(said, Edits.lastByte(said.proof()))))
                .blames(A, Check.IMP_2, B)
                .blames(C, Check.IMP_2, B);
    }

    /** A dealer that deals what it likes: everything is consistent but that it is not its share of the key. */
    @Test
    void blamesADealerOfSomethingElse() throws Exception {
        var shares = shares();
        var brought = Transfers.brought(shares, ATTRIBUTES, scope);
        var honest = Objects.requireNonNull(brought.get(2));
        brought.put(2, new ImportedShare(
                honest.header(), honest.source(), honest.y().plus(SecretScalar.of(scope, GROUP.scalar(1)))));
        Transfers.imported(brought, scope).run().blames(A, Check.IMP_2, B).blames(C, Check.IMP_2, B);
    }

    @Test
    void blamesForAWrongPoint() throws Exception {
        var one = SecretScalar.of(scope, GROUP.scalar(1));
        run(table().towards(B, C, SecretPoint.class, said -> new SecretPoint(said.value().plus(one), said.invitation())))
                .blames(C, Check.DKG_5, B);
    }

    @Test
    void blamesForAPairInvitationWithoutPoints() throws Exception {
        run(table().bytes(C, A, 2, false, said -> new byte[said.length])).blames(A, Check.PAIR_1, C);
    }

    @Test
    void blamesForAPairAnswerWithoutPoints() throws Exception {
        run(table().towards(C, A, PairAnswer.class, said -> new PairAnswer(new byte[said.encode().length])))
                .blames(A, Check.PAIR_1, C);
    }

    @Test
    void endsWithoutBlameWhenRoundTwoWasToldDifferently() throws Exception {
        run(table().bytes(C, A, 3, true, said -> new byte[32])).disagreesOnEcho(A, Check.DKG_6, 2);
    }

    @Test
    void refusesASessionAboutAnotherIndex() throws Exception {
        var brought = Transfers.brought(shares(), ATTRIBUTES, scope);
        var swapped = new TreeMap<>(brought);
        swapped.put(3, Objects.requireNonNull(brought.get(1)));
        Transfers.imported(swapped, scope).run().refuses(C, Check.COM_5);
    }

    @Test
    void refusesAShareOfSomethingElseBeforeTheSession() throws Exception {
        var header = Objects.requireNonNull(Transfers.brought(shares(), ATTRIBUTES, scope).get(1)).header();
        var other = Keys.random(GROUP, Scheme.ECDSA, 3, 1, "other", scope);
        var y = Objects.requireNonNull(other.get(1)).secret().exposeFor(Purpose.SEALING);
        for (var wrong : List.of(y, new byte[32], new byte[31], "x".repeat(33).getBytes(US_ASCII))) {
            assertThatThrownBy(() -> ImportedShare.of(header, wrong, scope))
                    .isInstanceOfSatisfying(TransferRefused.class, e -> {
                        assertThat(e.reason()).isEqualTo(Reason.UNSOUND);
                        assertThat(e.check()).isEqualTo(Check.IMP_1);
                    });
        }
    }

    private SortedMap<Integer, KeyShare> shares() {
        return Keys.random(GROUP, Scheme.ECDSA, 3, 1, "old", scope);
    }

    private RoundTable<quorate.dealing.NewShare> table() throws TransferRefused {
        return Transfers.imported(Transfers.brought(shares(), ATTRIBUTES, scope), scope);
    }

    private static Outcome<quorate.dealing.NewShare> run(RoundTable<quorate.dealing.NewShare> table) {
        return table.run();
    }
}
