package quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.ProblemCode;
import quorate.sdk.TsmException;

/**
 * Row 12 of the ways back: databases come back in an older state, in every way in which that happens, from a time when
 * presignatures existed that have signed since. Whoever gets a second part of one has the node's share of the key.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PresignatureRollbackIT {
    private static final int NODE = 2;
    private static final List<Integer> PAIR = List.of(1, NODE);

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Cluster cluster;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Presigned presigned;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private List<JsonNode> keys;

    @BeforeAll
    void makeAKeyOfEachKind(@TempDir Path work) {
        cluster = Cluster.upForEcdsa(work);
        presigned = new Presigned(cluster);
        keys = List.of(
                new EcdsaSignatures(cluster).generate("secp256k1", "rollback-ecdsa"),
                cluster.generate("ed25519", "rollback-schnorr"));
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    /** As many nodes as sign are put back to where the presignatures were unused: the key cannot be extracted. */
    @Test
    void restoredQuorumDoesNotSignASecondTime() {
        var old = make();
        var backup = cluster.backUp();
        use(old);
        PAIR.forEach(cluster::kill);
        for (int node : PAIR) {
            cluster.deleteDatabase(node);
            cluster.run("backup", "restore", backup.file(node), "--node", String.valueOf(node)).done();
        }
        cluster.start(1, NODE);

        assertGoneForGood(old);
    }

    @Test
    void olderDatabaseUnderTheSameNode() {
        var old = make();
        var backup = cluster.backUp();
        use(old);
        cluster.kill(NODE);
        cluster.run("backup", "restore", backup.file(NODE), "--node", String.valueOf(NODE), "--replace", "--yes").done();
        cluster.start(NODE);

        assertGoneForGood(old);
        assertEvent(1, "presignatures-void");
    }

    @Test
    void olderDatabaseOnAFreshMachine() throws IOException {
        var old = make();
        var backup = cluster.backUp();
        use(old);
        cluster.kill(NODE);
        var lost = cluster.work().resolve("lost-machine");
        var machine = cluster.folder().node(NODE);
        Files.move(machine, lost);
        Files.createDirectory(machine);
        // What an operator installs: the configuration and the keys, nothing that a running node leaves behind.
        for (var installed : List.of("node.toml", "master.key", "identity")) {
            ClusterFolder.copy(lost.resolve(installed), machine.resolve(installed));
        }
        cluster.run("backup", "restore", backup.file(NODE), "--node", String.valueOf(NODE)).done();
        cluster.start(NODE);

        assertGoneForGood(old);
        assertEvent(1, "presignatures-void");
    }

    /** A copy of the files from before the last start: the others know that start and say so. */
    @Test
    void filesOfAStoppedNodeArePutBack() {
        cluster.stop(NODE);
        var copy = cluster.work().resolve("copy-of-a-stopped-node");
        ClusterFolder.copy(cluster.folder().data(NODE), copy);
        cluster.start(NODE);
        var old = make();
        use(old);

        cluster.kill(NODE);
        ClusterFolder.delete(cluster.folder().data(NODE));
        ClusterFolder.copy(copy, cluster.folder().data(NODE));
        cluster.start(NODE);

        assertNoticed();
        assertGoneForGood(old);
        assertEvent(1, "presignatures-void");
    }

    /** The files are exchanged under the running node for a copy that was made while it ran. */
    @Test
    void filesOfARunningNodeArePutBack() {
        var copy = cluster.work().resolve("copy-of-a-running-node");
        ClusterFolder.copy(cluster.folder().data(NODE), copy);
        cluster.kill(NODE);
        cluster.start(NODE);
        var old = make();
        use(old);

        ClusterFolder.delete(cluster.folder().data(NODE));
        ClusterFolder.copy(copy, cluster.folder().data(NODE));
        old.forEach((key, ids) -> assertNoPart(keys.get(key), ids.getFirst()));
        cluster.kill(NODE);
        cluster.start(NODE);

        assertNoticed();
        assertGoneForGood(old);
        assertEvent(1, "presignatures-void");
    }

    /** It refuses, or it has stopped because its database is gone. */
    private void assertNoPart(JsonNode key, String presignature) {
        assertThatThrownBy(() -> presigned.part(NODE, key, PAIR, presignature, Presigned.SECOND_MESSAGE))
                .isInstanceOfSatisfying(TsmException.class, refusal -> assertThat(refusal.code())
                        .isIn(ProblemCode.PRESIGNATURE_SPENT, ProblemCode.NODE_UNREACHABLE));
    }

    /** Of each key: one that will sign, one that only one node will have used, and one that nobody will. */
    private Map<Integer, List<String>> make() {
        var made = new TreeMap<Integer, List<String>>();
        for (int key = 0; key < keys.size(); key++) {
            made.put(key, presigned.make(keys.get(key), PAIR, 3));
        }
        return made;
    }

    private void use(Map<Integer, List<String>> presignatures) {
        presignatures.forEach((key, ids) -> {
            presigned.verify(keys.get(key), PAIR, EcdsaSignatures.ROOT, ids.get(0));
            presigned.part(NODE, keys.get(key), PAIR, ids.get(1), Signatures.MESSAGE);
        });
    }

    private void assertGoneForGood(Map<Integer, List<String>> presignatures) {
        presignatures.forEach((key, ids) -> {
            presigned.assertSpent(keys.get(key), PAIR, ids);
            presigned.await(keys.get(key), PAIR, 0);
            presigned.verifyWithNewOne(keys.get(key), PAIR);
        });
    }

    /** The others know a later start of that database: the node starts again as a new one. */
    private void assertNoticed() {
        Waiting.until("a new incarnation", () -> cluster.log(NODE).contains("with a new database incarnation"));
        cluster.awaitReady();
        assertEvent(NODE, "rolled-back");
    }

    /** In its log and in its status. */
    private void assertEvent(int node, String kind) {
        Waiting.until(kind + " at node " + node, () -> kinds(node).contains(kind));
        assertThat(cluster.log(node)).contains(kind);
    }

    private List<String> kinds(int node) {
        var kinds = new ArrayList<String>();
        try (var user = cluster.user(node)) {
            user.status().events().forEach(event -> kinds.add(event.kind()));
        }
        return kinds;
    }
}
