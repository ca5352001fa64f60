package quorate.frost;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.testkit.vectors.Vectors.hex;
import static quorate.testkit.vectors.Vectors.known;
import static quorate.testkit.vectors.Vectors.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import quorate.algebra.Point;
import quorate.algebra.PublicPolynomial;
import quorate.algebra.Purpose;
import quorate.algebra.Scalar;
import quorate.algebra.Secrets;
import quorate.derive.Derivations;
import quorate.derive.Path;
import quorate.key.KeyShare;
import quorate.key.Scheme;
import quorate.key.Sharing;
import quorate.presign.PresignatureId;
import quorate.rounds.Agreement;
import quorate.table.Agreements;
import quorate.table.Keys;
import quorate.table.RoundTable;
import quorate.testkit.vectors.ListedDraw;
import quorate.testkit.vectors.Vectors;

class FrostVectorTest {
    private final Secrets scope = new Secrets();

    @AfterEach
    void wipe() {
        scope.close();
    }

    /** RFC 9591, appendix E, and the Taproot variant of the Zcash Foundation, through the rounds themselves. */
    @ParameterizedTest
    @CsvSource({
        "ED25519, rfc9591/frost-ed25519-sha512.json",
        "P256, rfc9591/frost-p256-sha256.json",
        "SECP256K1, rfc9591/frost-secp256k1-sha256.json",
        "BIP340, zf-frost/secp256k1-tr.json"
    })
    void signsAsThePublishedVectors(Suite suite, String file) throws Exception {
        var vector = Vectors.json(file);
        var inputs = vector.required("inputs");
        var group = suite.group();
        var coefficients = new ArrayList<Scalar>();
        coefficients.add(group.decodeScalar(hex(inputs, "group_secret_key")));
        for (var coefficient : inputs.required("share_polynomial_coefficients")) {
            coefficients.add(group.decodeScalar(hex(coefficient)));
        }
        var scheme = suite == Suite.BIP340 ? Scheme.BIP340 : Scheme.SCHNORR;
        var keys = Keys.of(coefficients, scheme, 3, scope);
        for (var share : inputs.required("participant_shares")) {
            assertThat(of(keys, share.required("identifier").asInt()).secret().exposeFor(Purpose.SEALING))
                    .isEqualTo(hex(share, "participant_share"));
        }
        var signers = new TreeSet<Integer>();
        inputs.required("participant_list").forEach(party -> signers.add(party.asInt()));
        var request = SigningRequest.of(group, hex(inputs, "message"));
        var draws = new TreeMap<Integer, ListedDraw>();
        var list = new TreeMap<Integer, NoncePoints>();
        for (var output : vector.required("round_one_outputs").required("outputs")) {
            int party = output.required("identifier").asInt();
            draws.put(party, draw(output));
            var pair = NoncePair.draw(suite, of(keys, party).secret(), 0, draw(output), scope);
            assertThat(pair.points().hiding().encode()).isEqualTo(hex(output, "hiding_nonce_commitment"));
            assertThat(pair.points().binding().encode()).isEqualTo(hex(output, "binding_nonce_commitment"));
            list.put(party, pair.points());
            var claimed = pair.claim(scope);
            assertThat(claimed.hiding().publish().encode()).isEqualTo(hex(output, "hiding_nonce"));
            assertThat(claimed.binding().publish().encode()).isEqualTo(hex(output, "binding_nonce"));
        }
        var pk = of(keys, 1).sharing().publicKey();
        var binding = Binding.of(
                suite, new CommitmentList(group, list), EffectiveKey.of(suite, pk, request), request.message());
        for (var output : vector.required("round_one_outputs").required("outputs")) {
            assertThat(binding.bound(output.required("identifier").asInt()).factor().encode())
                    .isEqualTo(hex(output, "binding_factor"));
        }

        var agreements = Agreements.signing(of(keys, 1).sharing(), signers, request.params());
        var table = RoundTable.of(
                agreements,
                agreement -> FrostSigning.start(
                        agreement, of(keys, agreement.me()), request, of(draws, agreement.me()), scope));
        var outcome = table.run();

        for (var output : vector.required("round_two_outputs").required("outputs")) {
            int party = output.required("identifier").asInt();
            var payload = table.payload(FrostSigning.SHARES, true, party, party);
            assertThat(Arrays.copyOfRange(payload, 64, payload.length)).isEqualTo(hex(output, "sig_share"));
        }
        for (int party : signers) {
            assertThat(outcome.of(party)).isEqualTo(hex(vector.required("final_output"), "sig"));
        }
    }

