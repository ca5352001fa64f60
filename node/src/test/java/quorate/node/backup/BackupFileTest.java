package quorate.node.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quorate.algebra.Encoding;
import quorate.algebra.Transcript;
import quorate.api.ProblemCode;
import quorate.node.identity.NodeIdentity;
import quorate.node.identity.Statements;
import quorate.rounds.StatementSigner;

class BackupFileTest {
    private static final NodeIdentity NODE = NodeIdentity.generate(2, List.of(), new SecureRandom());
    private static final NodeIdentity OTHER = NodeIdentity.generate(3, List.of(), new SecureRandom());
    private static final byte[] CONTENT = "no database, but content".getBytes(StandardCharsets.US_ASCII);
    private static final long SEED = 20261122;
    private static final int HEADER_BYTES = 12;
    private static final int SIGNATURE_BYTES = 64;

    @TempDir
    Path folder;

    @Test
    void readsBackWhatItWrote() throws Exception {
        var file = BackupFile.read(stored(whole()), new Statements());

        assertThat(file.manifest()).isEqualTo(manifest());
        var content = new ByteArrayOutputStream();
        file.copyContent(content);
        assertThat(content.toByteArray()).isEqualTo(CONTENT);
    }

    @Test
    void refusesAFileThatIsCutOffAnywhere() throws Exception {
        var whole = whole();
        for (int length = 8; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length), ProblemCode.BACKUP_TRUNCATED);
        }
    }

    @Test
    void refusesWhatDoesNotBeginLikeABackup() throws Exception {
        var whole = whole();
        for (int at = 0; at < 8; at++) {
            assertRefused(flipped(whole, at), ProblemCode.BACKUP_FORMAT);
            assertRefused(Arrays.copyOf(whole, at), ProblemCode.BACKUP_FORMAT);
        }
    }

    @Test
    void refusesChangedContent() throws Exception {
        var whole = whole();
        for (int at = whole.length - CONTENT.length; at < whole.length; at++) {
            assertRefused(flipped(whole, at), ProblemCode.BACKUP_DIGEST);
        }
    }

    @Test
    void refusesBytesBehindTheContent() throws Exception {
        assertRefused(Encoding.concat(whole(), new byte[1]), ProblemCode.BACKUP_DIGEST);
    }

    @Test
    void refusesAChangedManifest() throws Exception {
        var changed = new String(manifest().toJson(), StandardCharsets.UTF_8).replace("nightly-1", "nightly-2");

        assertRefused(
                assembled(changed, NODE.statements().sign(digest(manifest().toJson()))), ProblemCode.BACKUP_SIGNATURE);
    }

    @Test
    void refusesAChangedSignature() throws Exception {
        var whole = whole();
        for (int back = 1; back <= SIGNATURE_BYTES; back++) {
            assertRefused(flipped(whole, whole.length - CONTENT.length - back), ProblemCode.BACKUP_SIGNATURE);
        }
    }

    @Test
    void refusesTheSignatureOfAnotherNode() throws Exception {
        assertRefused(signed(json -> json, OTHER.statements()), ProblemCode.BACKUP_SIGNATURE);
    }

    @Test
    void refusesANodeThatItsOwnRosterLacks() throws Exception {
        assertRefused(
                signed(json -> json.replace("\"player\":2,\"nodeId\"", "\"player\":4,\"nodeId\""), NODE.statements()),
                ProblemCode.BACKUP_SIGNATURE);
    }

    @Test
    void refusesAFileThatWasNeverCompleted() throws Exception {
        var path = folder.resolve("node-2.qbk.incomplete");
        Files.write(path, whole());

        assertThatExceptionOfType(BackupRefused.class)
                .isThrownBy(() -> BackupFile.read(path, new Statements()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProblemCode.BACKUP_INCOMPLETE));
    }

    @Test
    void saysOfANewerFormatThatItIsNewer() throws Exception {
        assertRefused(
                signed(json -> json.replace("\"format\":1", "\"format\":2,\"novelty\":[]"), NODE.statements()),
                ProblemCode.BACKUP_SCHEMA);
    }

    @Test
    void refusesImpossibleLengthsOfTheManifest() throws Exception {
        for (int length : new int[] {0, -1, Integer.MIN_VALUE, (16 << 20) + 1, Integer.MAX_VALUE}) {
            var bytes = whole();
            System.arraycopy(Encoding.i2osp(Integer.toUnsignedLong(length), Integer.BYTES), 0, bytes, 8, 4);
            assertRefused(bytes, ProblemCode.BACKUP_FORMAT);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{}",
                "{\"format\":1}",
                "{\"format\":null}",
                "{\"format\":1.5}",
                "{\"format\":1}{}",
            })
    void refusesManifestsThatAreNone(String json) throws Exception {
        assertRefused(signed(ignored -> json, NODE.statements()), ProblemCode.BACKUP_FORMAT);
    }

    @Test
    void refusesManifestsWithImpossibleValues() throws Exception {
        var key = "\"players\":[1,2,3]";
        assertMalformed("\"contentBytes\":" + CONTENT.length, "\"contentBytes\":" + Long.MAX_VALUE);
        assertMalformed("\"contentBytes\":" + CONTENT.length, "\"contentBytes\":-1");
        assertMalformed(key, "\"players\":[1,null,3]");
        assertMalformed(key, "\"players\":null");
        assertMalformed(key, "\"players\":[1]");
        assertMalformed("\"keys\":[", "\"keys\":[null,");
        assertMalformed("\"roster\":[", "\"roster\":[null,");
        assertMalformed("\"createdAt\":\"2026", "\"createdAt\":\"26");
        assertMalformed("\"nodeId\":\"", "\"nodeId\":\"zz");
        assertMalformed("\"statementKey\":\"", "\"statementKey\":\"00");
        assertMalformed("\"player\":2,\"tls", "\"player\":3,\"tls");
        assertMalformed("\"format\":1", "\"format\":1,\"format\":1");
        assertMalformed("\"format\":1", "\"format\":1,\"unknown\":1");
    }

    @Test
    void refusesAKeyThatIsListedTwice() throws Exception {
        var twice = manifest().keys().getFirst();
        var json = new String(manifest(List.of(twice, twice)).toJson(), StandardCharsets.UTF_8);

        assertRefused(signed(ignored -> json, NODE.statements()), ProblemCode.BACKUP_FORMAT);
    }

    @Test
    void neverFailsOtherwiseOnGarbage() throws Exception {
        var random = new Random(SEED);
        var whole = whole();
        for (int round = 0; round < 400; round++) {
            var bytes = whole.clone();
            for (int change = 0; change < 1 + random.nextInt(4); change++) {
                bytes[8 + random.nextInt(bytes.length - 8)] = (byte) random.nextInt();
            }
            assertRefusedOrUnchanged(bytes, whole);
        }
        for (int round = 0; round < 400; round++) {
            var json = new String(manifest().toJson(), StandardCharsets.ISO_8859_1).toCharArray();
            for (int change = 0; change < 1 + random.nextInt(3); change++) {
                json[random.nextInt(json.length)] = "{}[]\",:019nt-\\x".charAt(random.nextInt(15));
            }
            assertRefusedOrUnchanged(signed(ignored -> new String(json), NODE.statements()), new byte[0]);
        }
        for (int round = 0; round < 100; round++) {
            var garbage = new byte[random.nextInt(300)];
            random.nextBytes(garbage);
            assertRefusedOrUnchanged(signed(ignored -> hex(garbage), NODE.statements()), new byte[0]);
            assertRefusedOrUnchanged(garbage, new byte[0]);
        }
    }

    @Test
    void noticesThatTheFileChangedAfterItWasChecked() throws Exception {
        var path = stored(whole());
        var file = BackupFile.read(path, new Statements());
        var out = new ByteArrayOutputStream();

        Files.write(path, flipped(whole(), whole().length - 1));
        assertThatExceptionOfType(BackupRefused.class)
                .isThrownBy(() -> file.copyContent(out))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProblemCode.BACKUP_DIGEST));

        Files.write(path, new byte[3]);
        assertThatExceptionOfType(BackupRefused.class)
                .isThrownBy(() -> file.copyContent(out))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProblemCode.BACKUP_TRUNCATED));
    }

    private void assertMalformed(String part, String instead) throws IOException {
        assertThat(new String(manifest().toJson(), StandardCharsets.UTF_8)).contains(part);
        assertRefused(signed(json -> json.replace(part, instead), NODE.statements()), ProblemCode.BACKUP_FORMAT);
    }

    private void assertRefused(byte[] bytes, ProblemCode code) throws IOException {
        var path = stored(bytes);
        try {
            BackupFile.read(path, new Statements());
            fail("read %d bytes that must be refused with %s", bytes.length, code);
        } catch (BackupRefused e) {
            assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
            assertThat(e).hasMessageContaining(path.toString());
        }
    }

    /** A change may hit nothing that means something, such as the case of a digit; then the file reads as before. */
    private void assertRefusedOrUnchanged(byte[] bytes, byte[] whole) throws IOException {
        try {
            BackupFile.read(stored(bytes), new Statements());
            assertThat(whole).as("seed " + SEED).satisfiesAnyOf(
                    original -> assertThat(bytes).isEqualTo(original), original -> assertThat(original).isEmpty());
        } catch (BackupRefused e) {
            assertThat(e.code().name()).startsWith("BACKUP_");
        }
    }

    private Path stored(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("node-2.qbk"), bytes);
    }

    private static byte[] whole() throws IOException {
        return signed(json -> json, NODE.statements());
    }

    private static byte[] signed(UnaryOperator<String> change, StatementSigner signer) throws IOException {
        var json = change.apply(new String(manifest().toJson(), StandardCharsets.UTF_8));
        return assembled(json, signer.sign(digest(json.getBytes(StandardCharsets.UTF_8))));
    }

    private static byte[] assembled(String json, byte[] signature) {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        return Encoding.concat(
                "QRTBKUP1".getBytes(StandardCharsets.US_ASCII),
                Encoding.i2osp(bytes.length, Integer.BYTES),
                bytes,
                signature,
                CONTENT);
    }

    @Test
    void isLaidOutAsTheFormatSays() throws Exception {
        var out = new ByteArrayOutputStream();
        BackupFile.write(out, manifest(), NODE.statements(), new ByteArrayInputStream(CONTENT));

        assertThat(out.toByteArray()).isEqualTo(whole());
        assertThat(out.size()).isEqualTo(HEADER_BYTES + manifest().toJson().length + SIGNATURE_BYTES + CONTENT.length);
    }

    private static byte[] digest(byte[] json) {
        return Transcript.of("backup/manifest").add(json).hash();
    }

    private static byte[] flipped(byte[] bytes, int at) {
        var changed = bytes.clone();
        changed[at] ^= 1;
        return changed;
    }

    private static BackupManifest manifest() {
        return manifest(List.of(new BackupManifest.Key(
                "treasury", "aa", "schnorr", "ed25519", 2, List.of(1, 2, 3), 0, hex(new byte[32]), "active")));
    }

    private static BackupManifest manifest(List<BackupManifest.Key> keys) {
        return new BackupManifest(
                BackupManifest.FORMAT,
                "nightly-1",
                2,
                NODE.id().hex(),
                "2026-11-22T03:00:00Z",
                "0.1.0",
                1,
                hex(new byte[32]),
                "0011223344556677",
                2,
                List.of(member(NODE), member(OTHER)),
                keys,
                List.of(),
                CONTENT.length,
                hex(BackupFile.sha256().digest(CONTENT)));
    }

    private static BackupManifest.Member member(NodeIdentity node) {
        return new BackupManifest.Member(
                node.player(), node.tls().pin().hex(), node.statements().publicKey().hex());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
