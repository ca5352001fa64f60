package quorate.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quorate.testkit.vectors.Vectors.hex;
import static quorate.testkit.vectors.Vectors.known;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Scalar;
import quorate.algebra.Secrets;
import quorate.testkit.vectors.KatDraw;
import quorate.testkit.vectors.Vectors;

class ZeroSharesTest {
    private final Secrets scope = new Secrets();

    @AfterEach
    void wipe() {
        scope.close();
    }

    static Stream<JsonNode> signatures() {
        return Vectors.stream(known("ecdsa"));
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void areThoseOfTheKnownAnswers(JsonNode signature) {
        var curve = signature.required("curve").asText();
        var group = curve.equals("P-256") ? Groups.P256 : Groups.SECP256K1;
        var parties = new TreeSet<Integer>();
        signature.required("P").forEach(i -> parties.add(i.asInt()));
        var digest = hex(signature, "D1");
        assertThat(signature.required("signers")).hasSize(2).allSatisfy(signer -> {
            int me = signer.required("i").asInt();
            var zeta = ZeroShares.of(me, parties, states(curve, me), digest, group, scope);
            assertThat(zeta.publish().encode()).isEqualTo(hex(signer, "zeta"));
        });
    }

    private Map<Integer, PairState> states(String curve, int me) {
        var states = new TreeMap<Integer, PairState>();
        Vectors.stream(known("dkg"))
                .filter(key -> key.required("curve").asText().equals(curve))
                .flatMap(key -> Vectors.stream(key.required("pairs")))
                .forEach(pair -> {
                    int i = pair.required("i").asInt();
                    int j = pair.required("j").asInt();
                    if (i == me || j == me) {
                        int peer = i + j - me;
                        states.put(peer, PairStates.withZeroSeed(me, peer, hex(pair, "zs"), new KatDraw("x"), scope));
                    }
                });
        return states;
    }

    @Test
    void sumToZeroInEveryQuorumAndDifferWithTheDigest() {
        var all = new TreeSet<>(List.of(1, 2, 3, 4, 5));
        for (Group group : Groups.all()) {
            for (SortedSet<Integer> parties : List.of(all, all.headSet(3), all.tailSet(3))) {
                var sum = group.scalar(0);
                for (int i : parties) {
                    var zeta = zeta(i, parties, 1, group);
                    assertThat(zeta.isZero()).isFalse();
                    assertThat(zeta(i, parties, 2, group)).isNotEqualTo(zeta);
                    sum = sum.plus(zeta);
                }
                assertThat(sum.isZero()).isTrue();
            }
        }
    }

    private Scalar zeta(int me, SortedSet<Integer> parties, int digest, Group group) {
        var states = new TreeMap<Integer, PairState>();
        for (int j = 1; j <= 5; j++) {
            if (j != me) {
                var seed = new byte[32];
                seed[0] = (byte) Math.min(me, j);
                seed[1] = (byte) Math.max(me, j);
                states.put(j, PairStates.withZeroSeed(me, j, seed, new KatDraw("x"), scope));
            }
        }
        return ZeroShares.of(me, parties, states, new byte[] {(byte) digest}, group, scope).publish();
    }

    @Test
    void needTheStateOfEveryPair() {
        var parties = new TreeSet<>(List.of(1, 2));
        assertThatThrownBy(() -> ZeroShares.of(1, parties, Map.of(), new byte[32], Groups.P256, scope))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no pair state with party 2");
    }
}
