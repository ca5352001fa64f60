package quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import quorate.api.Bytes;
import quorate.api.PartialRequest;
import quorate.api.PartialSignature;
import quorate.api.PresignaturePool;
import quorate.api.ProblemCode;
import quorate.sdk.TsmClient;
import quorate.sdk.TsmException;
import quorate.testkit.verify.IndependentVerifier;

/** Presignatures, made and used through the command line, or asked of single nodes by somebody who means no good. */
final class Presigned {
    static final String NEXT = "next";

    /** Not the message of {@link Signatures}: two parts of one node for two messages are its share of the key. */
    static final byte[] SECOND_MESSAGE = "Once more, with the same nonce.".getBytes(StandardCharsets.UTF_8);

    private final Cluster cluster;
    private final EcdsaSignatures ecdsa;

    Presigned(Cluster cluster) {
        this.cluster = cluster;
        this.ecdsa = new EcdsaSignatures(cluster);
    }

    /** Their ids, in the order in which the nodes made them. */
    List<String> make(JsonNode key, List<Integer> nodes, int count) {
        var made = cluster.run(
                        "presign", "--key", id(key), "--players", joined(nodes), "--count", String.valueOf(count))
                .done();
        var ids = new ArrayList<String>();
        made.path("presignatureIds").forEach(each -> ids.add(each.asText()));
        assertThat(ids).hasSize(count).doesNotHaveDuplicates();
        return ids;
    }

    /** Signs with {@link #NEXT}, or with the presignature of this id. */
    void verify(JsonNode key, List<Integer> nodes, String path, String presignature) {
        var signed = sign(key, nodes, path, presignature).done();
        if (!presignature.equals(NEXT)) {
            assertThat(signed.path("presignatureId").asText()).isEqualTo(presignature);
        }
        if (key.path("scheme").asText().equals("ecdsa")) {
            ecdsa.check(key, path, signed);
        } else {
            var publicKey = HexFormat.of().parseHex(key.path("publicKey").asText());
            var signature = HexFormat.of().parseHex(signed.path("signature").asText());
            assertThat(IndependentVerifier.ed25519(publicKey, Signatures.MESSAGE, signature)).as("JDK").isTrue();
        }
    }

    /** New ones are made at once, and are good. */
    void verifyWithNewOne(JsonNode key, List<Integer> nodes) {
        verify(key, nodes, EcdsaSignatures.ROOT, make(key, nodes, 1).getFirst());
    }

    private Ran sign(JsonNode key, List<Integer> nodes, String path, String presignature) {
        return cluster.run(
                "sign",
                "--key",
                id(key),
                "--message-hex",
                HexFormat.of().formatHex(Signatures.MESSAGE),
                "--players",
                joined(nodes),
                "--path",
                path,
                "--presignature",
                presignature);
    }

    /** None of these nodes does anything with these presignatures any more, whatever it is asked to sign. */
    void assertSpent(JsonNode key, List<Integer> nodes, List<String> presignatures) {
        for (var presignature : presignatures) {
            sign(key, nodes, EcdsaSignatures.ROOT, presignature).refused("PRESIGNATURE_SPENT");
        }
        for (int node : nodes) {
            try (var user = cluster.user(node)) {
                for (var presignature : presignatures) {
                    for (var message : List.of(Signatures.MESSAGE, SECOND_MESSAGE)) {
                        assertThatThrownBy(() -> part(user, key, nodes, presignature, message))
                                .as("node %d", node)
                                .isInstanceOfSatisfying(TsmException.class, refusal -> assertThat(refusal.code())
                                        .isEqualTo(ProblemCode.PRESIGNATURE_SPENT));
                    }
                }
            }
        }
    }

    /** What one node releases. */
    PartialSignature part(int node, JsonNode key, List<Integer> nodes, String presignature, byte[] message) {
        try (var user = cluster.user(node)) {
            return part(user, key, nodes, presignature, message);
        }
    }

    static PartialSignature part(
            TsmClient node, JsonNode key, List<Integer> nodes, String presignature, byte[] message) {
        return node.signPartially(
                id(key),
                new PartialRequest(
                        Bytes.parse(presignature), nodes, Bytes.of(message), null, null, null, null));
    }

    /** Until all of these nodes hold so many together. */
    void await(JsonNode key, List<Integer> nodes, int count) {
        Waiting.until(count + " presignatures of nodes " + nodes, () -> nodes.stream()
                .allMatch(node -> count(node, key, nodes) == count));
    }

    int count(int node, JsonNode key, List<Integer> nodes) {
        try (var user = cluster.user(node)) {
            return user.presignatures(id(key)).pools().stream()
                    .filter(pool -> pool.players().equals(nodes))
                    .mapToInt(PresignaturePool::count)
                    .sum();
        }
    }

    private static String id(JsonNode key) {
        return key.path("keyId").asText();
    }

    static String joined(List<Integer> nodes) {
        return nodes.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
