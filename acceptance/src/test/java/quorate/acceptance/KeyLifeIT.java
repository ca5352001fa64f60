package quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import quorate.acceptance.Debugger.Entry;

/**
 * What an administrator decides when a reshare is not enough: a share of an older epoch that comes back by force, a node
 * that does not come back from a reshare, and too few shares of the newest epoch.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KeyLifeIT {
    private static final int GONE = 3;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Cluster cluster;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Signatures signatures;

    @BeforeAll
    void start(@TempDir Path work) {
        cluster = Cluster.up(work);
        signatures = new Signatures(cluster);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    /** Row 4: "a stale share never makes a key unusable". */
    @Test
    @Order(1)
    void aShareOfAnOlderEpochComesBackByForceOnlyAndIsHealed() {
        var key = cluster.generate("ed25519", "treasury");
        backUp("treasury", 2);
        cluster.run("key", "reshare", "treasury").done();

        restore("treasury", 2, "--replace").refused("SHARE_STALE");
        signatures.verifyWithEachPair(key);
        assertThat(restore("treasury", 2, "--replace", "--force-older-epoch").done().path("outcome").asText())
                .isEqualTo("forced");

        assertThat(cluster.run("sign", "--key", "treasury", "--message-hex", "00", "--players", "1,2").exit())
                .isEqualTo(1);
        Waiting.until("node 2 is named", () -> states("treasury").equals(List.of("active", "stale", "active")));
        signatures.verify(key, List.of(1, 3));
        cluster.run("key", "repair", "treasury", "--node", "2").done();
        assertThat(states("treasury")).containsOnly("active");
        signatures.verifyWithEachPair(key);
    }

    /** R6: it has the new share, but the others did not wait for its word; it takes part again after a repair. */
    @Test
    @Order(2)
    void aReshareEndsWithoutANodeThatIsDeclaredDead() {
        var key = cluster.generate("ed25519", "savings");
        cluster.kill(GONE);
        int port = cluster.startForDebugger(GONE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var debugger = Debugger.attach(port, List.of(new Entry("store.Operations", "commit")))) {
            var resharing = threads.submit(() -> cluster.run("key", "reshare", "savings"));
            debugger.awaitStandstill(Duration.ofSeconds(30));
            cluster.kill(GONE);
            assertThat(resharing).succeedsWithin(Duration.ofSeconds(60));
        }
        assertThat(cluster.run("status").out()).contains("waiting for players [3]");
        signatures.verify(key, List.of(1, 2));

        cluster.run("key", "resolve", "savings", "--dead", "3", "--yes");

        Waiting.until("nothing is open", () -> cluster.clients().admin(1).status().operations().isEmpty()
                && cluster.clients().admin(2).status().operations().isEmpty());
        assertThat(epochs("savings").subList(0, 2)).containsOnly("1");
        signatures.verify(key, List.of(1, 2));
        cluster.start(GONE);
        Waiting.until("node 3 knows", () -> states("savings").equals(List.of("active", "active", "stale")));
        signatures.verify(key, List.of(1, 2));
        cluster.run("key", "repair", "savings", "--node", "3").done();
        assertThat(states("savings")).containsOnly("active");
        signatures.verifyWithEachPair(key);
    }

    /** Appendix B, scenario 10. */
    @Test
    @Order(3)
    void anOlderEpochIsRevivedWhereTooFewHaveTheNewest() {
        var key = cluster.generate("ed25519", "reserve");
        for (int node = 1; node <= 2; node++) {
            backUp("reserve", node);
        }
        cluster.run("key", "reshare", "reserve").done();
        for (int node = 1; node <= 2; node++) {
            restore("reserve", node, "--replace", "--force-older-epoch").done();
        }
        assertThat(cluster.run("sign", "--key", "reserve", "--message-hex", "00", "--players", "1,3").exit())
                .isEqualTo(1);

        var adopted = cluster.run("key", "adopt", "reserve", "--epoch", "0", "--yes").done();

        assertThat(adopted.path("nodes")).hasSize(2);
        Waiting.until("nodes 1 and 2 have it", () -> states("reserve").subList(0, 2).equals(List.of("active", "active")));
        assertThat(states("reserve").get(2)).isNotEqualTo("active");
        signatures.verify(key, List.of(1, 2));
        cluster.run("key", "repair", "reserve", "--node", "3", "--public-key", key.path("publicKey").asText()).done();
        assertThat(cluster.run("key", "reshare", "reserve").done().path("epoch").asInt()).isEqualTo(2);
        assertThat(epochs("reserve")).containsOnly("2").hasSize(3);
        signatures.verifyWithEachPair(key);
    }

    private void backUp(String keyId, int node) {
        cluster.run("share", "backup", "--key", keyId, "--node", String.valueOf(node), "--out", file(keyId, node)).done();
    }

    private Ran restore(String keyId, int node, String... how) {
        var arguments = new ArrayList<>(List.of(
                "share", "restore", "--node", String.valueOf(node), "--in", file(keyId, node)));
        arguments.addAll(List.of(how));
        return cluster.run(arguments.toArray(String[]::new));
    }

    private static String file(String keyId, int node) {
        return keyId + "-" + node + ".share";
    }

    private List<String> states(String keyId) {
        return nodes(keyId).findValuesAsText("state");
    }

    private List<String> epochs(String keyId) {
        return nodes(keyId).findValuesAsText("epoch");
    }

    private JsonNode nodes(String keyId) {
        return cluster.run("key", "show", keyId).json().path("nodes");
    }
}
