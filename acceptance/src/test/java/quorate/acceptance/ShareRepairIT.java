package quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static quorate.acceptance.EcdsaSignatures.ROOT;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quorate.acceptance.Debugger.Entry;
import quorate.api.ProblemCode;
import quorate.sdk.AdminClient;
import quorate.sdk.ApiKey;
import quorate.sdk.Repairing;
import quorate.sdk.ShareRepairing;
import quorate.sdk.Timeouts;
import quorate.sdk.TsmException;

/** Rows 2 and 5 of the ways back: a node is lost with its disk and has no backup; two others give it its shares back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ShareRepairIT {
    private static final int LOST = 3;
    private static final String LOST_NODE = String.valueOf(LOST);

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Cluster cluster;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private JsonNode schnorr;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private JsonNode wallet;

    @BeforeAll
    void makeKeys(@TempDir Path work) {
        cluster = Cluster.upForEcdsa(work);
        schnorr = cluster.generate("bip340", "bitcoin");
        wallet = new EcdsaSignatures(cluster).generate("secp256k1", "wallet");
        cluster.run("key", "generate", "--scheme", "schnorr", "--curve", "ed25519", "--id", "brittle", "--threshold", "3")
                .done();
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    @Order(1)
    void freshMachineOfTheSameNodeGetsItsSharesBack() throws Exception {
        loseNode();
        assertThat(state("bitcoin")).isEqualTo("missing");

        cluster.run("key", "repair", "bitcoin", "--node", LOST_NODE).refused("BAD_REQUEST");
        cluster.run("key", "repair", "bitcoin", "--node", LOST_NODE, "--public-key", publicKey(wallet))
                .refused("NODES_DISAGREE");
        assertThat(state("bitcoin")).isEqualTo("missing");

        repair("bitcoin", publicKey(schnorr));
        repair("wallet", publicKey(wallet));

        new Signatures(cluster).verifyWithEachPair(schnorr);
        var ecdsa = new EcdsaSignatures(cluster);
        for (var pair : Cluster.PAIRS) {
            ecdsa.verify(wallet, pair, ROOT);
        }
    }

    /** Row 4, and damage: the record that is still there says which key it is. */
    @Test
    @Order(2)
    void damagedAndStaleSharesAreReplaced() throws Exception {
        cluster.kill(LOST);
        change("UPDATE sharing SET sealed_share = randomblob(length(sealed_share)) WHERE key_id = 'bitcoin'");
        change("UPDATE key SET state = 'STALE' WHERE key_id = 'wallet'");
        cluster.start(LOST);
        sign("bitcoin").refused("KEY_UNUSABLE");
        sign("wallet").refused("SHARE_STALE");
        new Signatures(cluster).verify(schnorr, List.of(1, 2));

        cluster.run("key", "repair", "wallet", "--node", LOST_NODE).done();
        var repaired = cluster.run("key", "repair", "bitcoin", "--node", LOST_NODE, "--helpers", "1,2").done();

        assertThat(repaired.path("nodes").findValuesAsText("state")).containsExactly("helped", "helped", "repaired");
        new Signatures(cluster).verifyWithEachPair(schnorr);
        new EcdsaSignatures(cluster).verify(wallet, List.of(2, 3), ROOT);
        assertThat(cluster.clients().admin(LOST).status().events())
                .anySatisfy(event -> assertThat(event.kind()).isEqualTo("share-repaired"));
        assertThat(cluster.clients().admin(1).status().events())
                .anySatisfy(event -> assertThat(event.kind()).isEqualTo("repair-approved"))
                .anySatisfy(event -> assertThat(event.kind()).isEqualTo("repair-helped"));
    }

    @Test
    @Order(3)
    void isRefusedWithoutTheApprovalOfAHelper() {
        var request = new ShareRepairing(cluster.clients().admins(), new SecureRandom())
                .plan(new Repairing(
                        "bitcoin", LOST, List.of(1, 2), Optional.empty(), Duration.ofSeconds(5), Optional.empty()));

        // The administrators of nodes 1 and 3 only: node 2 stays away, whoever asks.
        var partial = List.of(cluster.clients().admin(1), cluster.clients().admin(LOST));
        var failure = catchThrowableOfType(
                TsmException.class,
                () -> new ShareRepairing(partial, new SecureRandom()).run("bitcoin", request, states -> {}));

        assertThat(failure.code()).isEqualTo(ProblemCode.PEER_SILENT);
        assertThat(failure.silent()).contains(2);
        assertThat(failure).hasMessageContaining("REP-0").hasMessageContaining("not approved");
        try (var user = new AdminClient(
                cluster.clients().cluster().node(2).endpoint(),
                ApiKey.of(cluster.folder().apiKey("user", 2)),
                Timeouts.standard())) {
            var forbidden = catchThrowableOfType(TsmException.class, () -> user.repair("bitcoin", request));
            assertThat(forbidden.code()).isEqualTo(ProblemCode.FORBIDDEN);
        }
        new Signatures(cluster).verifyWithEachPair(schnorr);
    }

    @Test
    @Order(4)
    void keyThatNeedsAllNodesHasNoRepairAndSaysSo() {
        var refused = cluster.run("key", "repair", "brittle", "--node", LOST_NODE).refused("REFUSED");
        assertThat(refused.path("detail").asText()).contains("REP-0").contains("needs all of its 3 nodes");
        assertThat(Ran.command(
                                cluster.work(),
                                "key",
                                "show",
                                "bitcoin",
                                "--cluster",
                                cluster.folder().path().toString())
                        .out())
                .contains("repair      a lost share by any 2 other nodes");
    }

    /** Where the target or a helper is killed with kill -9, as in the crash tests of key generation. */
    enum Step {
        HELPER_AGREED(1, new Entry("repair.Repair", "help")),
        HELPER_SENDS_ITS_SUM(1, new Entry("repair.Repair$HelperAwaitsConfirmations", "receive")),
        TARGET_APPROVED(LOST, new Entry("node.key.RepairCeremony", "receive")),
        TARGET_HAS_ALL_SUMS(LOST, new Entry("repair.Repair$AwaitSums", "receive")),
        TARGET_STORES(LOST, new Entry("store.Shares", "install"));

        private final int victim;

        @SuppressWarnings("ImmutableEnumChecker") // an Entry is immutable
        private final Entry entry;

        Step(int victim, Entry entry) {
            this.victim = victim;
            this.entry = entry;
        }
    }

    /** Row 9: whatever was killed, the share is as it was or repaired, and the repair works when it is asked for again. */
    @Order(5)
    @ParameterizedTest
    @EnumSource(Step.class)
    void worksAgainAfterANodeWasKilled(Step step) {
        cluster.kill(step.victim);
        int port = cluster.startForDebugger(step.victim);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var debugger = Debugger.attach(port, List.of(step.entry))) {
            var repairing = threads.submit(() -> cluster.run(
                    "key", "repair", "bitcoin", "--node", LOST_NODE, "--helpers", "1,2", "--wait", "8s"));
            debugger.awaitStandstill(Duration.ofSeconds(30));
            cluster.kill(step.victim);
            assertThat(repairing).succeedsWithin(Duration.ofSeconds(60));
        }
        cluster.start(step.victim);
        new Signatures(cluster).verify(schnorr, List.of(1, LOST));

        var again = cluster.run("key", "repair", "bitcoin", "--node", LOST_NODE, "--helpers", "1,2").done();

        assertThat(again.path("epoch").asLong(-1)).isZero();
        new Signatures(cluster).verifyWithEachPair(schnorr);
    }

    /** Of the database of the node that does not run. */
    private void change(String statement) throws SQLException {
        var database = cluster.folder().data(LOST).resolve("quorate.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                var change = connection.createStatement()) {
            assertThat(change.executeUpdate(statement)).isEqualTo(1);
        }
    }

    private Ran sign(String keyId) {
        return cluster.run("sign", "--key", keyId, "--message-hex", "00", "--players", "1," + LOST_NODE);
    }

    private void loseNode() throws Exception {
        cluster.kill(LOST);
        cluster.deleteDatabase(LOST);
        // The new machine has configuration and identity of the node, and has never started.
        Files.delete(cluster.folder().node(LOST).resolve("node.toml.started"));
        cluster.start(LOST);
    }

    private void repair(String keyId, String publicKey) {
        var repaired = cluster.run("key", "repair", keyId, "--node", LOST_NODE, "--public-key", publicKey).done();
        assertThat(repaired.path("epoch").asLong(-1)).isZero();
        assertThat(state(keyId)).isEqualTo("active");
    }

    private String state(String keyId) {
        return cluster.run("key", "show", keyId).done().path("nodes").get(LOST - 1).path("state").asText();
    }

    private static String publicKey(JsonNode key) {
        return key.path("publicKey").asText();
    }
}
