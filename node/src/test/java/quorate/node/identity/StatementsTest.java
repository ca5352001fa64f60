package quorate.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StatementsTest {
    private static final byte[] DIGEST = Bytes32.sha256(new byte[] {1, 2, 3}).bytes();
    private final StatementKey key = StatementKey.create(new SecureRandom());
    private final Statements statements = new Statements();

    @Test
    void verifiesWhatTheKeySigned() {
        assertThat(statements.verify(key.publicKey().bytes(), DIGEST, key.sign(DIGEST))).isTrue();
    }

    @Test
    void refusesAnotherDigestAnotherKeyAndEveryFlippedBit() {
        var signature = key.sign(DIGEST);
        var other = StatementKey.create(new SecureRandom()).publicKey().bytes();
        assertThat(statements.verify(key.publicKey().bytes(), new byte[32], signature)).isFalse();
        assertThat(statements.verify(other, DIGEST, signature)).isFalse();
        for (int bit = 0; bit < signature.length * 8; bit++) {
            var flipped = signature.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(statements.verify(key.publicKey().bytes(), DIGEST, flipped)).isFalse();
        }
    }

    @Test
    void answersWhateverTheBytesAre() {
        assertThat(statements.verify(new byte[0], DIGEST, new byte[64])).isFalse();
        assertThat(statements.verify(new byte[32], DIGEST, new byte[64])).isFalse();
        assertThat(statements.verify(key.publicKey().bytes(), DIGEST, new byte[63])).isFalse();
        var notOnCurve = HexFormat.of().parseHex("02" + "00".repeat(31));
        assertThat(statements.verify(notOnCurve, DIGEST, key.sign(DIGEST))).isFalse();
        assertThat(statements.verify(key.publicKey().bytes(), new byte[0], key.sign(DIGEST))).isFalse();
    }

    @Test
    void knowsAKeyOfFullOrder() {
        var identityPoint = HexFormat.of().parseHex("01" + "00".repeat(31));
        var orderTwo = HexFormat.of().parseHex("ec" + "ff".repeat(30) + "7f");
        assertThat(Statements.isKey(key.publicKey().bytes())).isTrue();
        assertThat(Statements.isKey(identityPoint)).isFalse();
        assertThat(Statements.isKey(orderTwo)).isFalse();
        assertThat(Statements.isKey(new byte[31])).isFalse();
    }

    @Test
    void isReadByTheJdk() throws Exception {
        var jdk = Signature.getInstance("Ed25519");
        jdk.initSign(KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(key.encode())));
        jdk.update(DIGEST);
        assertThat(jdk.sign()).isEqualTo(key.sign(DIGEST));
    }

    @Test
    void survivesItsFile() throws Exception {
        assertThat(StatementKey.decode(key.encode()).publicKey()).isEqualTo(key.publicKey());
    }
}
