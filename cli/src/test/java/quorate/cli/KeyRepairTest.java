package quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.Json;
import quorate.api.MalformedJson;
import quorate.api.ProblemCode;
import quorate.api.RepairShare;
import quorate.api.RepairState;
import quorate.api.ShareRepair;
import quorate.testkit.http.FakeCluster;
import quorate.testkit.http.FakeNode;

class KeyRepairTest {
    private static final String SESSION = "ab".repeat(32);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @SuppressWarnings("NullAway.Init") // made before each test
    private CommandLineFixture cli;

    @BeforeEach
    void open() {
        cli = new CommandLineFixture(folder).withCluster();
        cli.key("k1");
        for (var node : cli.nodes.nodes()) {
            node.when("POST /v1/keys/k1/repair", answering(node.player(), 0));
        }
        cli.nodes.node(3).when("GET /v1/keys/k1", FakeNode.problem(ProblemCode.KEY_NOT_FOUND, "lost"));
    }

    @AfterEach
    void close() {
        cli.close();
    }

    /** Says that it waits for the others, so many times. */
    private static FakeNode.Reply answering(int player, int waits) {
        var asked = new AtomicInteger();
        return (call, exchange) -> {
            var request = request(call);
            var state = asked.getAndIncrement() < waits
                    ? RepairState.WAITING
                    : player == request.target() ? RepairState.REPAIRED : RepairState.HELPED;
            var epoch = state == RepairState.REPAIRED ? 7L : null;
            var answer = new ShareRepair(
                    player, "k1", request.sessionId(), request.target(), state, FakeCluster.NOW, epoch, null);
            FakeNode.ok(answer).to(call, exchange);
        };
    }

    private RepairShare asked(int node) {
        var calls = cli.nodes.node(node).calls("POST /v1/keys/k1/repair");
        assertThat(calls).isNotEmpty();
        return request(calls.getLast());
    }

    private static RepairShare request(FakeNode.Call call) {
        try {
            return Json.readRequest(call.body(), RepairShare.class);
        } catch (MalformedJson e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void asksEveryHelperAndTheTargetForTheSame() {
        var key = cli.nodes.key(1, "k1");
        var run = cli.run("key", "repair", "k1", "--node", "3", "--public-key", key.publicKey().hex(), "--json");

        assertThat(run.code()).isZero();
        assertThat(run.json().path("epoch").asLong()).isEqualTo(7);
        assertThat(run.json().path("helpers").toString()).isEqualTo("[1,2]");
        assertThat(run.json().path("nodes").findValuesAsText("state")).containsExactly("helped", "helped", "repaired");
        assertThat(asked(1)).isEqualTo(asked(2)).isEqualTo(asked(3));
        assertThat(asked(3).publicKey()).isEqualTo(key.point());
        assertThat(asked(3).sessionId().hex()).isEqualTo(run.json().path("sessionId").asText());
        assertThat(asked(3).waits()).isEqualTo(60);
    }

    @Test
    void saysForPeopleWhatCameOfIt() {
        var run = cli.run("key", "repair", "k1", "--node", "3", "--helpers", "1,2", "--session", SESSION, "--wait", "5m");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("node 3 has its share of key k1 again, epoch 7")
                .contains("node 1  helped");
        assertThat(asked(1).sessionId().hex()).isEqualTo(SESSION);
        assertThat(asked(1).waits()).isEqualTo(300);
        assertThat(asked(1).publicKey()).isNull();
    }

    @Test
    void asksAgainWhileTheOthersAreAwaited() {
        cli.nodes.nodes().forEach(node -> node.when("POST /v1/keys/k1/repair", answering(node.player(), 2)));

        assertThat(cli.run("key", "repair", "k1", "--node", "3").code()).isZero();

        assertThat(cli.nodes.node(3).calls("POST /v1/keys/k1/repair")).hasSize(3);
    }

    @Test
    void repairsNoOtherKeyThanTheOperatorMeans() {
        var run = cli.run("key", "repair", "k1", "--node", "3", "--public-key", "00".repeat(32), "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.problem().path("code").asText()).isEqualTo("NODES_DISAGREE");
        assertThat(cli.nodes.node(3).calls("POST /v1/keys/k1/repair")).isEmpty();
    }

    @Test
    void refusesAtOnceWhatHasNoRepair() {
        cli.run("key", "generate", "--scheme", "schnorr", "--curve", "p256", "--threshold", "3", "--id", "all");

        var run = cli.run("key", "repair", "all", "--node", "3", "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.problem().path("code").asText()).isEqualTo("REFUSED");
        assertThat(run.problem().path("detail").asText()).contains("needs all of its 3 nodes");
        assertThat(cli.run("key", "show", "all").out()).contains("repair      not possible");
    }

    @Test
    void namesWhyTooFewCanHelp() {
        cli.nodes.node(2).when("GET /v1/keys/k1", FakeNode.problem(ProblemCode.KEY_UNUSABLE, "damaged"));

        var run = cli.run("key", "repair", "k1", "--node", "3", "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.problem().path("code").asText()).isEqualTo("NOT_ENOUGH_NODES");
        assertThat(run.problem().path("detail").asText()).contains("there are [1]").contains("damaged");
    }

    @Test
    void failsWithWhatANodeSays() {
        cli.nodes.node(1)
                .when(
                        "POST /v1/keys/k1/repair",
                        FakeNode.problem(ProblemCode.PAUSED, "player 1 is paused by olga until it is resumed"));

        var run = cli.run("key", "repair", "k1", "--node", "3", "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.problem().path("code").asText()).isEqualTo("PAUSED");
    }
}
