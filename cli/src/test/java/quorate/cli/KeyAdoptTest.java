package quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.Adopt;
import quorate.api.AdoptionApproval;
import quorate.api.ApprovalState;
import quorate.api.Bytes;
import quorate.api.Json;
import quorate.api.KeySharings;
import quorate.api.KnownSharing;
import quorate.api.MalformedJson;
import quorate.testkit.http.FakeCluster;
import quorate.testkit.http.FakeNode;

/** {@code key adopt}, and the sessions that administrators of different nodes share. */
class KeyAdoptTest {
    private static final String SESSION = "ab".repeat(32);
    private static final Bytes OLD = Bytes.parse("00".repeat(32));
    private static final Bytes NEW = Bytes.parse("11".repeat(32));
    private static final String ADOPT = "POST /v1/keys/k1/adopt";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @SuppressWarnings("NullAway.Init") // made before each test
    private CommandLineFixture cli;

    @BeforeEach
    void open() {
        cli = new CommandLineFixture(folder).withCluster();
        cli.key("k1");
        holds(1, 2, held(2, OLD), known(3, NEW));
        holds(2, 2, held(2, OLD), known(3, NEW));
        holds(3, 2, held(3, NEW));
        cli.nodes.nodes().forEach(node -> approves(node.player(), ApprovalState.DONE));
    }

    @AfterEach
    void close() {
        cli.close();
    }

    private static KnownSharing held(long epoch, Bytes shareId) {
        return new KnownSharing(epoch, shareId, true);
    }

    private static KnownSharing known(long epoch, Bytes shareId) {
        return new KnownSharing(epoch, shareId, false);
    }

    private void holds(int player, int threshold, KnownSharing... sharings) {
        holds(player, threshold, List.of(sharings));
    }

    private void holds(int player, int threshold, List<KnownSharing> sharings) {
        cli.nodes.node(player).when(
                "GET /v1/keys/k1/sharings", FakeNode.ok(new KeySharings(player, "k1", threshold, sharings)));
    }

    private void approves(int player, ApprovalState state) {
        cli.nodes.node(player).when(
                ADOPT, FakeNode.ok(new AdoptionApproval(player, "k1", 2, List.of(player), state)));
    }

    private Adopt asked(int player) {
        var calls = cli.nodes.node(player).calls(ADOPT);
        assertThat(calls).isNotEmpty();
        try {
            return Json.readRequest(calls.getLast().body(), Adopt.class);
        } catch (MalformedJson e) {
            throw new AssertionError(e);
        }
    }

    private void administratorOf(int node) throws IOException {
        Files.writeString(
                folder.resolve("quorate-cluster/credentials/admin.key"),
                node + " = \"" + FakeCluster.ADMIN_KEY + "\"\n");
    }

    @Test
    void asksEveryHolderForTheSame() {
        var run = cli.run("key", "adopt", "k1", "--epoch", "2", "--yes", "--json");

        assertThat(run.code()).isZero();
        assertThat(run.json().path("inForce").asBoolean()).isTrue();
        assertThat(asked(1)).isEqualTo(asked(2));
        assertThat(asked(1).shareId()).isEqualTo(OLD);
        assertThat(asked(1).abandoned()).containsExactly(NEW);
        assertThat(cli.nodes.node(3).calls(ADOPT)).isEmpty();
    }

    @Test
    void isNotDoneWhileTheOthersHaveNotApproved() throws Exception {
        // Node 1's administrator sees the others as a key user.
        administratorOf(1);
        approves(1, ApprovalState.APPROVED);
        var key = cli.nodes.key(2, "k1");
        holds(1, 2, held(key.epoch(), key.shareId()), known(key.epoch() + 1, NEW));
        var epoch = Long.toString(key.epoch());

        var run = cli.run("key", "adopt", "k1", "--epoch", epoch, "--session", SESSION, "--drop", NEW.hex(), "--yes");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("not in force yet")
                .contains("among [1, 2, 3] run:")
                .contains("quorate key adopt k1 --epoch " + epoch + " --session " + SESSION + " --drop " + NEW.hex());
        assertThat(asked(1)).isEqualTo(new Adopt(Bytes.parse(SESSION), key.shareId(), List.of(NEW)));
    }

    @Test
    void aSessionNeedsTheNamesOfWhatIsGivenUp() {
        var run = cli.run("key", "adopt", "k1", "--epoch", "2", "--session", SESSION, "--yes");

        assertThat(run.code()).isNotZero();
        assertThat(run.err()).contains("--session needs --drop");
        assertThat(cli.nodes.node(1).calls(ADOPT)).isEmpty();
    }

    @Test
    void believesNoSingleNode() {
        var invented = new ArrayList<KnownSharing>();
        invented.add(held(9, OLD));
        for (int number = 0; number < 100; number++) {
            invented.add(known(10 + number, Bytes.parse("ff%062x".formatted(number))));
        }
        invented.add(held(2, OLD));
        holds(1, 32, invented);
        holds(3, 2, held(2, OLD), known(3, NEW));

        var run = cli.run("key", "adopt", "k1", "--epoch", "2", "--yes", "--json");

        assertThat(run.code()).isZero();
        assertThat(asked(2).shareId()).isEqualTo(OLD);
        assertThat(asked(2).abandoned()).contains(NEW).doesNotContain(OLD).hasSize(4);
    }

    @Test
    void resolvesTheOperationThatIsNamed() {
        cli.run("key", "resolve", "k1", "--dead", "3", "--operation", SESSION, "--yes");

        assertThat(cli.nodes.node(1).calls("POST /v1/keys/k1/resolve")).singleElement().satisfies(call ->
                assertThat(new String(call.body(), StandardCharsets.UTF_8)).contains(SESSION));
    }

    @Test
    void resharesUnderTheSessionThatOtherAdministratorsUseToo() throws Exception {
        administratorOf(1);
        assertThat(cli.run("key", "reshare", "k1").code()).isNotZero();

        var run = cli.run("key", "reshare", "k1", "--session", SESSION);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(cli.nodes.node(1).calls("POST /v1/keys/k1/reshare")).singleElement().satisfies(call ->
                assertThat(new String(call.body(), StandardCharsets.UTF_8)).contains(SESSION));
        assertThat(cli.nodes.node(2).calls("POST /v1/keys/k1/reshare")).isEmpty();
    }
}
