package quorate.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Secrets;
import quorate.dealing.NewShare;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.rounds.Agreement;
import quorate.table.Agreements;
import quorate.table.Keys;
import quorate.table.Outcome;
import quorate.table.RoundTable;
import quorate.testkit.vectors.KatDraw;

class KeygenProperties {
    static Stream<Arguments> sizes() {
        var sizes = new ArrayList<Arguments>();
        for (var group : Groups.all()) {
            for (int n = 2; n <= 6; n++) {
                for (int degree = 1; degree < n; degree++) {
                    sizes.add(Arguments.of(group, n, degree));
                }
            }
        }
        return sizes.stream();
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void makesOneKeyWhoseSharesNeedTheThreshold(Group group, int n, int degree) {
        try (var scope = new Secrets()) {
            var outcome = run(group, n, degree, scope);

            var first = outcome.of(1);
            var shares = new ArrayList<KeyShare>();
            for (int i = 1; i <= n; i++) {
                var key = outcome.of(i);
                shares.add(key.share());
                assertThat(key.share().index()).isEqualTo(i);
                assertThat(key.confirmation()).isEqualTo(first.confirmation());
                assertThat(key.share().sharing().shareId()).isEqualTo(first.share().sharing().shareId());
                assertThat(key.share().sharing().chainCode()).isEqualTo(first.share().sharing().chainCode());
            }
            assertThat(first.share().sharing().threshold()).isEqualTo(degree + 1);
            assertThat(first.share().sharing().players()).isEqualTo(n);
            var pk = first.share().sharing().publicKey();
            assertThat(group.multiplyBase(Keys.interpolate(shares.subList(0, degree + 1), scope))).isEqualTo(pk);
            assertThat(group.multiplyBase(Keys.interpolate(shares.subList(n - degree - 1, n), scope))).isEqualTo(pk);
            assertThat(group.multiplyBase(Keys.interpolate(shares.subList(0, degree), scope))).isNotEqualTo(pk);
        }
    }

    @Test
    void makesAnotherKeyFromOtherRandomness() {
        try (var scope = new Secrets()) {
            var agreements = Agreements.keygen(Groups.ED25519, Scheme.SCHNORR, 3, 1);
            var one = RoundTable.of(agreements, a -> Keygen.start(a, new KatDraw("one/" + a.me()), scope)).run();
            var two = RoundTable.of(
                            agreements,
                            a -> Keygen.start(a, new KatDraw((a.me() == 2 ? "two/" : "one/") + a.me()), scope))
                    .run();

            assertThat(one.of(1).share().sharing().publicKey())
                    .isNotEqualTo(two.of(1).share().sharing().publicKey());
            assertThat(one.of(1).share().sharing().chainCode())
                    .isNotEqualTo(two.of(1).share().sharing().chainCode());
        }
    }

    @Test
    void refusesKeysThatDoNotExist() {
        var agreement = Agreements.keygen(Groups.ED25519, Scheme.ECDSA, 3, 1).getFirst();
        assertStartFails(agreement, "no ECDSA on edwards25519");
    }

    @Test
    void refusesToStartWithoutAllPlayers() {
        var agreement = Agreements.keygen(Groups.ED25519, Scheme.SCHNORR, 3, 1).getFirst();
        var two = new Agreement(
                agreement.sessionId(),
                1,
                agreement.group(),
                agreement.scheme(),
                agreement.keyId(),
                3,
                1,
                agreement.roster(),
                agreement.participants().subList(0, 2),
                1,
                0,
                new byte[0],
                agreement.ctx());
        assertStartFails(two, "all 3 players make a key, not only [1, 2]");
    }

    private static void assertStartFails(Agreement agreement, String message) {
        try (var scope = new Secrets()) {
            assertThatThrownBy(() -> Keygen.start(agreement, new KatDraw("test"), scope))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
        }
    }

    private static Outcome<NewShare> run(Group group, int n, int degree, Secrets scope) {
        return RoundTable.of(
                        Agreements.keygen(group, Scheme.SCHNORR, n, degree),
                        agreement -> Keygen.start(
                                agreement, new KatDraw(n + "/" + degree + "/" + agreement.me()), scope))
                .run();
    }
}
