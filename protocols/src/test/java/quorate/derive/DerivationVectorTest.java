package quorate.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.testkit.vectors.Vectors.hex;
import static quorate.testkit.vectors.Vectors.known;
import static quorate.testkit.vectors.Vectors.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quorate.algebra.DecodingException;
import quorate.algebra.Group;
import quorate.algebra.Groups;
import quorate.testkit.vectors.Vectors;

/** Published answers: of all steps of their chains those that are soft, each from the public key before it. */
class DerivationVectorTest {
    private record Link(String path, byte[] publicKey, byte[] chainCode) {
        boolean isSoft() {
            return !path.endsWith("'") && path.contains("/");
        }

        int index() {
            return Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
        }
    }

    @Test
    void derivesAsBip32() throws Exception {
        int steps = 0;
        for (var vector : Vectors.json("bip32/test-vectors.json").required("vectors")) {
            var links = new ArrayList<Link>();
            for (var link : vector.required("chains")) {
                var xpub = Base58.extendedKey(link.required("xpub").asText());
                links.add(new Link(
                        link.required("path").asText(),
                        Arrays.copyOfRange(xpub, 45, 78),
                        Arrays.copyOfRange(xpub, 13, 45)));
            }
            steps += follow(Groups.SECP256K1, links);
        }
        assertThat(steps).isEqualTo(6);
    }

    @Test
    void derivesAsSlip10() throws Exception {
        int steps = 0;
        for (var vector : Vectors.json("slip10/test-vectors.json")) {
            var name = vector.required("name").asText();
            var links = new ArrayList<Link>();
            for (var link : vector.required("chains")) {
                links.add(new Link(
                        link.required("path").asText(), hex(link, "public"), hex(link, "chain_code")));
            }
            if (name.endsWith("secp256k1")) {
                steps += follow(Groups.SECP256K1, links);
            } else if (name.endsWith("nist256p1")) {
                steps += follow(Groups.P256, links);
            }
        }
        assertThat(steps).isEqualTo(13);
    }

    private static int follow(Group group, List<Link> links) throws DecodingException {
        int steps = 0;
        for (int i = 1; i < links.size(); i++) {
            var link = links.get(i);
            if (link.isSoft()) {
                var parent = links.get(i - 1);
                var root = DerivedKey.root(group.decodePoint(parent.publicKey()), parent.chainCode());
                var child = root.child(link.index());
                assertThat(child.publicKey().encode()).as(link.path()).isEqualTo(link.publicKey());
                assertThat(child.chainCode()).as(link.path()).isEqualTo(link.chainCode());
                assertThat(root.publicKey().plus(group.multiplyBase(child.tweak()))).isEqualTo(child.publicKey());
                steps++;
            }
        }
        return steps;
    }

    static Stream<JsonNode> knownAnswers() {
        return stream(known("derivation"));
    }

    @ParameterizedTest
    @MethodSource("knownAnswers")
    void derivesAsTheKnownAnswers(JsonNode answer) throws Exception {
        var group = switch (answer.required("curve").asText()) {
            case "secp256k1" -> Groups.SECP256K1;
            case "P-256" -> Groups.P256;
            case "Ed25519" -> Groups.ED25519;
            default -> throw new AssertionError(answer);
        };
        var root = DerivedKey.root(group.decodePoint(hex(answer, "pk")), hex(answer, "cc"));
        var path = new Path(stream(answer.required("path")).map(JsonNode::asInt).toList());
        var key = new Derivations(8).of(root, path);

        assertThat(key.tweak()).hasToString(answer.required("e").asText());
        assertThat(key.publicKey().encode()).isEqualTo(hex(answer, "child"));
        assertThat(key.chainCode()).isEqualTo(hex(answer, "child_cc"));
        assertThat(key.toString()).doesNotContain(HexFormat.of().formatHex(key.chainCode()));
    }
}
