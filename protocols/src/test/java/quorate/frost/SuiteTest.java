package quorate.frost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import quorate.algebra.Groups;
import quorate.key.Scheme;

class SuiteTest {
    @Test
    void knowsTheSuiteOfEveryKey() {
        assertThat(Suite.of(Scheme.SCHNORR, Groups.ED25519)).isEqualTo(Suite.ED25519);
        assertThat(Suite.of(Scheme.SCHNORR, Groups.P256)).isEqualTo(Suite.P256);
        assertThat(Suite.of(Scheme.SCHNORR, Groups.SECP256K1)).isEqualTo(Suite.SECP256K1);
        assertThat(Suite.of(Scheme.BIP340, Groups.SECP256K1)).isEqualTo(Suite.BIP340);
        assertThatThrownBy(() -> Suite.of(Scheme.BIP340, Groups.P256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Suite.of(Scheme.ECDSA, Groups.P256)).isInstanceOf(IllegalArgumentException.class);
    }
}
