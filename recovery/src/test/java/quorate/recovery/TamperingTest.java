package quorate.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.algebra.Groups;
import quorate.algebra.Secrets;
import quorate.rsa.Fingerprint;

/** Whatever is changed in recovery data is found, by somebody who has public data only. */
class TamperingTest {
    private static final long SEED = 7;
    private static final String PURPOSE = Label.purpose(Instant.parse("2026-11-22T20:00:00Z"));
    private static final String TEXT = "policy";
    private static final TestRsa RSA = TestRsa.kat();
    private static final TestKey KEY = TestKey.make(Groups.SECP256K1, KeyScheme.ECDSA, "treasury", 3, 2);
    private static final TestKey OTHER = TestKey.make(Groups.SECP256K1, KeyScheme.ECDSA, "payroll", 3, 2);
    private static final int LABEL = 0;
    private static final int SPKI = 1;
    private static final int IMAGES = 2;
    private static final int CHALLENGE = 3;
    private static final int ROWS = 4;

    @TempDir
    private Path folder;

    @Test
    void everyByteOfAFileIsCovered() throws Exception {
        var file = file().encode();
        RecoveryFile.read(file).verify();
        var random = new Random(SEED);
        int stride = 1;
        for (int at = 0; at < file.length; at += stride) {
            var changed = file.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            assertThatExceptionOfType(RecoveryRefused.class)
                    .as("byte %s", at)
                    .isThrownBy(() -> RecoveryFile.read(changed));
            // All of the header and of the labels, then one byte in 97.
            stride = at < 1500 ? 1 : 499;
        }
        for (int length = 0; length < file.length; length += length < 300 ? 1 : 499) {
            var cut = Arrays.copyOf(file, length);
            assertThatExceptionOfType(RecoveryRefused.class).isThrownBy(() -> RecoveryFile.read(cut));
        }
        var longer = Arrays.copyOf(file, file.length + 1);
        assertThatExceptionOfType(RecoveryRefused.class).isThrownBy(() -> RecoveryFile.read(longer));
    }

    @Test
    void damageIsNamedByItsPart() throws Exception {
        var file = file().encode();
        var part = Objects.requireNonNull(
                RecoveryFile.read(file).batches().getFirst().proofs().get(2));
        int proof = part.encode().length;
        file[file.length - proof - 1000] ^= 1;
        assertThatExceptionOfType(RecoveryRefused.class)
                .isThrownBy(() -> RecoveryFile.read(file))
                .withMessage("batch 1, part 2: it is damaged: its digest is another");
    }

    @Test
    void everyFieldOfAProofIsCoveredWhereDigestsAreRight() throws Exception {
        var proof = TestKey.proof(List.of(KEY), 2, PURPOSE, TEXT, RSA);
        var original = Encoding.decode(proof.encode());
        var random = new Random(SEED);
        for (int field = LABEL; field <= ROWS; field++) {
            int length = original.get(field).length;
            int stride = field == ROWS ? 311 : 3;
            for (int at = random.nextInt(stride); at < length; at += stride) {
                var parts = new ArrayList<>(original);
                var changed = parts.get(field).clone();
                changed[at] ^= (byte) (1 << random.nextInt(8));
                parts.set(field, changed);
                var encoded = Encoding.enc(parts.toArray(byte[][]::new));
                assertThatExceptionOfType(RecoveryRefused.class)
                        .as("field %s, byte %s", field, at)
                        .isThrownBy(() -> Verifier.verify(Proof.decode(encoded)))
                        .satisfies(e -> assertThat(e.check()).isPresent());
            }
        }
    }

