package quorate.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.algebra.Groups;
import quorate.algebra.Secrets;
import quorate.testkit.vectors.KatDraw;

/** Proofs of several nodes: what is combined, and what a key is recovered from. */
class BatchTest {
    private static final String PURPOSE = Label.purpose(Instant.parse("2026-11-22T20:00:00Z"));
    private static final String TEXT = "two directors, in person";
    private static final TestRsa RSA = TestRsa.kat();
    private static final TestKey KEY = TestKey.make(Groups.SECP256K1, KeyScheme.ECDSA, "treasury", 3, 2);
    private static final TestKey SECOND = TestKey.make(Groups.SECP256K1, KeyScheme.BIP340, "vault", 3, 3);

    @TempDir
    private Path folder;

    @Test
    void anyThresholdOfThePartsGivesTheKey() throws Exception {
        var proofs = proofs(List.of(KEY), 1, 2, 3);
        try (var key = RSA.key(folder)) {
            for (var chosen : List.of(List.of(0, 1), List.of(0, 2), List.of(2, 1), List.of(0, 1, 2))) {
                var batch = Batch.combine(chosen.stream().map(proofs::get).toList());
                batch.verify();
                try (var scope = new Secrets()) {
                    assertThat(batch.open(0, key, scope).publish()).isEqualTo(KEY.secret());
                }
            }
        }
    }

    @Test
    void fewerPartsThanTheThresholdAreRefused() throws Exception {
        var proofs = proofs(List.of(KEY, SECOND), 1, 2);
        refused(ProofCheck.PVE_4, "key vault: 2 parts, and it takes 3", () -> Batch.combine(proofs));
        refused(
                ProofCheck.PVE_4,
                "key treasury: 1 parts, and it takes 2",
                () -> Batch.combine(List.of(proofs.getFirst())));
        refused(ProofCheck.PVE_4, "it has no proof", () -> Batch.combine(List.of()));
    }

    @Test
    void everyKeyOfABatchOnEveryCurveOpens() throws Exception {
        for (var group : Groups.all()) {
            var scheme = group.equals(Groups.ED25519) ? KeyScheme.SCHNORR : KeyScheme.ECDSA;
            var keys = List.of(
                    TestKey.make(group, scheme, "a", 3, 2),
                    TestKey.make(group, KeyScheme.SCHNORR, "b", 3, 3),
                    TestKey.make(group, scheme, "c", 3, 2));
            var batch = Batch.combine(proofs(keys, 3, 1, 2));
            batch.verify();
            try (var key = RSA.key(folder);
                    var scope = new Secrets()) {
                for (int b = 0; b < keys.size(); b++) {
                    assertThat(batch.open(b, key, scope).publish()).isEqualTo(keys.get(b).secret());
                }
            }
        }
    }

    @Test
    void labelsMustBeEqualButForTheIndex() throws Exception {
        var mine = proofs(List.of(KEY), 1, 2);
        var others = new ArrayList<Proof>();
        others.add(TestKey.proof(List.of(KEY), 3, PURPOSE, "another text", RSA));
        others.add(TestKey.proof(List.of(KEY), 3, Label.purpose(Instant.EPOCH), TEXT, RSA));
        var otherKey = TestKey.make(Groups.SECP256K1, KeyScheme.ECDSA, "t", 3, 2);
        others.add(TestKey.proof(List.of(otherKey), 3, PURPOSE, TEXT, RSA));
        others.add(TestKey.proof(List.of(KEY, SECOND), 3, PURPOSE, TEXT, RSA));
        for (var other : others) {
            refused(
                    ProofCheck.PVE_4,
                    "part 3: its label is not that of part 1",
                    () -> Batch.combine(List.of(mine.get(0), mine.get(1), other)));
        }
        refused(ProofCheck.PVE_4, "part 1: it is there twice", () -> Batch.combine(List.of(mine.get(0), mine.get(0))));
    }

    @Test
    void allPartsAreForOneRsaKey() throws Exception {
        var other = TestKey.proof(List.of(KEY), 2, PURPOSE, TEXT, TestRsa.fresh(2048));
        var first = TestKey.proof(List.of(KEY), 1, PURPOSE, TEXT, RSA);
        refused(ProofCheck.PVE_4, "another RSA key", () -> Batch.combine(List.of(first, other)));
    }

    @Test
    void publicSharesAreOnOnePolynomialThroughThePublicKey() throws Exception {
        var record = KEY.record();
        var shares = new ArrayList<>(record.publicShares());
        shares.set(1, shares.get(1).plus(record.group().generator()));
        var wrongShare = new KeyRecord(
                record.scheme(), record.keyId(), 3, 1, record.publicKey(), record.chainCode(), shares);
        var wrongKey = new KeyRecord(
                record.scheme(),
                record.keyId(),
                3,
                1,
                record.publicKey().plus(record.group().generator()),
                record.chainCode(),
                record.publicShares());
        // A mix of two epochs has shares of two polynomials.
        for (var wrong : List.of(wrongShare, wrongKey)) {
            var key = new TestKey(wrong, KEY.secret(), KEY.shares());
            refused(
                    ProofCheck.PVE_4,
                    "key treasury: its public shares are not on one polynomial of degree 1",
                    () -> Batch.combine(proofs(List.of(key), 1, 3)));
        }
    }

    @Test
    void anotherRsaKeyOpensNothing() throws Exception {
        var batch = Batch.combine(proofs(List.of(KEY), 1, 2));
        try (var key = TestRsa.fresh(2048).key(folder);
                var scope = new Secrets()) {
            assertThatExceptionOfType(RecoveryRefused.class)
                    .isThrownBy(() -> batch.open(0, key, scope))
                    .withMessageStartingWith("RSA key: the data is for " + RSA.recipient().fingerprint());
        }
    }

    @Test
    void aProofIsMadeOnlyOfTheSharesThatItsLabelNames() {
        var label = new Label(PURPOSE, TEXT, List.of(KEY.record()), 1);
        try (var scope = new Secrets()) {
            var wrong = List.of(KEY.share(2, scope));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Prover.prove(label, RSA.recipient(), wrong, new KatDraw("x")))
                    .withMessageContaining("share 1 does not belong");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Prover.prove(label, RSA.recipient(), List.of(), new KatDraw("x")));
        }
    }

    @Test
    void randomnessThatRepeatsStillDiffersBetweenLabels() throws Exception {
        var one = TestKey.proof(List.of(KEY), 1, PURPOSE, "one", RSA);
        var two = TestKey.proof(List.of(KEY), 1, PURPOSE, "two", RSA);
        assertThat(one.row(0).opened()).isNotEqualTo(two.row(0).opened());
    }

    private static List<Proof> proofs(List<TestKey> keys, int... indices) {
        var proofs = new ArrayList<Proof>();
        for (int index : indices) {
            proofs.add(TestKey.proof(keys, index, PURPOSE, TEXT, RSA));
        }
        return proofs;
    }

    @FunctionalInterface
    interface Attempt {
        Object run() throws RecoveryRefused;
    }

    static void refused(ProofCheck check, String message, Attempt attempt) {
        assertThatExceptionOfType(RecoveryRefused.class)
                .isThrownBy(attempt::run)
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.check()).hasValue(check));
    }
}