    private static ListedDraw draw(JsonNode output) {
        return new ListedDraw(
                List.of(hex(output, "hiding_nonce_randomness"), hex(output, "binding_nonce_randomness")));
    }

    static Stream<JsonNode> knownAnswers() {
        return stream(known("frost").required("cases"));
    }

    @ParameterizedTest
    @MethodSource("knownAnswers")
    void signsAsTheKnownAnswers(JsonNode answer) throws Exception {
        var suite = suite(answer);
        var keys = keys(suite, answer.required("curve").asText(), Scheme.of(answer.required("scheme").asInt()));
        var sharing = of(keys, 1).sharing();
        var path = new Path(stream(answer.required("path")).map(JsonNode::asInt).toList());
        var request = SigningRequest.of(
                new Derivations(1).of(sharing, path), hex(answer, "msg"), taproot(answer.required("taproot")));
        var signers = new TreeSet<Integer>();
        answer.required("P").forEach(party -> signers.add(party.asInt()));
        var list = new TreeMap<Integer, NoncePoints>();
        for (int party : signers) {
            var pair = NoncePair.draw(suite, of(keys, party).secret(), 0, draw(answer, party), scope);
            list.put(party, pair.points());
            var claimed = pair.claim(scope);
            assertThat(claimed.hiding().publish().encode()).isEqualTo(hex(of(answer, "d", party)));
            assertThat(claimed.binding().publish().encode()).isEqualTo(hex(of(answer, "e", party)));
        }
        var commitments = new CommitmentList(suite.group(), list);
        assertThat(commitments.encode()).isEqualTo(hex(answer, "encode_CL"));
        assertThat(commitments.presigId(hex(answer, "ctx"), 0)).isEqualTo(hex(answer, "presigId"));
        var key = EffectiveKey.of(suite, sharing.publicKey(), request);
        assertThat(key.publicKey().encode()).isEqualTo(hex(answer, "effective_pk"));
        var binding = Binding.of(suite, commitments, key, request.message());
        assertThat(binding.nonce().encode()).isEqualTo(hex(answer, "R"));
        assertThat(binding.challenge().encode()).isEqualTo(hex(answer, "challenge"));
        for (int party : signers) {
            assertThat(binding.bound(party).factor().encode()).isEqualTo(hex(of(answer, "rho", party)));
        }

        var table = RoundTable.of(
                agreements(sharing, signers, request, hex(answer, "ctx")),
                agreement -> FrostSigning.start(
                        agreement, of(keys, agreement.me()), request, draw(answer, agreement.me()), scope));
        var outcome = table.run();

        int position = 0;
        for (int party : signers) {
            assertThat(table.payload(2, true, party, party)).isEqualTo(hex(answer, "batch_digest"));
            assertThat(table.payload(3, true, party, party))
                    .isEqualTo(hex(answer.required("partials").get(position++)));
            assertThat(outcome.of(party)).isEqualTo(hex(answer, "signature"));
        }
    }