    @Test
    void everyFieldIsRefusedByItsCheck() throws Exception {
        var proof = TestKey.proof(List.of(KEY), 2, PURPOSE, TEXT, RSA);
        var parts = Encoding.decode(proof.encode());
        refused(proof, LABEL, new byte[] {0, 0}, ProofCheck.PVE_1, "label");
        refused(proof, SPKI, new byte[10], ProofCheck.PVE_1, "SPKI");
        refused(proof, SPKI, TestRsa.fresh(1024 * 3).recipient().spki(), ProofCheck.PVE_2, "rows");
        refused(proof, SPKI, TestRsa.fresh(2048).recipient().spki(), ProofCheck.PVE_3, "rows");
        refused(proof, IMAGES, KEY.record().publicShare(1).encode(), ProofCheck.PVE_1, "Q");
        refused(proof, CHALLENGE, new byte[15], ProofCheck.PVE_2, "challenge");
        refused(proof, CHALLENGE, inverted(parts.get(CHALLENGE)), ProofCheck.PVE_3, "rows");
        int rowBytes = parts.get(ROWS).length / 128;
        for (int rows : new int[] {0, 1, 127, 129}) {
            refused(proof, ROWS, Arrays.copyOf(parts.get(ROWS), rows * rowBytes), ProofCheck.PVE_2, "rows");
        }
        var aboveOrder = parts.get(ROWS).clone();
        int row = firstRow(proof, true);
        Arrays.fill(aboveOrder, row * rowBytes, row * rowBytes + 32, (byte) 0xff);
        refused(proof, ROWS, aboveOrder, ProofCheck.PVE_2, "row " + row);
        var relabelled = new Label(PURPOSE, "another", List.of(KEY.record()), 2).encode();
        refused(proof, LABEL, relabelled, ProofCheck.PVE_3, "rows");
        BatchTest.refused(ProofCheck.PVE_2, "proof", () -> Proof.decode(new byte[3]));
        BatchTest.refused(ProofCheck.PVE_2, "it has 4 parts", () -> Proof.decode(
                Encoding.enc(parts.subList(0, 4).toArray(byte[][]::new))));
        BatchTest.refused(ProofCheck.PVE_2, "it has", () -> Proof.decode(new byte[Proof.LARGEST_BYTES + 1]));
    }

    /** "A dealer that encrypts garbage in any single row, or in k of 128 rows, is caught." */
    @Test
    void garbageInAnyRowIsFound() throws Exception {
        var proof = TestKey.proof(List.of(KEY), 1, PURPOSE, TEXT, RSA);
        var random = new Random(SEED);
        for (int row = 0; row < 128; row++) {
            garbage(proof, List.of(row), random);
        }
        for (int k : new int[] {2, 17, 127, 128}) {
            var rows = new ArrayList<Integer>();
            for (int row = 0; row < k; row++) {
                rows.add(row);
            }
            garbage(proof, rows, random);
        }
    }

    private static void garbage(Proof proof, List<Integer> rows, Random random) throws Exception {
        var parts = new ArrayList<>(Encoding.decode(proof.encode()));
        var all = parts.get(ROWS).clone();
        int rowBytes = all.length / 128;
        for (int row : rows) {
            var sealed = new byte[RSA.recipient().kemBytes()];
            random.nextBytes(sealed);
            int at = row * rowBytes + rowBytes - proof.row(row).sealed().length;
            System.arraycopy(sealed, 0, all, at, sealed.length);
        }
        parts.set(ROWS, all);
        BatchTest.refused(ProofCheck.PVE_3, "at least one does not hold the share", () -> {
            Verifier.verify(Proof.decode(Encoding.enc(parts.toArray(byte[][]::new))));
            return proof;
        });
    }

    /** A proof that is true in one row still gives the share; one without any says so (PVE-5). */
    @Test
    void openingPassesOverRowsThatAreDamaged() throws Exception {
        var proof = TestKey.proof(List.of(KEY), 1, PURPOSE, TEXT, RSA);
        var parts = new ArrayList<>(Encoding.decode(proof.encode()));
        int rowBytes = parts.get(ROWS).length / 128;
        try (var key = RSA.key(folder);
                var scope = new Secrets()) {
            var all = parts.get(ROWS).clone();
            for (int row = 0; row < 128; row++) {
                all[row * rowBytes + rowBytes - 1] ^= 1;
                if (row == 3 || row == 126) {
                    parts.set(ROWS, all.clone());
                    var damaged = Proof.decode(Encoding.enc(parts.toArray(byte[][]::new)));
                    var opened = Opener.open(damaged, key, scope);
                    assertThat(opened.getFirst().publish()).isEqualTo(KEY.shares().getFirst());
                }
            }
            parts.set(ROWS, all);
            var hopeless = Proof.decode(Encoding.enc(parts.toArray(byte[][]::new)));
            BatchTest.refused(ProofCheck.PVE_5, "none of the 128", () -> Opener.open(hopeless, key, scope));

            var good = TestKey.proof(List.of(KEY), 2, PURPOSE, TEXT, RSA);
            var third = TestKey.proof(List.of(KEY), 3, PURPOSE, TEXT, RSA);
            assertThat(Batch.combine(List.of(hopeless, good, third)).open(0, key, scope).publish())
                    .isEqualTo(KEY.secret());
            BatchTest.refused(
                    ProofCheck.PVE_5,
                    "1 parts open, and it takes 2: PVE-5: part 1, rows",
                    () -> Batch.combine(List.of(hopeless, good)).open(0, key, scope));
        }
    }

