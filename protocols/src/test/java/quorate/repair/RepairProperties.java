package quorate.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Purpose;
import quorate.algebra.Secrets;
import quorate.key.Scheme;
import quorate.rounds.Check;
import quorate.rounds.Refused;

/** Any key, any target, any helpers: the repaired share is the lost one, and nothing else changes. */
class RepairProperties {
    private static final long SEED = 20261122;
    private static final int CASES = 120;

    record Kind(Group group, Scheme scheme) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(Groups.SECP256K1, Scheme.ECDSA),
            new Kind(Groups.P256, Scheme.ECDSA),
            new Kind(Groups.SECP256K1, Scheme.BIP340),
            new Kind(Groups.P256, Scheme.SCHNORR),
            new Kind(Groups.ED25519, Scheme.SCHNORR));

    static Stream<Arguments> cases() {
        var random = new Random(SEED);
        return IntStream.range(0, CASES).mapToObj(i -> {
            int n = 3 + random.nextInt(6);
            int degree = 1 + random.nextInt(n - 2);
            var parties = new ArrayList<>(IntStream.rangeClosed(1, n).boxed().toList());
            Collections.shuffle(parties, random);
            var helpers = new TreeSet<>(parties.subList(1, degree + 2));
            return Arguments.of(KINDS.get(i % KINDS.size()), n, degree, parties.getFirst(), helpers);
        });
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theRepairedShareIsTheLostOne(Kind kind, int n, int degree, int target, Set<Integer> helpers) {
        try (var scope = new Secrets()) {
            var patient = Patient.of(kind.group, kind.scheme, n, degree, target, helpers, scope);

            var outcome = patient.table().run();

            for (int helper : helpers) {
                assertThat(outcome.of(helper)).isInstanceOf(RepairOutcome.Helped.class);
            }
            assertThat(outcome.of(target)).isInstanceOfSatisfying(RepairOutcome.Repaired.class, repaired -> {
                var share = repaired.share();
                assertThat(share.index()).isEqualTo(target);
                assertThat(share.secret().exposeFor(Purpose.SEALING))
                        .isEqualTo(patient.share(target).secret().exposeFor(Purpose.SEALING));
                assertThat(share.sharing().publicKey()).isEqualTo(patient.sharing().publicKey());
                assertThat(share.sharing().epoch()).isEqualTo(patient.sharing().epoch());
                assertThat(share.sharing().shareId()).isEqualTo(patient.sharing().shareId());
                assertThat(share.sharing().chainCode()).isEqualTo(patient.sharing().chainCode());
                assertThat(repaired.record().attributes()).isEqualTo(Patient.ATTRIBUTES);
            });
        }
    }

    @Test
    void aKeyThatNeedsAllOfItsPlayersHasNoRepair() {
        for (int n = 2; n <= 32; n++) {
            int players = n;
            assertThatThrownBy(() -> Repair.check(players, players - 1, 1, Set.of(2)))
                    .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.check()).isEqualTo(Check.REP_0))
                    .hasMessageContaining("needs all of its " + players + " players has no repair");
        }
    }
}
