package quorate.ecdsa;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.testkit.vectors.Vectors.hex;
import static quorate.testkit.vectors.Vectors.known;
import static quorate.testkit.vectors.Vectors.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quorate.algebra.Encoding;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.algebra.Point;
import quorate.algebra.PublicPolynomial;
import quorate.algebra.Secrets;
import quorate.derive.Derivations;
import quorate.derive.Path;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.key.Sharing;
import quorate.pair.KatPairs;
import quorate.rounds.Agreement;
import quorate.rounds.Workers;
import quorate.rounds.Operation;
import quorate.table.Agreements;
import quorate.table.RoundTable;
import quorate.testkit.vectors.KatDraw;
import quorate.testkit.vectors.Vectors;

/** Presigning and the final step against the known answers, every message of every round. */
class EcdsaVectorTest {
    private final Secrets scope = new Secrets();

    @AfterEach
    void wipe() {
        scope.close();
    }

    static Stream<JsonNode> signatures() {
        return stream(known("ecdsa"));
    }

    static Stream<JsonNode> finals() {
        return stream(known("ecdsa_final").required("cases"));
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void presignsAndSigns(JsonNode answer) throws Exception {
        var group = group(answer);
        var dkg = dkg(answer);
        var keys = keys(group, dkg);
        var streams = answer.required("streams").asText().replace("/i", "");
        var signers = new TreeSet<Integer>();
        answer.required("P").forEach(party -> signers.add(party.asInt()));
        var pairs = KatPairs.of(dkg, signers, scope);
        var agreements = presigning(of(keys, 1).sharing(), signers);
        assertThat(agreements.getFirst().ctx()).isEqualTo(hex(answer, "ctx"));

        var table = RoundTable.of(agreements, agreement -> EcdsaPresigning.start(
                agreement,
                of(keys, agreement.me()),
                of(pairs, agreement.me()),
                new InMemoryVerdicts(),
                new KatDraw(streams + "/" + agreement.me()),
                scope,
                Workers.none(),
                1));
        var outcome = table.run();

        var step = step(answer.required("final"), keys, outcome.of(signers.getFirst()).getFirst().presignature());
        var partials = new TreeMap<Integer, PartialSignature>();
        for (var signer : answer.required("signers")) {
            int i = signer.required("i").asInt();
            assertThat(table.payload(1, true, i, i)).isEqualTo(hex(signer, "round1_broadcast"));
            for (var towards : signer.required("towards")) {
                int j = towards.required("j").asInt();
                assertBig(table.payload(1, false, i, j), towards.required("round1_p2p"));
                var round2 = table.payload(2, false, i, j);
                assertThat(Arrays.copyOf(round2, 196)).isEqualTo(hex(towards, "round2_p2p_head"));
                assertBig(round2, towards.required("round2_p2p"));
                assertThat(table.payload(3, false, i, j))
                        .isEqualTo(Encoding.concat(hex(towards, "psi_sent"), hex(answer, "D3")));
            }
            var share = outcome.of(i).getFirst();
            assertThat(share.presignature().id()).isEqualTo(hex(answer, "presigId"));
            assertThat(share.presignature().nonce().encode()).isEqualTo(hex(answer, "R"));
            try (var once = new Secrets()) {
                var claimed = share.claim(once);
                assertThat(claimed.phi().publish().encode()).isEqualTo(hex(signer, "phi"));
                assertThat(claimed.u().publish().encode()).isEqualTo(hex(signer, "u"));
                assertThat(claimed.v().publish().encode()).isEqualTo(hex(signer, "v"));
                partials.put(i, step.partial(claimed));
            }
        }
        assertFinal(answer.required("final"), step, partials);
    }

    @ParameterizedTest
    @MethodSource("finals")
    void finishesSyntheticPresignatures(JsonNode answer) throws Exception {
        var group = group(answer);
        var keys = keys(group, dkg(answer));
        var presignature = new Presignature(
                hex(answer, "presigId"),
                Agreements.KEY_ID,
                of(keys, 1).sharing().shareId(),
                new byte[0],
                new TreeSet<>(List.of(1, 2)),
                group.decodePoint(hex(answer, "R")));
        var step = step(answer, keys, presignature);
        var partials = new TreeMap<Integer, PartialSignature>();
        for (int i = 1; i <= 2; i++) {
            var share = new PresignatureShare(
                    presignature,
                    group.decodeSecret(scope, hex(answer.required("phi").get(i - 1))),
                    group.decodeSecret(scope, hex(answer.required("u").get(i - 1))),
                    group.decodeSecret(scope, hex(answer.required("v").get(i - 1))));
            partials.put(i, step.partial(share));
        }
        assertFinal(answer, step, partials);
    }

    private static FinalStep step(JsonNode answer, Map<Integer, KeyShare> keys, Presignature presignature)
            throws Exception {
        var sharing = of(keys, 1).sharing();
        var path = new Path(stream(answer.required("path")).map(JsonNode::asInt).toList());
        var derived = new Derivations(16).of(sharing, path);
        assertThat(derived.tweak().encode()).isEqualTo(hex(answer, "e"));
        var request = EcdsaRequest.of(
                hex(answer, "h"), path.encode(), derived.tweak(), hex(answer, "requestNonce"));
        assertThat(request.digest(presignature.id())).isEqualTo(hex(answer, "request"));
        var step = FinalStep.of(presignature, sharing, presignature.signers(), request);
        assertThat(step.publicKey().encode()).isEqualTo(hex(answer, "pk_e"));
        return step;
    }

    private static void assertFinal(JsonNode answer, FinalStep step, SortedMap<Integer, PartialSignature> partials)
            throws Exception {
        int position = 0;
        for (var partial : partials.values()) {
            assertThat(partial.encode()).isEqualTo(hex(answer.required("partials").get(position++)));
        }
        var signature = step.combine(partials, answer.required("low_s").asBoolean());
        assertThat(signature.r().encode()).isEqualTo(hex(answer, "r"));
        assertThat(signature.s().encode()).isEqualTo(hex(answer, "s"));
        assertThat(signature.recoveryId()).isEqualTo(answer.required("recid").asInt());
    }

    private static List<Agreement> presigning(Sharing sharing, Set<Integer> signers) {
        return Agreements.of(Operation.ECDSA_PRESIGN, sharing, signers, List.of(Encoding.i2osp(1, 4)));
    }

    private static Group group(JsonNode answer) {
        return answer.required("curve").asText().equals("secp256k1") ? Groups.SECP256K1 : Groups.P256;
    }

    private static JsonNode dkg(JsonNode answer) {
        return stream(known("dkg"))
                .filter(entry -> entry.required("curve").equals(answer.required("curve")))
                .findFirst()
                .orElseThrow();
    }

    private Map<Integer, KeyShare> keys(Group group, JsonNode dkg) throws Exception {
        var points = new ArrayList<Point>();
        for (var point : dkg.required("A")) {
            points.add(group.decodePoint(hex(point)));
        }
        var sharing = new Sharing(
                Agreements.KEY_ID, Scheme.ECDSA, 3, 0, hex(dkg, "cc"), new PublicPolynomial(points));
        var shares = new TreeMap<Integer, KeyShare>();
        for (int i = 1; i <= 3; i++) {
            var x = group.decodeSecret(scope, hex(dkg.required("x").get(i - 1)));
            shares.put(i, new KeyShare(sharing, i, x));
        }
        return shares;
    }

    private static void assertBig(byte[] actual, JsonNode expected) throws Exception {
        assertThat(actual).hasSize(expected.required("len").asInt());
        assertThat(MessageDigest.getInstance("SHA-256").digest(actual)).isEqualTo(Vectors.hex(expected, "sha256"));
    }

    private static <V> V of(Map<Integer, V> map, int party) {
        return Objects.requireNonNull(map.get(party));
    }
}
