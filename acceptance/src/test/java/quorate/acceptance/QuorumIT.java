package quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nodes come and go, and pauses with them; two of three sign throughout. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedCluster.class)
class QuorumIT {
    /** What a Java process answers to its parent when SIGTERM (15) ended it: 128 + 15. */
    private static final int ENDED_BY_SIGTERM = 143;

    private final Cluster cluster;
    private final Signatures signatures;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private List<JsonNode> keys;

    QuorumIT(Cluster cluster) {
        this.cluster = cluster;
        this.signatures = new Signatures(cluster);
    }

    @BeforeAll
    void makeAKeyOfEachKind() {
        keys = List.of(cluster.generate("ed25519", "quorum-ed25519"), cluster.generate("bip340", "quorum-bip340"));
    }

    @Test
    void anyTwoSignWhileTheThirdIsKilled() {
        for (var pair : Cluster.PAIRS) {
            int third = 6 - pair.get(0) - pair.get(1);
            cluster.kill(third);
            keys.forEach(key -> signatures.verify(key, pair));
            cluster.start(third);
        }
        keys.forEach(signatures::verifyWithEachPair);
    }

    @Test
    void oneNodeAloneCannotSign() {
        cluster.run("sign", "--key", "quorum-ed25519", "--message-hex", "00", "--players", "2")
                .refused("BAD_REQUEST");
    }

    @Test
    void sigtermStopsANodeInOrder() throws IOException {
        int exit = cluster.stop(1);

        assertThat(exit).isEqualTo(ENDED_BY_SIGTERM);
        assertThat(cluster.folder().data(1).resolve("quorate.db")).exists();
        assertThat(cluster.folder().data(1).resolve("quorate.db-wal")).as("all of it is in the database").doesNotExist();
        assertFree(cluster.folder().data(1).resolve("quorate.db.lock"));
        assertFree(cluster.folder().node(1).resolve("node.toml.lock"));
        cluster.start(1);
        keys.forEach(key -> signatures.verify(key, List.of(1, 2)));
    }

    @Test
    void pauseSurvivesARestart() {
        cluster.run("pause", "--reason", "moving to another rack").done();
        try {
            cluster.kill(3);
            cluster.start(3);

            var node = nodes().get(2);
            assertThat(node.path("index").asInt()).isEqualTo(3);
            assertThat(node.path("paused").asBoolean()).isTrue();
            assertThat(node.path("by").asText()).isEqualTo("admin");
            assertThat(node.path("reason").asText()).isEqualTo("moving to another rack");
            var refused = generateAnother("quorum-while-paused").refused("PAUSED");
            assertThat(refused.path("detail").asText()).contains("admin", "moving to another rack");
            keys.forEach(key -> signatures.verify(key, List.of(2, 3)));
        } finally {
            cluster.run("resume").done();
        }
        generateAnother("quorum-after-the-pause").done();
    }

    @Test
    void pauseWithALimitEndsByItself() {
        cluster.run("pause", "--for", "3s").done();
        generateAnother("quorum-too-early").refused("PAUSED");

        Waiting.until("the pause is over", () -> nodes().findValues("paused").stream().noneMatch(JsonNode::asBoolean));

        generateAnother("quorum-in-time").done();
    }

    /** The file stays; nobody holds its lock. */
    private static void assertFree(Path lock) throws IOException {
        try (var file = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            assertThat(file.tryLock()).as(lock.toString()).isNotNull();
        }
    }

    private JsonNode nodes() {
        return cluster.run("status").done().path("nodes");
    }

    private Ran generateAnother(String id) {
        return cluster.run("key", "generate", "--scheme", "schnorr", "--curve", "ed25519", "--id", id);
    }
}
