package quorate.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.testkit.vectors.Vectors.hex;
import static quorate.testkit.vectors.Vectors.known;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.algebra.PublicPolynomial;
import quorate.algebra.Purpose;
import quorate.algebra.SecretPolynomial;
import quorate.algebra.Secrets;
import quorate.commit.Octets;
import quorate.commit.SetupVector;
import quorate.dealing.NewShare;
import quorate.key.Scheme;
import quorate.key.ShareId;
import quorate.pair.BaseOt;
import quorate.pair.PairState;
import quorate.pair.SenderSeeds;
import quorate.table.Agreements;
import quorate.table.Outcome;
import quorate.table.RoundTable;
import quorate.testkit.vectors.KatDraw;
import quorate.testkit.vectors.ListedDraw;
import quorate.testkit.vectors.Vectors;

class KeygenVectorTest {
    static Stream<JsonNode> keys() {
        return Vectors.stream(known("dkg"));
    }

    /** Every value of the vector, and for ECDSA keys those of every pair. */
    @ParameterizedTest
    @MethodSource("keys")
    void makesTheKeysOfTheKnownAnswers(JsonNode answer) throws Exception {
        int n = answer.required("n").asInt();
        var group = group(answer.required("curve").asText());
        var scheme = Scheme.of(answer.required("scheme").asInt());
        var label = answer.required("streams").asText().split("/", 2)[0];
        var agreements = Agreements.keygen(group, scheme, n, answer.required("t").asInt());
        assertThat(agreements.getFirst().ctx()).isEqualTo(hex(answer, "ctx"));

        try (var scope = new Secrets()) {
            var table = RoundTable.of(
                    agreements,
                    agreement -> Keygen.start(agreement, new KatDraw(label + "/" + agreement.me()), scope));
            var outcome = table.run();

            for (int i = 1; i <= n; i++) {
                var key = outcome.of(i);
                var sharing = key.share().sharing();
                assertThat(table.payload(1, true, i, i)).isEqualTo(hex(answer.required("round1").get(i - 1)));
                var opening = table.payload(2, true, i, i);
                assertThat(opening).isEqualTo(hex(answer.required("round2_broadcast").get(i - 1)));
                assertThat(Arrays.copyOf(opening, 32)).isEqualTo(hex(answer, "D1"));
                for (int j = 1; j <= n; j++) {
                    if (i != j) {
                        var payload = table.payload(2, false, i, j);
                        assertThat(Arrays.copyOf(payload, 32)).isEqualTo(hex(answer.required("s_i_j"), i + "," + j));
                        if (scheme == Scheme.ECDSA) {
                            assertPairMessages(answer, i, j, payload, table.payload(3, false, i, j));
                        } else {
                            assertThat(payload).hasSize(32);
                        }
                    }
                }
                assertThat(sharing.commitment().encode()).isEqualTo(joined(answer.required("A")));
                assertThat(sharing.publicKey().encode()).isEqualTo(hex(answer, "pk"));
                assertThat(sharing.chainCode()).isEqualTo(hex(answer, "cc"));
                assertThat(sharing.publicShare(i).encode()).isEqualTo(hex(answer.required("X").get(i - 1)));
                assertThat(key.share().secret().exposeFor(Purpose.SEALING))
                        .isEqualTo(hex(answer.required("x").get(i - 1)));
                assertThat(key.made().d2()).isEqualTo(hex(answer, "D2"));
                assertThat(key.confirmation().digest().bytes()).isEqualTo(hex(answer, "K"));
                assertThat(sharing.shareId()).isEqualTo(hex(answer, "shareId"));
            }
            if (scheme == Scheme.ECDSA) {
                assertThat(answer.required("pairs")).hasSize(3).allSatisfy(pair -> assertPair(pair, outcome));
            } else {
                assertThat(outcome.of(1).pairs()).isEmpty();
                assertThat(outcome.of(1).setups()).isEqualTo(SetupVector.NONE);
            }
        }
    }

    private static void assertPairMessages(JsonNode answer, int i, int j, byte[] second, byte[] third) {
        assertThat(Arrays.copyOfRange(second, 32, 64)).isEqualTo(hex(answer.required("zseed"), i + "," + j));
        assertIs(Arrays.copyOfRange(second, 64, second.length), answer.required("bot1").required("alice " + i + ", bob " + j));
        assertIs(third, answer.required("bot2").required("bob " + i + ", alice " + j));
    }

    private static void assertPair(JsonNode pair, Outcome<NewShare> outcome) {
        int i = pair.required("i").asInt();
        int j = pair.required("j").asInt();
        var ofI = state(outcome, i, j);
        var ofJ = state(outcome, j, i);
        assertThat(ofI.zeroSeed()).isEqualTo(hex(pair, "zs")).isEqualTo(ofJ.zeroSeed());
        assertThat(ofI.setup()).isEqualTo(hex(pair, "setup")).isEqualTo(ofJ.setup());
        assertThat(outcome.of(i).setups().setups().get(j)).isEqualTo(Octets.of(hex(pair, "setup")));
        assertThat(ofI.asAlice().delta()).isEqualTo(hex(pair, "delta_of_i"));
        assertThat(ofJ.asAlice().delta()).isEqualTo(hex(pair, "delta_of_j"));
        assertIs(interleaved(ofI.asBob()), pair.required("seeds_bob_i"));
        assertIs(interleaved(ofJ.asBob()), pair.required("seeds_bob_j"));
    }

