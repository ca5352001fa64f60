package quorate.node.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quorate.algebra.Encoding;
import quorate.algebra.Transcript;
import quorate.api.Bytes;
import quorate.api.Json;
import quorate.api.ProblemCode;
import quorate.node.StoppedCluster;
import quorate.node.identity.Bytes32;
import quorate.node.identity.Statements;
import quorate.rsa.RsaRecipient;
import quorate.rsa.RsaWrap;
import quorate.rounds.StatementSigner;
import quorate.testkit.vectors.Vectors;

/** The format of docs/formats/share-backup.md: what is written is read, and what was changed anywhere is refused. */
class ShareFileTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:30:00.123Z");
    private static final Protection.Argon2id DERIVATION =
            new Protection.Argon2id(Bytes.of(new byte[16]), 64 * 1024, 3, 1);
    private static final int TRAILER = ShareFile.DIGEST_BYTES + ShareFile.SIGNATURE_BYTES;
    private static final int HEADER = 18;

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private StoppedCluster cluster;

    @SuppressWarnings("NullAway.Init") // set before each test
    private StoppedCluster.Dealt key;

    @SuppressWarnings("NullAway.Init") // set before each test
    private StatementSigner signer;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Bytes32 nodeId;

    private final byte[] passwordKey = new byte[ShareCipher.KEY_BYTES];

    @BeforeEach
    void deal() throws Exception {
        cluster = StoppedCluster.in(folder);
        key = cluster.deal("treasury", 3);
        signer = cluster.setup(2).identity().statements();
        nodeId = cluster.setup(2).identity().id();
        StoppedCluster.RANDOM.nextBytes(passwordKey);
    }

    @Test
    void readsBackWhatItWrites() throws Exception {
        for (var protection : Protection.Kind.values()) {
            try (var file = read(file(protection))) {
                var header = file.header();
                assertThat(header.keyId()).isEqualTo("treasury");
                assertThat(header.player()).isEqualTo(2);
                assertThat(header.epoch()).isEqualTo(3);
                assertThat(header.threshold()).isEqualTo(2);
                assertThat(header.n()).isEqualTo(3);
                assertThat(header.scheme()).isEqualTo("schnorr");
                assertThat(header.curve()).isEqualTo("ed25519");
                assertThat(header.commitments()).hasSize(2);
                assertThat(header.publicKey()).isEqualTo(header.commitments().getFirst());
                assertThat(header.shareId().hex()).isEqualTo(key.shareId().hex());
                assertThat(header.roster()).hasSize(3);
                assertThat(header.label()).isEqualTo("before the move");
                assertThat(header.createdAt()).isEqualTo(NOW);
                assertThat(header.protection().kind()).isEqualTo(protection);
                assertThat(file.key().stored()).isEqualTo(key.key(2).stored());
                assertThat(file).hasToString("ShareFile[key treasury, player 2, epoch 3]");
            }
        }
    }

    @Test
    void opensEachProtectionWithItsKey() throws Exception {
        try (var plain = read(file(Protection.Kind.PLAIN));
                var password = read(file(Protection.Kind.PASSWORD))) {
            byte[] share = plain.open(new byte[0], byte[]::clone);
            assertThat(share).isEqualTo(key.share(2));
            share = password.open(passwordKey, byte[]::clone);
            assertThat(share).isEqualTo(key.share(2));
        }
    }

    @Test
    void showsTheShareOnlyInAPlainFile() {
        var share = HexOrRaw.of(key.share(2));
        assertThat(share.isIn(file(Protection.Kind.PLAIN))).isTrue();
        assertThat(share.isIn(file(Protection.Kind.PASSWORD))).isFalse();
        assertThat(share.isIn(file(Protection.Kind.RSA))).isFalse();
    }

    private record HexOrRaw(String share) {
        static HexOrRaw of(byte[] share) {
            return new HexOrRaw(new String(share, StandardCharsets.ISO_8859_1));
        }

        boolean isIn(byte[] file) {
            return new String(file, StandardCharsets.ISO_8859_1).contains(share);
        }
    }

    @Test
    void refusesAWrongPasswordAndAWrongKey() throws Exception {
        var wrong = passwordKey.clone();
        wrong[0] ^= 1;

        for (var protection : new Protection.Kind[] {Protection.Kind.PASSWORD, Protection.Kind.RSA}) {
            try (var file = read(file(protection))) {
                for (var opening : new byte[][] {wrong, new byte[0], new byte[RsaWrap.KEY_BYTES]}) {
                    assertLocked(file, opening);
                }
            }
        }
        try (var plain = read(file(Protection.Kind.PLAIN))) {
            assertLocked(plain, passwordKey);
        }
    }

    private static void assertLocked(ShareFile file, byte[] opening) {
        assertThat(catchThrowableOfType(ShareRefused.class, () -> file.open(opening, share -> true)).code())
                .isEqualTo(ProblemCode.BACKUP_LOCKED);
    }

    @Test
    void refusesAShareThatIsNotOnItsCommitment() throws Exception {
        var other = StoppedCluster.otherShare(key.share(2));
        var header = header(Protection.plain());
        try (var file = read(ShareFile.write(header, other.length, associated -> other.clone(), signer))) {
            var refused = catchThrowableOfType(
                    ShareRefused.class, () -> file.open(new byte[0], share -> true));
            assertThat(refused.code()).isEqualTo(ProblemCode.BACKUP_SHARE);
            assertThat(refused).hasMessageContaining("public commitment");
        }
    }

    /** Wherever it lies: length fields, header, share, digest, signature. */
    @Test
    void refusesAFileOfWhichAnyByteWasChanged() {
        for (var protection : Protection.Kind.values()) {
            var file = file(protection);
            for (int at = 0; at < file.length; at++) {
                var changed = file.clone();
                changed[at] ^= 0x20;
                var code = refusal(changed);
                assertThat(code)
                        .as(protection + ", byte " + at)
                        .isEqualTo(
                                at < 8
                                        ? ProblemCode.BACKUP_FORMAT
                                        : at >= file.length - ShareFile.SIGNATURE_BYTES
                                                ? ProblemCode.BACKUP_SIGNATURE
                                                : at < 10 || at >= 14
                                                        ? ProblemCode.BACKUP_DIGEST
                                                        : code == ProblemCode.BACKUP_TRUNCATED
                                                                ? ProblemCode.BACKUP_TRUNCATED
                                                                : ProblemCode.BACKUP_DIGEST);
            }
        }
    }

    /** Also where somebody who repairs digest and signature changed them: with the node's own key. */
    @Test
    void refusesASecretOrHeaderThatWasChangedEvenIfItIsSignedAgain() throws Exception {
        for (var protection : new Protection.Kind[] {Protection.Kind.PASSWORD, Protection.Kind.PLAIN}) {
            var file = file(protection);
            var opening = protection == Protection.Kind.PLAIN ? new byte[0] : passwordKey;
            for (int at = 8; at < file.length - TRAILER; at++) {
                var changed = file.clone();
                changed[at] ^= 1;
                assertThat(refusedAnywhere(sealedAgain(changed), opening)).as(protection + ", byte " + at).isTrue();
            }
        }
    }

    /** In a plain file label, time, release and chain code are only under the signature; all else is bound. */
    private boolean refusedAnywhere(byte[] changed, byte[] opening) {
        try (var file = ShareFile.read(changed, (key, digest, signature) -> true)) {
            file.header().requireOf(2, nodeId);
            file.open(opening, share -> true);
            return file.header().protection().kind() == Protection.Kind.PLAIN && differsInWordsOnly(file.header());
        } catch (ShareRefused e) {
            return true;
        }
    }

    private boolean differsInWordsOnly(ShareHeader read) {
        var mine = header(Protection.plain());
        return new ShareHeader(
                        read.keyId(), read.player(), read.party(), read.epoch(), read.shareId(), read.scheme(),
                        read.curve(), read.n(), read.threshold(), read.publicKey(), read.commitments(),
                        mine.chainCode(), read.purpose(), read.attributes(), othersAside(read, mine), mine.label(),
                        mine.createdAt(), mine.software(), read.protection())
                .equals(mine);
    }

    /** Of the others' keys in the roster this node's record is the only witness. */
    private static List<ShareHeader.Member> othersAside(ShareHeader read, ShareHeader mine) {
        return read.roster().get(1).equals(mine.roster().get(1)) ? mine.roster() : read.roster();
    }

    @Test
    void refusesEveryBeginningAsCutOff() {
        var file = file(Protection.Kind.PASSWORD);
        assertThat(refusal(new byte[0])).isEqualTo(ProblemCode.BACKUP_FORMAT);
        for (int length = 1; length < file.length; length++) {
            assertThat(refusal(Arrays.copyOf(file, length)))
                    .as(length + " bytes")
                    .isEqualTo(ProblemCode.BACKUP_TRUNCATED);
        }
        assertThat(refusal(Arrays.copyOf(file, file.length + 1))).isEqualTo(ProblemCode.BACKUP_DIGEST);
        assertThat(refusal(new byte[ShareFile.LARGEST_BYTES + 1])).isEqualTo(ProblemCode.BACKUP_FORMAT);
        assertThat(refusal("QRTBKUP1".getBytes(StandardCharsets.US_ASCII))).isEqualTo(ProblemCode.BACKUP_FORMAT);
    }

    @Test
    void refusesANewerVersionByName() {
        var newer = file(Protection.Kind.PLAIN);
        newer[9] = 2;
        var refused = catchThrowableOfType(ShareRefused.class, () -> read(signed(newer)));
        assertThat(refused.code()).isEqualTo(ProblemCode.BACKUP_VERSION);
        assertThat(refused).hasMessageContaining("version 2").hasMessageContaining("reads 1");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"epoch\":3','\"epoch\":4',BACKUP_SHARE",
        "'\"threshold\":2','\"threshold\":3',BACKUP_SHARE",
        "'\"n\":3','\"n\":2',BACKUP_SHARE",
        "'\"party\":2','\"party\":1',BACKUP_SHARE",
        "'\"party\":2','\"party\":4',BACKUP_SHARE",
        "'\"player\":2,\"party\"','\"player\":1,\"party\"',BACKUP_SIGNATURE",
        "'\"keyId\":\"treasury\"','\"keyId\":\"treasure\"',BACKUP_SHARE",
        "'\"scheme\":\"schnorr\"','\"scheme\":\"bip340\"',BACKUP_SHARE",
        "'\"curve\":\"ed25519\"','\"curve\":\"p256\"',BACKUP_SHARE",
        "'\"purpose\":\"\"','\"purpose\":\"x\"',BACKUP_SHARE",
        "'\"attributes\":\"\"','\"attributes\":\"00\"',BACKUP_SHARE",
        "'\"kind\":\"plain\"','\"kind\":\"rsa\"',BACKUP_FORMAT",
        "'\"keyId\":','\"keyid\":',BACKUP_FORMAT",
        "'\"label\":\"','\"label\":null,\"x\":\"',BACKUP_FORMAT"
    })
    void refusesAHeaderThatContradictsItself(String from, String to, ProblemCode code) {
        assertThat(refusal(withHeader(json -> json.replaceFirst(from, to)))).isEqualTo(code);
    }

    @Test
    void refusesAHeaderWithAPointThatIsNoneOrAShortChainCode() {
        var header = header(Protection.plain());
        var point = header.commitments().get(1).hex();
        var chain = header.chainCode().hex();
        assertThat(refusal(withHeader(json -> json.replace(point, "00".repeat(32))))).isEqualTo(ProblemCode.BACKUP_SHARE);
        assertThat(refusal(withHeader(json -> json.replace(chain, chain.substring(2)))))
                .isEqualTo(ProblemCode.BACKUP_SHARE);
        assertThat(refusal(withHeader(json -> json.replaceFirst("\"commitments\":\\[[^]]*\\]", "\"commitments\":[]"))))
                .isEqualTo(ProblemCode.BACKUP_FORMAT);
        assertThat(refusal(withHeader(json -> json.replaceFirst("\"roster\":\\[", "\"roster\":[null,"))))
                .isEqualTo(ProblemCode.BACKUP_FORMAT);
    }

    @Test
    void refusesTheSignatureOfAnotherNode() {
        var foreign = cluster.setup(1).identity().statements();
        var share = key.share(2);
        var file = ShareFile.write(header(Protection.plain()), share.length, associated -> share, foreign);
        assertThat(refusal(file)).isEqualTo(ProblemCode.BACKUP_SIGNATURE);
    }

    @Test
    void refusesTheNodeThatItIsNotOf() throws Exception {
        try (var file = read(file(Protection.Kind.PLAIN))) {
            file.header().requireOf(2, cluster.setup(2).identity().id());
            var one = cluster.setup(1).identity();
            var refused = catchThrowableOfType(
                    ShareRefused.class, () -> file.header().requireOf(1, one.id()));
            assertThat(refused.code()).isEqualTo(ProblemCode.BACKUP_NODE);
            assertThat(refused).hasMessageContaining("is of player 2").hasMessageContaining("this node is player 1");
            assertThat(catchThrowableOfType(
                                    ShareRefused.class, () -> file.header().requireOf(2, one.id()))
                            .code())
                    .isEqualTo(ProblemCode.BACKUP_NODE);
        }
    }

    private byte[] file(Protection.Kind kind) {
        var share = key.share(2);
        return switch (kind) {
            case PLAIN -> ShareFile.write(header(Protection.plain()), share.length, associated -> share, signer);
            case PASSWORD ->
                ShareFile.write(
                        header(Protection.password(DERIVATION)),
                        share.length + ShareCipher.OVERHEAD_BYTES,
                        associated -> ShareCipher.seal(passwordKey, associated, share, StoppedCluster.RANDOM),
                        signer);
            case RSA -> {
                var recipient = RsaRecipient.of(Vectors.hex(Vectors.known("rsa"), "spki"));
                yield ShareFile.write(
                        header(Protection.rsa(Bytes.of(recipient.fingerprint().bytes()))),
                        RsaWrap.blobBytes(recipient, share.length),
                        associated -> RsaWrap.wrap(recipient, associated, share, StoppedCluster.RANDOM),
                        signer);
            }
        };
    }

    private ShareHeader header(Protection protection) {
        return ShareHeader.of(key.key(2), 2, "before the move", NOW, "0.1.0", protection);
    }

    /** A plain file with another header, signed as the node would. */
    private byte[] withHeader(UnaryOperator<String> change) {
        var json = new String(Json.write(header(Protection.plain())), StandardCharsets.UTF_8);
        var changed = change.apply(json);
        assertThat(changed).isNotEqualTo(json);
        var bytes = changed.getBytes(StandardCharsets.UTF_8);
        var share = key.share(2);
        return signed(Encoding.concat(
                "QRTSHARE".getBytes(StandardCharsets.US_ASCII),
                Encoding.i2osp(1, 2),
                Encoding.i2osp(HEADER + bytes.length + 4 + share.length + TRAILER, 4),
                Encoding.i2osp(bytes.length, 4),
                bytes,
                Encoding.i2osp(share.length, 4),
                share,
                new byte[TRAILER]));
    }

    /** With a right digest; the signature is taken for granted. */
    private static byte[] sealedAgain(byte[] file) {
        var digest = Transcript.of("share/backup").add(Arrays.copyOf(file, file.length - TRAILER)).hash();
        return ByteBuffer.wrap(file).position(file.length - TRAILER).put(digest).array();
    }

    private byte[] signed(byte[] file) {
        var digest = Transcript.of("share/backup").add(Arrays.copyOf(file, file.length - TRAILER)).hash();
        return ByteBuffer.wrap(file).position(file.length - TRAILER).put(digest).put(signer.sign(digest)).array();
    }

    private static ShareFile read(byte[] file) throws ShareRefused {
        return ShareFile.read(file, new Statements());
    }

    private static ProblemCode refusal(byte[] file) {
        var refused = catchThrowableOfType(ShareRefused.class, () -> read(file));
        assertThat(Set.of(ProblemCode.values())).contains(refused.code());
        return refused.code();
    }
}
