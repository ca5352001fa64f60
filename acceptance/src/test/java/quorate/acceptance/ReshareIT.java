package quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.api.Signable.ROOT_PATH;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reshare gives every node a new share of the same key; row 4 of the ways back: a node that comes back with its old
 * share is named and never poisons a session.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReshareIT {
    private static final int STALE = 2;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Cluster cluster;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private JsonNode treasury;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private JsonNode wallet;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Backup old;

    @BeforeAll
    void makeKeysAndABackupOfThem(@TempDir Path work) {
        cluster = Cluster.upForEcdsa(work);
        treasury = cluster.generate("ed25519", "treasury");
        wallet = new EcdsaSignatures(cluster).generate("secp256k1", "wallet");
        old = cluster.backUp();
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    @Order(1)
    void everyPairSignsAfterAReshareUnderTheSamePublicKey() {
        for (var key : List.of(treasury, wallet)) {
            var id = key.path("keyId").asText();

            var reshared = cluster.run("key", "reshare", id).done();

            assertThat(reshared.path("epoch").asInt()).isEqualTo(1);
            assertThat(reshared.path("publicKey").asText()).isEqualTo(key.path("publicKey").asText());
            var shown = cluster.run("key", "show", id).done();
            assertThat(shown.path("nodes").findValuesAsText("epoch")).containsOnly("1").hasSize(3);
            assertThat(shown.path("canSign").toString()).isEqualTo("[1,2,3]");
        }
        new Signatures(cluster).verifyWithEachPair(treasury);
        for (var pair : Cluster.PAIRS) {
            new EcdsaSignatures(cluster).verify(wallet, pair, ROOT_PATH);
        }
    }

    @Test
    @Order(2)
    void aPausedNodeRefusesAndNothingChanges() {
        var savings = cluster.generate("ed25519", "savings");
        cluster.run("pause", "--node", "2").done();

        var refused = cluster.run("key", "reshare", "savings");

        cluster.run("resume").done();
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("PAUSED");
        assertThat(cluster.run("key", "show", "savings").done().path("epoch").asInt()).isZero();
        new Signatures(cluster).verifyWithEachPair(savings);
    }

    @Test
    @Order(3)
    void aNodeRestoredToItsOldShareIsNamedStaleAndTheOthersSignOn() {
        cluster.kill(STALE);
        cluster.deleteDatabase(STALE);
        cluster.runProcess("backup", "restore", old.file(STALE), "--node", String.valueOf(STALE)).done();
        cluster.start(STALE);

        Waiting.until("node " + STALE + " knows that its share is stale", () -> state("treasury").equals("stale"));
        var shown = cluster.run("key", "show", "treasury");
        assertThat(shown.err()).contains("NODES_DISAGREE").contains("epoch");
        assertThat(shown.json().path("nodes").get(STALE - 1).path("epoch").asInt()).isZero();
        assertThat(shown.json().path("canSign").toString()).isEqualTo("[1,3]");
        var status = cluster.run("status").done().toString();
        assertThat(status).contains("SHARE_STALE").contains("PEER_STALE").contains("quorate key repair treasury --node 2");

        var signatures = new Signatures(cluster);
        signatures.verify(treasury, List.of(1, 3));
        new EcdsaSignatures(cluster).verify(wallet, List.of(1, 3), ROOT_PATH);
        var unnamed = cluster.run("sign", "--key", "treasury", "--message-hex", "00").done();
        assertThat(unnamed.path("players").toString()).isEqualTo("[1,3]");
        var withTheStale = cluster.run("sign", "--key", "treasury", "--message-hex", "00", "--players", "1,2");
        assertThat(withTheStale.exit()).isEqualTo(1);
        assertThat(withTheStale.err()).containsAnyOf("SHARE_STALE", "PEER_STALE");
        var reshare = cluster.run("key", "reshare", "treasury");
        assertThat(reshare.exit()).isEqualTo(1);
        assertThat(reshare.err()).containsAnyOf("SHARE_STALE", "PEER_STALE");
        signatures.verify(treasury, List.of(1, 3));
    }

    /** "the other two sign on, `key repair` heals it". */
    @Test
    @Order(4)
    void theStaleNodeIsHealedByARepair() {
        for (var key : List.of(treasury, wallet)) {
            var id = key.path("keyId").asText();

            var repaired = cluster.run("key", "repair", id, "--node", String.valueOf(STALE)).done();

            assertThat(repaired.path("epoch").asInt()).isEqualTo(1);
            Waiting.until("nobody takes node " + STALE + " for stale", () -> {
                var status = cluster.run("status");
                return status.exit() == 0 && !status.out().contains("quorate key repair " + id);
            });
            assertThat(cluster.run("key", "show", id).done().path("canSign").toString()).isEqualTo("[1,2,3]");
        }
        new Signatures(cluster).verifyWithEachPair(treasury);
        for (var pair : Cluster.PAIRS) {
            new EcdsaSignatures(cluster).verify(wallet, pair, ROOT_PATH);
        }
    }

    private String state(String keyId) {
        return cluster.run("key", "show", keyId).json().path("nodes").get(STALE - 1).path("state").asText();
    }
}
