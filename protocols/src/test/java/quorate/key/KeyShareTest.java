package quorate.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.algebra.PublicPolynomial;
import quorate.algebra.SecretPolynomial;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.testkit.vectors.KatDraw;

class KeyShareTest {
    private static final Group GROUP = Groups.P256;
    private static final byte[] KEY_ID = {'k'};
    private static final byte[] CHAIN_CODE = new byte[32];

    private final Secrets scope = new Secrets();
    private final SecretPolynomial f = SecretPolynomial.sample(GROUP, 1, new KatDraw("key"), scope);

    @AfterEach
    void wipe() {
        scope.close();
    }

    @Test
    void holdsAShareThatBelongsToItsKey() throws UnsoundKey {
        var share = new KeyShare(sharing(f.commitment()), 2, f.at(2));

        assertThat(share.index()).isEqualTo(2);
        assertThat(share.sharing().publicKey()).isEqualTo(GROUP.multiplyBase(f.constant()));
        assertThat(share.sharing().publicShare(2)).isEqualTo(GROUP.multiplyBase(f.at(2)));
        assertThat(share.sharing().threshold()).isEqualTo(2);
        assertThat(share).hasToString("KeyShare[party 2, redacted]");
    }

    @Test
    void refusesTheShareOfAnotherParty() throws UnsoundKey {
        var sharing = sharing(f.commitment());
        assertUnsound(() -> new KeyShare(sharing, 2, f.at(3)), "x_2·G is not X_2");
    }

    @Test
    void refusesAShareOfZero() throws UnsoundKey {
        var sharing = sharing(f.commitment());
        assertUnsound(() -> new KeyShare(sharing, 1, SecretScalar.of(scope, GROUP.scalar(0))), "x_1 is 0");
    }

    @Test
    void refusesAKeyOrCoefficientThatIsThePointAtInfinity() {
        var g = GROUP.generator();
        assertUnsound(() -> sharing(polynomial(GROUP.identity(), g)), "A_0 is the point at infinity");
        assertUnsound(() -> sharing(polynomial(g, GROUP.identity())), "A_1 is the point at infinity");
        assertUnsound(() -> sharing(polynomial(g.plus(g).negate(), g)), "X_2 is the point at infinity");
    }

    @Test
    void namesASharingByKeyEpochAndPolynomial() throws UnsoundKey {
        var sharing = sharing(f.commitment());
        var other = SecretPolynomial.sample(GROUP, 1, new KatDraw("other"), scope);

        assertThat(sharing.shareId())
                .isEqualTo(sharing(f.commitment()).shareId())
                .isNotEqualTo(sharing(other.commitment()).shareId())
                .isNotEqualTo(new Sharing(KEY_ID, Scheme.SCHNORR, 3, 1, CHAIN_CODE, f.commitment()).shareId())
                .isNotEqualTo(new Sharing(new byte[] {'l'}, Scheme.SCHNORR, 3, 0, CHAIN_CODE, f.commitment()).shareId());
    }

    @Test
    void refusesParametersOutOfRange() {
        var commitment = f.commitment();
        var constant = polynomial(GROUP.generator());
        var long1 = new PublicPolynomial(Collections.nCopies(4, GROUP.generator()));
        assertRefused(() -> sharing(constant));
        assertRefused(() -> sharing(long1));
        assertRefused(() -> new Sharing(KEY_ID, Scheme.SCHNORR, 33, 0, CHAIN_CODE, commitment));
        assertRefused(() -> new Sharing(new byte[0], Scheme.SCHNORR, 3, 0, CHAIN_CODE, commitment));
        assertRefused(() -> new Sharing(new byte[65], Scheme.SCHNORR, 3, 0, CHAIN_CODE, commitment));
        assertRefused(() -> new Sharing(KEY_ID, Scheme.SCHNORR, 3, 0, new byte[31], commitment));
        assertRefused(() -> new Sharing(KEY_ID, Scheme.BIP340, 3, 0, CHAIN_CODE, commitment));
        assertRefused(() -> sharing(commitment).publicShare(0));
        assertRefused(() -> sharing(commitment).publicShare(4));
        assertRefused(() -> new KeyShare(sharing(commitment), 4, f.at(4)));
    }

    @Test
    void knowsWhichSchemesExistOnWhichCurves() {
        assertThat(Scheme.ECDSA.isDefinedOver(Groups.ED25519)).isFalse();
        assertThat(Scheme.ECDSA.isDefinedOver(Groups.P256)).isTrue();
        assertThat(Scheme.BIP340.isDefinedOver(Groups.SECP256K1)).isTrue();
        assertThat(Scheme.BIP340.isDefinedOver(Groups.P256)).isFalse();
        assertThat(Groups.all()).allMatch(Scheme.SCHNORR::isDefinedOver);
        for (var scheme : Scheme.values()) {
            assertThat(Scheme.of(scheme.code())).isEqualTo(scheme);
        }
        assertRefused(() -> Scheme.of(0));
    }

    private static Sharing sharing(PublicPolynomial commitment) throws UnsoundKey {
        return new Sharing(KEY_ID, Scheme.SCHNORR, 3, 0, CHAIN_CODE, commitment);
    }

    private static PublicPolynomial polynomial(Point... coefficients) {
        return new PublicPolynomial(List.of(coefficients));
    }

    private static void assertUnsound(ThrowingCallable code, String message) {
        assertThatExceptionOfType(UnsoundKey.class).isThrownBy(code).withMessage(message);
    }

    private static void assertRefused(ThrowingCallable code) {
        assertThatThrownBy(code).isInstanceOf(IllegalArgumentException.class);
    }
}