    private static PairState state(Outcome<NewShare> outcome, int me, int peer) {
        return Objects.requireNonNull(outcome.of(me).pairs().get(peer));
    }

    /** seed_0^c || seed_1^c for every c. */
    private static byte[] interleaved(SenderSeeds seeds) {
        var all = new byte[2 * BaseOt.SEEDS_BYTES];
        for (int c = 0; c < BaseOt.INSTANCES; c++) {
            System.arraycopy(seeds.zero(), 32 * c, all, 64 * c, 32);
            System.arraycopy(seeds.one(), 32 * c, all, 64 * c + 32, 32);
        }
        return all;
    }

    /** A long value, which the vector states by length and hash. */
    private static void assertIs(byte[] value, JsonNode big) {
        assertThat(value).hasSize(big.required("len").asInt());
        assertThat(Vectors.sha256(value)).isEqualTo(hex(big, "sha256"));
    }

    @Test
    void namesSharingsAsTheKnownAnswers() {
        assertThat(Vectors.stream(known("shareid"))).hasSize(2).allSatisfy(answer -> {
            var group = group(answer.required("curve").asText());
            var commitment = points(group, answer.required("A"));
            assertThat(ShareId.of(
                            Agreements.KEY_ID, answer.required("epoch").asLong(), commitment))
                    .isEqualTo(hex(answer, "shareId"));
        });
    }

    /** The polynomials, shares and keys of the Zcash Foundation's key generation; its proofs hash differently. */
    @ParameterizedTest
    @CsvSource({"ed25519, Ed25519", "p256, P-256", "secp256k1, secp256k1"})
    void sharesAsTheZcashFoundation(String file, String curve) throws Exception {
        var inputs = Vectors.json("zf-frost/dkg-" + file + ".json").required("inputs");
        var group = group(curve);
        try (var scope = new Secrets()) {
            var polynomials = Stream.of("1", "2", "3")
                    .map(party -> polynomial(group, inputs.required(party), scope))
                    .toList();
            var sum = polynomials.stream()
                    .map(SecretPolynomial::commitment)
                    .reduce(PublicPolynomial::plus)
                    .orElseThrow();
            assertThat(sum.constant().encode()).isEqualTo(hex(inputs, "verifying_key"));
            for (int i = 1; i <= 3; i++) {
                var party = inputs.required(String.valueOf(i));
                assertThat(polynomials.get(i - 1).commitment().encode())
                        .isEqualTo(joined(party.required("vss_commitments")));
                var x = polynomials.get(i - 1).at(i);
                for (var received : party.required("signing_shares").properties()) {
                    var point = polynomials.get(Integer.parseInt(received.getKey()) - 1).at(i);
                    assertThat(point.publish().encode()).isEqualTo(hex(received.getValue()));
                    x = x.plus(point);
                }
                assertThat(x.publish().encode()).isEqualTo(hex(party, "signing_share"));
                assertThat(sum.at(i).encode()).isEqualTo(hex(party, "verifying_share"));
            }
        }
    }

    private static SecretPolynomial polynomial(Group group, JsonNode party, Secrets scope) {
        var draw = new ListedDraw(List.of(wide(group, hex(party, "signing_key")), wide(group, hex(party, "coefficient"))));
        return SecretPolynomial.sample(group, 1, draw, scope);
    }

    /** Bytes as they would have been drawn: big-endian, as long as a draw. */
    private static byte[] wide(Group group, byte[] scalar) {
        var wide = new byte[group.wideBytes()];
        for (int k = 0; k < scalar.length; k++) {
            int fromRight = group.equals(Groups.ED25519) ? k : scalar.length - 1 - k;
            wide[wide.length - 1 - fromRight] = scalar[k];
        }
        return wide;
    }

    private static PublicPolynomial points(Group group, JsonNode encoded) throws Exception {
        var points = new ArrayList<Point>();
        for (var point : encoded) {
            points.add(group.decodePoint(hex(point)));
        }
        return new PublicPolynomial(points);
    }

    private static byte[] joined(JsonNode encoded) {
        return Encoding.concat(Vectors.stream(encoded).map(Vectors::hex).toArray(byte[][]::new));
    }

    private static Group group(String curve) {
        return switch (curve) {
            case "secp256k1" -> Groups.SECP256K1;
            case "P-256" -> Groups.P256;
            case "Ed25519" -> Groups.ED25519;
            default -> throw new AssertionError(curve);
        };
    }
}