    @ParameterizedTest
    @MethodSource("knownAnswers")
    void signsFromPresignaturesAsTheKnownAnswers(JsonNode answer) throws Exception {
        var suite = suite(answer);
        var keys = keys(suite, answer.required("curve").asText(), Scheme.of(answer.required("scheme").asInt()));
        var sharing = of(keys, 1).sharing();
        var path = new Path(stream(answer.required("path")).map(JsonNode::asInt).toList());
        var request = SigningRequest.of(
                new Derivations(1).of(sharing, path), hex(answer, "msg"), taproot(answer.required("taproot")));
        var signers = new TreeSet<Integer>();
        answer.required("P").forEach(party -> signers.add(party.asInt()));

        var table = RoundTable.of(
                agreements(sharing, signers, request, hex(answer, "ctx")),
                agreement -> FrostPresign.start(
                        agreement,
                        of(keys, agreement.me()),
                        1,
                        Instant.EPOCH,
                        draw(answer, agreement.me()),
                        scope));
        var outcome = table.run();

        var partials = new TreeMap<Integer, PresignedShare>();
        int position = 0;
        for (int party : signers) {
            assertThat(table.payload(2, true, party, party)).isEqualTo(hex(answer, "batch_digest"));
            var presignature = outcome.of(party).getFirst();
            assertThat(presignature.id().bytes()).isEqualTo(hex(answer, "presigId"));
            var partial = presignature.surrender().sign(of(keys, party), request);
            assertThat(partial.share().encode())
                    .isEqualTo(hex(answer.required("partials").get(position++)));
            assertThat(partial.commitments()).isEqualTo(hex(answer, "encode_CL"));
            partials.put(party, partial);
        }
        var id = PresignatureId.of(hex(answer, "presigId"));
        assertThat(FrostCombination.combine(sharing, request, id, partials)).isEqualTo(hex(answer, "signature"));
    }

    private static Suite suite(JsonNode answer) {
        return switch (answer.required("suite").asText()) {
            case "ed" -> Suite.ED25519;
            case "p256" -> Suite.P256;
            case "k1" -> Suite.SECP256K1;
            case "tr" -> Suite.BIP340;
            default -> throw new AssertionError(answer);
        };
    }

    /** The vector's nonces belong to a presigning session; only its ctx is another than that of protocol 7. */
    private static List<Agreement> agreements(
            Sharing sharing, Set<Integer> signers, SigningRequest request, byte[] ctx) {
        return Agreements.signing(sharing, signers, request.params()).stream()
                .map(agreement -> Agreements.with(agreement, ctx))
                .toList();
    }

    private Map<Integer, KeyShare> keys(Suite suite, String curve, Scheme scheme) throws Exception {
        var key = stream(known("dkg"))
                .filter(entry -> entry.required("curve").asText().equals(curve))
                .findFirst()
                .orElseThrow();
        var points = new ArrayList<Point>();
        for (var point : key.required("A")) {
            points.add(suite.group().decodePoint(hex(point)));
        }
        var sharing = new Sharing(Agreements.KEY_ID, scheme, 3, 0, hex(key, "cc"), new PublicPolynomial(points));
        var shares = new TreeMap<Integer, KeyShare>();
        for (int i = 1; i <= 3; i++) {
            var x = suite.group().decodeSecret(scope, hex(key.required("x").get(i - 1)));
            shares.put(i, new KeyShare(sharing, i, x));
        }
        return shares;
    }

    private static Taproot taproot(JsonNode tweak) {
        if (tweak.isNull()) {
            return Taproot.NONE;
        }
        return tweak.asText().isEmpty() ? Taproot.keyPath() : Taproot.scriptTree(hex(tweak));
    }

    private static ListedDraw draw(JsonNode answer, int party) {
        return new ListedDraw(stream(of(answer, "rand", party)).map(Vectors::hex).toList());
    }

    private static JsonNode of(JsonNode answer, String field, int party) {
        return answer.required(field).required(String.valueOf(party));
    }

    private static <V> V of(Map<Integer, V> map, int party) {
        return Objects.requireNonNull(map.get(party));
    }
}
