package quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.ProblemCode;
import quorate.testkit.http.FakeNode;
import quorate.testkit.verify.IndependentVerifier;

class PresignCommandsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @SuppressWarnings("NullAway.Init") // made before each test
    private CommandLineFixture cli;

    @BeforeEach
    void open() {
        cli = new CommandLineFixture(folder).withCluster();
        cli.ecdsa("k1", "secp256k1");
    }

    @AfterEach
    void close() {
        cli.close();
    }

    @Test
    void makesABatchAndReportsItsIds() {
        var run = cli.run("presign", "--key", "k1", "--count", "3", "--players", "3,1", "--json");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(members(run.json())).containsExactly("keyId", "players", "presignatureIds");
        assertThat(run.json().path("players").toString()).isEqualTo("[1,3]");
        assertThat(run.json().path("presignatureIds")).hasSize(3);
        assertThat(run.json().path("presignatureIds").get(0).asText()).hasSize(96);
    }

    @Test
    void suggestsWhatToDoWithABatch() {
        var run = cli.run("presign", "--key", "k1", "--count", "2", "--players", "1,2");

        assertThat(run.out()).isEqualTo("2 presignatures of nodes [1, 2]\n");
        assertThat(run.err()).contains("next: quorate sign --key k1 --message FILE --presignature next");
    }

    @Test
    void signsWithTheNextPresignatureAndWithANamedOne() throws NoSuchAlgorithmException {
        var ids = cli.run("presign", "--key", "k1", "--count", "3", "--json").json().path("presignatureIds");
        var named = ids.get(2).asText();

        var next = cli.run(
                "sign", "--key", "k1", "--message-hex", "68656c6c6f", "--presignature", "next", "--path", "m/3", "--json");
        var again = cli.run("sign", "--key", "k1", "--message-hex", "00", "--presignature", named, "--json");
        var spent = cli.run("sign", "--key", "k1", "--message-hex", "00", "--presignature", named, "--json");

        assertThat(next.code()).isZero();
        assertThat(members(next.json()))
                .containsExactly(
                        "keyId", "signature", "der", "recoveryId", "publicKey", "players", "presignatureId");
        assertThat(next.json().path("presignatureId").asText()).isEqualTo(ids.get(0).asText());
        var hex = HexFormat.of();
        var digest = MessageDigest.getInstance("SHA-256").digest("hello".getBytes(StandardCharsets.UTF_8));
        assertThat(IndependentVerifier.lowSEcdsa(
                        IndependentVerifier.Curve.SECP256K1,
                        hex.parseHex(next.json().path("publicKey").asText()),
                        digest,
                        hex.parseHex(next.json().path("signature").asText())))
                .isTrue();
        assertThat(again.json().path("presignatureId").asText()).isEqualTo(named);
        assertThat(spent.code()).isEqualTo(1);
        assertThat(spent.out()).isEmpty();
        assertThat(spent.problem().path("code").asText()).isEqualTo("PRESIGNATURE_SPENT");
        assertThat(cli.nodes.presignatures(1, "k1")).isEqualTo(1);
    }

    @Test
    void saysThatThereIsNoPresignatureAndHowToMakeSome() {
        var run = cli.run("sign", "--key", "k1", "--message-hex", "00", "--presignature", "next");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("error NO_PRESIGNATURE").contains("quorate presign --key ID --count N");
    }

    @Test
    void countsWhatEveryNodeHolds() {
        cli.run("presign", "--key", "k1", "--count", "2", "--players", "1,3");
        cli.run("presignatures", "refill", "--key", "k1", "--level", "40", "--players", "1,2");
        cli.nodes.node(2).close();

        var people = cli.run("presignatures", "count", "--key", "k1");
        var run = cli.run("presignatures", "count", "--key", "k1", "--json");

        assertThat(run.code()).isZero();
        var nodes = run.json().path("nodes");
        assertThat(members(nodes.get(0))).containsExactly("index", "count", "pools");
        assertThat(nodes.get(0).path("count").asInt()).isEqualTo(2);
        assertThat(nodes.get(0).path("pools").toString())
                .isEqualTo("[{\"players\":[1,2],\"count\":0,\"level\":40},{\"players\":[1,3],\"count\":2}]");
        assertThat(nodes.get(1).path("count").isNull()).isTrue();
        assertThat(nodes.get(1).path("failure").path("code").asText()).isEqualTo("NODE_UNREACHABLE");
        assertThat(people.out()).contains("node 1  2 presignatures\n").contains("node 2  NODE_UNREACHABLE");
        assertThat(people.err()).contains("node 1: 0 with nodes [1, 2], kept at 40");
    }

    @Test
    void givesEveryPlayerTheSameStandingOrder() {
        var run = cli.run("presignatures", "refill", "--key", "k1", "--level", "200", "--players", "1,2", "--json");
        var ended = cli.run("presignatures", "refill", "--key", "k1", "--level", "0", "--players", "1,2");

        assertThat(run.code()).isZero();
        assertThat(run.json().toString())
                .isEqualTo("{\"keyId\":\"k1\",\"players\":[1,2],\"level\":200,\"nodes\":[1,2]}");
        assertThat(ended.out()).isEqualTo("nodes [1, 2] keep no presignatures of nodes [1, 2]\n");
    }

    @Test
    void saysWhichNodesHaveTheOrderWhenOneRefusesIt() {
        cli.nodes.node(2).when("PUT /v1/keys/k1/refill", FakeNode.problem(ProblemCode.PRESIGNATURE_LIMIT, "full"));

        var run = cli.run("presignatures", "refill", "--key", "k1", "--level", "200", "--players", "1,2", "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.json().path("nodes").toString()).isEqualTo("[1]");
        assertThat(run.problem().path("code").asText()).isEqualTo("PRESIGNATURE_LIMIT");
    }

    @Test
    void deletesThePresignaturesOfAKeyEverywhere() {
        cli.run("presign", "--key", "k1", "--count", "2", "--players", "1,3");

        var run = cli.run("presignatures", "delete", "--key", "k1", "--json");

        assertThat(run.code()).isZero();
        assertThat(run.json().toString())
                .isEqualTo("{\"nodes\":[{\"index\":1,\"count\":2},{\"index\":2,\"count\":0},{\"index\":3,\"count\":2}]}");
        assertThat(cli.nodes.presignatures(3, "k1")).isZero();
    }

    @Test
    void asksWhoeverSitsBeforeATerminalForTheName() {
        cli.run("presign", "--key", "k1", "--count", "2", "--players", "1,3");

        assertThat(cli.typing("k2\n").run("presignatures", "delete", "--key", "k1").code()).isEqualTo(1);
        assertThat(cli.typing("\n").run("presignatures", "delete-all").err()).contains("nothing was done");
        assertThat(cli.nodes.presignatures(1, "k1")).isEqualTo(2);
        assertThat(cli.typing("k1\n").run("presignatures", "delete", "--key", "k1").code()).isZero();
        assertThat(cli.nodes.presignatures(1, "k1")).isZero();
    }

    @Test
    void deletesAllPresignaturesOfOneNodeAsItsAdministrator() {
        cli.run("presign", "--key", "k1", "--count", "2", "--players", "1,3");

        var one = cli.run("presignatures", "delete-all", "--node", "3", "--json");
        var all = cli.run("presignatures", "delete-all", "--json");

        assertThat(one.json().toString()).isEqualTo("{\"nodes\":[{\"index\":3,\"count\":2}]}");
        assertThat(all.json().path("nodes").findValuesAsText("count")).containsExactly("2", "0", "0");
        assertThat(cli.nodes.node(3).calls("DELETE /v1/presignatures").getFirst().authorization())
                .contains("admin");
    }

    @Test
    void showsTheNumberOfPresignaturesInStatus() {
        cli.run("presign", "--key", "k1", "--count", "2", "--players", "1,3");

        assertThat(cli.run("status").out()).contains("node 1  ready  2 presignatures\n").contains("node 2  ready\n");
        assertThat(cli.run("status", "--json").json().path("nodes").get(2).path("presignatures").asInt())
                .isEqualTo(2);
    }

    private static List<String> members(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
