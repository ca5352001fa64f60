package quorate.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quorate.transfer.Transfers.share;
import static quorate.transfer.Transfers.sharing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quorate.algebra.Groups;
import quorate.algebra.Purpose;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.dealing.internal.Announcement;
import quorate.dealing.internal.Confirmation;
import quorate.dealing.internal.Opening;
import quorate.dealing.internal.SecretPoint;
import quorate.derive.DerivedKey;
import quorate.derive.Path;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.rounds.Check;
import quorate.table.Edits;
import quorate.table.Keys;
import quorate.table.RoundTable;
import quorate.transfer.TransferRefused.Reason;

class ExportTest {
    private final Secrets scope = new Secrets();
    private final SortedMap<Integer, KeyShare> shares =
            Keys.random(Groups.SECP256K1, Scheme.ECDSA, 4, 2, "old", scope);

    @AfterEach
    void wipe() {
        scope.close();
    }

    @Test
    void makesSharesOfTheSameKeyThatFitNoOtherSharing() {
        var outcome = table(Set.of(1, 2, 3, 4), Path.ROOT).run();

        var made = new ArrayList<KeyShare>();
        for (int i : shares.keySet()) {
            made.add(outcome.of(i).share());
            assertThat(outcome.of(i).exportId()).isEqualTo(outcome.of(1).exportId());
        }
        var secret = Keys.interpolate(shares.values(), scope);
        assertThat(Keys.interpolate(made.subList(0, 3), scope)).isEqualTo(secret);
        assertThat(Keys.interpolate(made.subList(1, 4), scope)).isEqualTo(secret);
        assertThat(made.getFirst().sharing().publicKey()).isEqualTo(sharing(shares).publicKey());
        assertThat(made.getFirst().sharing().chainCode()).isEqualTo(sharing(shares).chainCode());
        // A share of the key and exported ones never combine.
        assertThat(Keys.interpolate(List.of(share(shares, 1), made.get(1), made.get(2)), scope)).isNotEqualTo(secret);
        assertThat(Keys.interpolate(List.of(share(shares, 1), share(shares, 2), made.get(2)), scope))
                .isNotEqualTo(secret);
    }

    /** Blobs of all n destinations exist only if all take part, but threshold-many are enough for a custodian. */
    @Test
    void isDoneByThresholdManyParties() {
        var outcome = table(Set.of(1, 2, 4), Path.ROOT).run();

        var made = List.of(outcome.of(1).share(), outcome.of(2).share(), outcome.of(4).share());
        assertThat(Keys.interpolate(made, scope)).isEqualTo(Keys.interpolate(shares.values(), scope));
    }

