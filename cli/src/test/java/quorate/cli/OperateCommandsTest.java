package quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.Bytes;
import quorate.api.Event;
import quorate.api.Operation;
import quorate.api.OperationProtocol;
import quorate.api.OperationState;
import quorate.api.Pair;
import quorate.api.PairState;
import quorate.api.PauseState;
import quorate.api.Peer;
import quorate.api.ProblemCode;
import quorate.api.Status;
import quorate.api.StatusProblem;
import quorate.testkit.http.FakeCluster;
import quorate.testkit.http.FakeNode;

class OperateCommandsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @SuppressWarnings("NullAway.Init") // made before each test
    private CommandLineFixture cli;

    @BeforeEach
    void open() {
        cli = new CommandLineFixture(folder).withCluster();
    }

    @AfterEach
    void close() {
        cli.close();
    }

    @Test
    void pausesAllNodesWithTheFixedMembers() {
        var run = cli.run("pause", "--for", "10m", "--reason", "volumes", "--json");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        var node = run.json().path("nodes").get(1);
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        assertThat(names).startsWith("index", "paused", "by", "until", "reason", "ready");
        assertThat(node.path("index").asInt()).isEqualTo(2);
        assertThat(node.path("paused").asBoolean()).isTrue();
        assertThat(node.path("by").asText()).isEqualTo("admin");
        assertThat(node.path("until").asText()).isEqualTo(FakeCluster.NOW.plusSeconds(600).toString());
        assertThat(node.path("reason").asText()).isEqualTo("volumes");
        assertThat(node.path("ready").asBoolean()).isTrue();
    }

    @Test
    void pausesAndResumesOneNode() {
        var paused = cli.run("pause", "--node", "2", "--json");

        assertThat(paused.json().path("nodes")).hasSize(1);
        assertThat(cli.nodes.pause(2).paused()).isTrue();
        assertThat(cli.nodes.pause(1).paused()).isFalse();

        var resumed = cli.run("resume", "--json");
        assertThat(resumed.json().path("nodes")).hasSize(3);
        assertThat(resumed.json().path("nodes").get(1).path("by").isNull()).isTrue();
        assertThat(cli.nodes.pause(2).paused()).isFalse();
    }

    @Test
    void saysWhichNodesAreNotPaused() {
        cli.nodes.node(3).close();

        var run = cli.run("pause", "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.json().path("nodes").get(0).path("paused").asBoolean()).isTrue();
        assertThat(run.json().path("nodes").get(2).path("failure").path("code").asText())
                .isEqualTo("NODE_UNREACHABLE");
        assertThat(run.problem().path("code").asText()).isEqualTo("NODE_UNREACHABLE");
    }

    @Test
    void saysWithWhomTheClusterCanSign() {
        cli.nodes.node(1).close();

        var people = cli.run("status");
        var json = cli.run("status", "--json").json();

        assertThat(people.code()).isZero();
        assertThat(people.out()).startsWith("can sign with nodes [2, 3]\n").contains("node 1  NODE_UNREACHABLE");
        assertThat(json.path("canSign").asBoolean()).isTrue();
        assertThat(json.path("with").toString()).isEqualTo("[2,3]");
        assertThat(json.path("nodes").get(0).path("ready").asBoolean()).isFalse();
        assertThat(json.path("nodes").get(0).path("paused").isNull()).isTrue();
    }

    @Test
    void saysThatTheClusterCannotSignAndWhatToDo() {
        var lonely = new Status(
                2,
                "0.1.0",
                Bytes.parse("00".repeat(32)),
                false,
                1,
                new PauseState(2, true, "alice", null, "", FakeCluster.NOW),
                List.of(new Peer(1, false, FakeCluster.NOW), new Peer(3, false, null)),
                List.of(new Operation(
                        "k9", Bytes.parse("11".repeat(32)), OperationProtocol.KEYGEN, OperationState.COMMITTED)),
                List.of(),
                List.of(new StatusProblem(ProblemCode.NOT_READY, "no links", "Start the other nodes.")));
        cli.nodes.node(1).close();
        cli.nodes.node(2).when("GET /v1/status", FakeNode.ok(lonely));

        var run = cli.run("status");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .startsWith("CANNOT SIGN")
                .contains("node 2  not ready  paused by alice until resumed")
                .contains("no link to node [1, 3]")
                .contains("unfinished: keygen of key k9, committed")
                .contains("what to do: Start the other nodes.");
    }

    @Test
    void showsWhatHappenedLatelyTheNewestFirst() {
        var events = new ArrayList<Event>();
        for (int number = 1; number <= 7; number++) {
            events.add(new Event(FakeCluster.NOW.minusSeconds(number), "clock-jumped", "number " + number, null));
        }
        cli.nodes.node(2).when("GET /v1/status", FakeNode.ok(new Status(
                2,
                "0.1.0",
                Bytes.parse("00".repeat(32)),
                true,
                0,
                new PauseState(2, false, null, null, null, null),
                List.of(new Peer(1, true, FakeCluster.NOW), new Peer(3, true, FakeCluster.NOW)),
                List.of(),
                events,
                List.of())));

        var people = cli.run("status");
        var json = cli.run("status", "--json").json();

        assertThat(people.out())
                .containsSubsequence(
                        "2026-11-22T09:29:59Z clock-jumped: number 1\n", "clock-jumped: number 2\n", "number 5")
                .doesNotContain("number 6");
        assertThat(json.path("nodes").get(1).path("events")).hasSize(7);
        assertThat(json.path("nodes").get(0).path("events")).isEmpty();
    }

    @Test
    void showsPairsThatDoNotSignTogetherAndWhatToDo() {
        cli.nodes.ban(new Pair("k1", List.of(1, 3), PairState.BANNED, "OTE-2", FakeCluster.NOW, 1));
        cli.nodes.ban(new Pair("k1", List.of(2, 3), PairState.SETTING_UP, null, null, null));

        var people = cli.run("status");
        var json = cli.run("status", "--json").json();

        assertThat(people.out())
                .contains("pair 1-3 of key k1: banned by node 1, OTE-2, 2026-11-22T09:30:00Z\n")
                .contains("quorate peers unban --key k1 --node 1 --node 3")
                .contains("pair 2-3 of key k1: setting-up\n");
        assertThat(json.path("nodes").get(1).path("pairs").get(0).toString())
                .isEqualTo("{\"keyId\":\"k1\",\"players\":[1,3],\"state\":\"banned\",\"check\":\"OTE-2\","
                        + "\"at\":\"2026-11-22T09:30:00Z\",\"by\":1}");
    }

    @Test
    void approvesAFreshSetUpOnBothNodesOfAPair() {
        cli.key("k1");
        cli.nodes.ban(new Pair("k1", List.of(1, 3), PairState.BANNED, "OTE-2", FakeCluster.NOW, 1));

        var run = cli.run("peers", "unban", "--key", "k1", "--node", "3", "--node", "1", "--json");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.json().path("nodes")).hasSize(2);
        assertThat(run.json().path("nodes").get(0).path("index").asInt()).isEqualTo(1);
        assertThat(run.json().path("nodes").get(0).path("peer").asInt()).isEqualTo(3);
        assertThat(run.json().path("nodes").findValuesAsText("state")).containsAnyOf("done");
        assertThat(cli.run("status").out()).doesNotContain("pair 1-3");
    }

    @Test
    void saysThatTheOtherOperatorMustApproveToo() throws IOException {
        cli.key("k1");
        cli.nodes.ban(new Pair("k1", List.of(1, 3), PairState.BANNED, "OTE-2", FakeCluster.NOW, 1));
        var credentials = folder.resolve("quorate-cluster/credentials/admin.key");
        Files.write(
                credentials,
                Files.readAllLines(credentials).stream().filter(line -> !line.startsWith("3")).toList());

        var run = cli.run("peers", "unban", "--key", "k1", "--node", "1", "--node", "3");

        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("node 1  pair with node 3: approved\n");
        assertThat(run.err()).contains("The administrator of node 3 must run the same command.");
        assertThat(cli.run("status").out()).contains("pair 1-3");
    }

    @Test
    void failsWhenNoNodeCanBeAsked() {
        cli.nodes.nodes().forEach(FakeNode::close);

        var run = cli.run("status", "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.json().path("canSign").asBoolean()).isFalse();
        assertThat(run.problem().path("code").asText()).isEqualTo("NOT_ENOUGH_NODES");
    }
}
