package quorate.pair;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quorate.testkit.vectors.Vectors.hex;
import static quorate.testkit.vectors.Vectors.known;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import quorate.algebra.DecodingException;
import quorate.algebra.Encoding;
import quorate.commit.Octets;
import quorate.testkit.simulation.Ed25519Statements;
import quorate.testkit.vectors.Vectors;

/** BAN and BAN-1: a node obeys its own signature, and nobody else's. */
class BanTest {
    private static final Octets KEY_ID = Octets.of("key-1".getBytes(US_ASCII));
    private static final Octets SETUP = Octets.of(filled(1));
    private static final Octets ME = Octets.of(filled(2));
    private static final Octets PEER = Octets.of(filled(3));

    private final Ed25519Statements mine = new Ed25519Statements(filled(4));
    private final Ed25519Statements theirs = new Ed25519Statements(filled(5));
    private final Ban ban = Ban.sign(KEY_ID, SETUP, ME, PEER, mine);

    @Test
    void signsTheDigestOfTheKnownAnswers() {
        var answer = known("signed").required("ban");
        assertThat(answer.required("keyId").asText()).isEqualTo("key-1");
        var digest = Ban.digest(KEY_ID, Octets.of(hex(answer, "setup")), identity(1), identity(2));
        assertThat(digest).isEqualTo(hex(answer, "digest"));
    }

    private static Octets identity(int party) {
        return Octets.of(Vectors.sha256(Encoding.concat("identity".getBytes(US_ASCII), Encoding.i2osp(party, 2))));
    }

    @Test
    void isObeyedByWhoeverSignedIt() throws Exception {
        assertThat(binds(Ban.decode(ban.encode()))).isTrue();
        assertThat(ban.isSignedBy(mine.publicKey(), Ed25519Statements.VERIFIER)).isTrue();
        assertThat(ban.isSignedBy(theirs.publicKey(), Ed25519Statements.VERIFIER)).isFalse();
    }

    @Test
    void isIgnoredWithoutMyValidSignature() {
        assertThat(binds(Ban.sign(KEY_ID, SETUP, ME, PEER, theirs))).isFalse();
        var signature = ban.signature();
        assertThat(binds(new Ban(Octets.of("key-2".getBytes(US_ASCII)), SETUP, ME, PEER, signature))).isFalse();
        assertThat(binds(new Ban(KEY_ID, PEER, ME, PEER, signature))).isFalse();
        assertThat(binds(new Ban(KEY_ID, SETUP, ME, SETUP, signature))).isFalse();
        assertThat(binds(new Ban(KEY_ID, SETUP, ME, PEER, Octets.of(new byte[64])))).isFalse();
    }

    @Test
    void isIgnoredByWhomItDoesNotNameAsItsAuthor() {
        assertThat(binds(Ban.sign(KEY_ID, SETUP, PEER, ME, theirs))).isFalse();
        assertThat(binds(Ban.sign(KEY_ID, SETUP, PEER, ME, mine))).isFalse();
    }

    private boolean binds(Ban returned) {
        return returned.binds(ME, mine.publicKey(), Ed25519Statements.VERIFIER);
    }

    @Test
    void comesBackFromItsBytes() throws Exception {
        var encoded = ban.encode();
        assertThat(Encoding.os2ip(encoded, 0, 4)).isEqualTo(encoded.length - 68);
        assertThat(Ban.decode(encoded)).isEqualTo(ban);
        assertThat(Ban.decode(encoded).encode()).isEqualTo(encoded);
    }

    @Test
    void isReadFromNothingElse() {
        var encoded = ban.encode();
        for (int length = 0; length < encoded.length; length++) {
            assertMalformed(Arrays.copyOf(encoded, length));
        }
        assertMalformed(Arrays.copyOf(encoded, encoded.length + 1));
        assertMalformed(with(KEY_ID.bytes(), SETUP.bytes(), ME.bytes()));
        assertMalformed(with(new byte[0], SETUP.bytes(), ME.bytes(), PEER.bytes()));
        assertMalformed(with(new byte[65], SETUP.bytes(), ME.bytes(), PEER.bytes()));
        assertMalformed(with(KEY_ID.bytes(), new byte[31], ME.bytes(), PEER.bytes()));
        assertMalformed(with(KEY_ID.bytes(), SETUP.bytes(), new byte[33], PEER.bytes()));
        assertMalformed(with(KEY_ID.bytes(), SETUP.bytes(), ME.bytes(), new byte[0]));
        encoded[0] = (byte) 0xff;
        assertMalformed(encoded);
    }

    private static byte[] with(byte[]... parts) {
        var body = Encoding.enc(parts);
        return Encoding.concat(Encoding.i2osp(body.length, 4), body, new byte[64]);
    }

    private static void assertMalformed(byte[] bytes) {
        assertThatThrownBy(() -> Ban.decode(bytes)).isInstanceOf(DecodingException.class);
    }

    private static byte[] filled(int value) {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