    @Test
    void isNotDoneByFewer() {
        assertThatThrownBy(() -> table(Set.of(1, 2), Path.ROOT).run()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void exportsADerivedKeyByItsPath() {
        var path = Path.parse("m/7/1");
        var outcome = table(Set.of(1, 2, 3), path).run();

        var child = DerivedKey.root(sharing(shares)).child(7).child(1);
        var exported = outcome.of(2).share().sharing();
        assertThat(exported.publicKey()).isEqualTo(child.publicKey());
        assertThat(exported.chainCode()).isEqualTo(child.chainCode());
        var made = List.of(outcome.of(1).share(), outcome.of(2).share(), outcome.of(3).share());
        assertThat(Groups.SECP256K1.multiplyBase(Keys.interpolate(made, scope))).isEqualTo(child.publicKey());
    }

    @Test
    void endsWithoutBlameInAnotherContext() {
        table(Set.of(1, 2, 3), Path.ROOT)
                .whenever(3, Announcement.class, said -> new Announcement(new byte[32], said.nonce(), said.commitment()))
                .run()
                .disagrees(1, Check.COM_4)
                .disagrees(2, Check.COM_4);
    }

    @Test
    void endsWithoutBlameWhenRoundOneDiffers() {
        table(Set.of(1, 2, 3), Path.ROOT)
                .whenever(3, Opening.class, said -> new Opening(
                        new byte[32], said.points(), said.chainCode(), said.blind(), said.proof()))
                .run()
                .disagreesOnEcho(1, Check.DKG_6, 1);
    }

    @Test
    void blamesForAConstantTerm() {
        var point = Groups.SECP256K1.generator().encode();
        table(Set.of(1, 2, 3), Path.ROOT)
                .whenever(3, Opening.class, said -> Edits.withPoints(
                        said, quorate.algebra.Encoding.concat(point, said.points())))
                .run()
                .blames(1, Check.RSH_2, 3);
    }

    @Test
    void blamesForACommitmentThatDoesNotOpen() {
        table(Set.of(1, 2, 3), Path.ROOT)
                .whenever(3, Opening.class, said -> Edits.withBlind(said, new byte[32]))
                .run()
                .blames(1, Check.DKG_3, 3);
    }

    @Test
    void blamesForAProofThatDoesNotHold() {
        table(Set.of(1, 2, 3), Path.ROOT)
                .whenever(3, Opening.class, said -> Edits.withProof(said, Edits.lastByte(said.proof())))
                .run()
                .blames(1, Check.DKG_4, 3);
    }

    @Test
    void blamesForAWrongPoint() {
        var one = SecretScalar.of(scope, Groups.SECP256K1.scalar(1));
        table(Set.of(1, 2, 3), Path.ROOT)
                .towards(3, 1, SecretPoint.class, said -> new SecretPoint(said.value().plus(one)))
                .run()
                .blames(1, Check.DKG_5, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void givesNothingOutBeforeAllD2AreEqual(int judge) {
        var outcome = table(Set.of(1, 2, 3, 4), Path.ROOT)
                .whenever(4, Confirmation.class, said -> new Confirmation(new byte[32]))
                .run();
        outcome.disagreesOnEcho(judge, Check.EXP_4, 2).hasNoResult(judge);
    }

    private RoundTable<ExportedShare> table(Set<Integer> parties, Path path) {
        return Transfers.export(shares, parties, path, scope);
    }

    @Test
    void headersOfOneExportBelongTogether() throws Exception {
        var headers = headers();
        var set = ExportSet.of(headers);
        assertThat(set.sharing().publicKey()).isEqualTo(sharing(shares).publicKey());
        set.requireShare(1, y(1));
    }

    @Test
    void refusesTheShareOfAnotherIndex() throws Exception {
        var set = ExportSet.of(headers());
        assertThatThrownBy(() -> set.requireShare(1, y(2)))
                .isInstanceOfSatisfying(TransferRefused.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.OTHER_SHARE);
                    assertThat(e.check()).isEqualTo(Check.EXP_5);
                });
    }

    @Test
    void refusesHeadersThatDifferInAnythingButIndexAndRecipient() throws Exception {
        var headers = headers();
        var h = Objects.requireNonNull(headers.get(2));
        var others = List.of(
                copy(h, 1, h.exportId(), h.purpose(), h.application(), h.expiry(), h.destination(), h.attributes()),
                copy(h, 0, new byte[32], h.purpose(), h.application(), h.expiry(), h.destination(), h.attributes()),
                copy(h, 0, h.exportId(), "other", h.application(), h.expiry(), h.destination(), h.attributes()),
                copy(h, 0, h.exportId(), h.purpose(), "other", h.expiry(), h.destination(), h.attributes()),
                copy(h, 0, h.exportId(), h.purpose(), h.application(), 1, h.destination(), h.attributes()),
                copy(h, 0, h.exportId(), h.purpose(), h.application(), h.expiry(), new byte[32], h.attributes()),
                copy(h, 0, h.exportId(), h.purpose(), h.application(), h.expiry(), h.destination(), new byte[] {1}));
        for (var other : others) {
            var edited = new TreeMap<>(headers);
            edited.put(2, other);
            refuses(edited);
        }
    }

    @Test
    void refusesHeadersInTheWrongPlace() throws Exception {
        var headers = headers();
        var swapped = new TreeMap<>(headers);
        swapped.put(1, java.util.Objects.requireNonNull(headers.get(2)));
        swapped.put(2, java.util.Objects.requireNonNull(headers.get(1)));
        refuses(swapped);
        refuses(new TreeMap<>());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void refusesPublicSharesThatAreNotThoseOfTheKey(int at) throws Exception {
        var edited = new TreeMap<Integer, ExportHeader>();
        headers().forEach((i, h) -> {
            var points = new ArrayList<>(h.publicShares());
            points.set(at, points.get(at).plus(Groups.SECP256K1.generator()));
            edited.put(i, new ExportHeader(
                    h.scheme(), h.keyId(), h.epoch(), h.degree(), h.index(), h.publicKey(), h.chainCode(), points,
                    h.exportId(), h.mode(), h.recipient(), h.destination(), h.purpose(), h.application(), h.expiry(),
                    h.attributes()));
        });
        refuses(edited);
    }

    private static ExportHeader copy(
            ExportHeader h,
            long moreEpochs,
            byte[] exportId,
            String purpose,
            String application,
            long expiry,
            byte[] destination,
            byte[] attributes) {
        return new ExportHeader(
                h.scheme(), h.keyId(), h.epoch() + moreEpochs, h.degree(), h.index(), h.publicKey(), h.chainCode(),
                h.publicShares(), exportId, h.mode(), h.recipient(), destination, purpose, application, expiry,
                attributes);
    }

    private static void refuses(SortedMap<Integer, ExportHeader> headers) {
        assertThatThrownBy(() -> ExportSet.of(headers)).isInstanceOfSatisfying(TransferRefused.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.NOT_ONE_EXPORT);
            assertThat(e.check()).isEqualTo(Check.EXP_2);
        });
    }

    private SortedMap<Integer, ExportHeader> headers() throws TransferRefused {
        var headers = new TreeMap<Integer, ExportHeader>();
        Transfers.brought(shares, new byte[0], scope).forEach((i, brought) -> headers.put(i, brought.header()));
        return headers;
    }

    private SecretScalar y(int index) throws Exception {
        var outcome = table(Set.of(1, 2, 3, 4), Path.ROOT).run();
        var y = outcome.of(index).share().secret().exposeFor(Purpose.SEALING);
        try {
            return Groups.SECP256K1.decodeSecret(scope, y);
        } finally {
            Arrays.fill(y, (byte) 0);
        }
    }
}