    @Test
    void chainCodesOfTwoKeysCannotBeSwapped() throws Exception {
        var record = KEY.record();
        var other = OTHER.record();
        var swapped = List.of(with(record, other.chainCode()), with(other, record.chainCode()));
        var proofs = new ArrayList<Proof>();
        for (int i = 1; i <= 3; i++) {
            var parts = new ArrayList<>(Encoding.decode(
                    TestKey.proof(List.of(KEY, OTHER), i, PURPOSE, TEXT, RSA).encode()));
            parts.set(LABEL, new Label(PURPOSE, TEXT, swapped, i).encode());
            proofs.add(Proof.decode(Encoding.enc(parts.toArray(byte[][]::new))));
        }
        BatchTest.refused(ProofCheck.PVE_3, "part 1, rows", () -> {
            Batch.combine(proofs).verify();
            return proofs;
        });
    }

    @Test
    void aFileIsOfOneCreation() throws Exception {
        var one = batch(List.of(KEY), PURPOSE, TEXT);
        BatchTest.refused(
                ProofCheck.PVE_4, "key treasury: it is there twice", () -> RecoveryFile.of(List.of(one, one)));
        var otherText = batch(List.of(OTHER), PURPOSE, "other");
        BatchTest.refused(ProofCheck.PVE_4, "batch 2", () -> RecoveryFile.of(List.of(one, otherText)));
        var notDated = batch(List.of(OTHER), "for fun", TEXT);
        BatchTest.refused(ProofCheck.PVE_1, "not the purpose", () -> RecoveryFile.of(List.of(notDated)));
        BatchTest.refused(ProofCheck.PVE_4, "0 batches", () -> RecoveryFile.of(List.of()));
    }

    @Test
    void anotherRsaKeyOrLabelIsNotTheOneOfTheFile() throws Exception {
        var file = file();
        file.requireRecipient(RSA.recipient());
        file.requireLabel(TEXT);
        var other = TestRsa.fresh(2048).recipient();
        BatchTest.refused(ProofCheck.PVE_1, "SPKI: the file is for RSA key", () -> {
            file.requireRecipient(other);
            return file;
        });
        assertThatExceptionOfType(RecoveryRefused.class)
                .isThrownBy(() -> file.requireLabel(TEXT + " "))
                .withMessage("label: the file was made under another label");
    }

    @Test
    void partsOfAnotherOrderOrIndexAreRefused() throws Exception {
        var file = file().encode();
        var swapped = file.clone();
        // The indices of the first two entries of the table; its digest is made anew.
        int first = 8 + 2 + 4 + 2 + 2;
        ByteBuffer.wrap(swapped).putShort(first, (short) 2).putShort(first + 38, (short) 1);
        assertThatExceptionOfType(RecoveryRefused.class).isThrownBy(() -> RecoveryFile.read(resealed(swapped)));
        var renamed = file.clone();
        ByteBuffer.wrap(renamed).putShort(first + 2 * 38, (short) 4);
        assertThatExceptionOfType(RecoveryRefused.class)
                .isThrownBy(() -> RecoveryFile.read(resealed(renamed)))
                .withMessageContaining("part 4: it is of party 3");
    }

    private static byte[] resealed(byte[] file) {
        int header = 8 + 2 + 4 + 2 + 2 + 3 * 38;
        var digest = Fingerprint.of(Arrays.copyOf(file, header)).bytes();
        System.arraycopy(digest, 0, file, header, digest.length);
        return file;
    }

    private static void refused(Proof proof, int field, byte[] value, ProofCheck check, String part)
            throws DecodingException {
        var parts = new ArrayList<>(Encoding.decode(proof.encode()));
        parts.set(field, value);
        BatchTest.refused(check, part, () -> {
            Verifier.verify(Proof.decode(Encoding.enc(parts.toArray(byte[][]::new))));
            return proof;
        });
    }

    private static byte[] inverted(byte[] bytes) {
        var inverted = bytes.clone();
        for (int i = 0; i < inverted.length; i++) {
            inverted[i] = (byte) ~inverted[i];
        }
        return inverted;
    }

    private static int firstRow(Proof proof, boolean bit) {
        int row = 0;
        while (proof.bit(row) != bit) {
            row++;
        }
        return row;
    }

    private static KeyRecord with(KeyRecord key, byte[] chainCode) {
        return new KeyRecord(
                key.scheme(), key.keyId(), key.epoch(), key.degree(), key.publicKey(), chainCode, key.publicShares());
    }

    private static Batch batch(List<TestKey> keys, String purpose, String text) throws RecoveryRefused {
        var proofs = new ArrayList<Proof>();
        for (int i = 1; i <= 3; i++) {
            proofs.add(TestKey.proof(keys, i, purpose, text, RSA));
        }
        return Batch.combine(proofs);
    }

    private static RecoveryFile file() throws RecoveryRefused {
        return RecoveryFile.of(List.of(batch(List.of(KEY), PURPOSE, TEXT)));
    }
}
