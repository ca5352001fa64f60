package quorate.acceptance;

import static quorate.acceptance.EcdsaSignatures.ROOT;

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

/** Threshold ECDSA on both curves: every pair signs, with and without presignatures, and does so after a restore. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EcdsaIT {
    private static final String DEEP = "m/44/0/7";
    private static final int RESTORED = 2;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Cluster cluster;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private EcdsaSignatures signatures;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Presigned presigned;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private List<JsonNode> keys;

    @BeforeAll
    void makeAKeyOnEachCurve(@TempDir Path work) {
        cluster = Cluster.upForEcdsa(work);
        signatures = new EcdsaSignatures(cluster);
        presigned = new Presigned(cluster);
        keys = List.of(signatures.generate("secp256k1", "wallet"), signatures.generate("p256", "server"));
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    @Order(1)
    void everyPairSignsInteractively() {
        for (var key : keys) {
            for (var pair : Cluster.PAIRS) {
                signatures.verify(key, pair, ROOT);
                signatures.verify(key, pair, DEEP);
            }
        }
    }

    @Test
    @Order(2)
    void everyPairSignsFromItsPresignatures() {
        for (var key : keys) {
            for (var pair : Cluster.PAIRS) {
                var ids = presigned.make(key, pair, 3);

                presigned.verify(key, pair, ROOT, ids.getLast());
                presigned.verify(key, pair, DEEP, Presigned.NEXT);
                presigned.verify(key, pair, ROOT, Presigned.NEXT);

                presigned.assertSpent(key, pair, ids);
            }
        }
    }

    /** Row 1 of the ways back, with what only ECDSA has: pair states, which no backup brings back to life. */
    @Test
    @Order(3)
    void restoredNodeSetsUpItsPairsAnewByItself() {
        var backup = cluster.backUp();
        cluster.kill(RESTORED);
        cluster.deleteDatabase(RESTORED);
        cluster.run("backup", "restore", backup.file(RESTORED), "--node", String.valueOf(RESTORED)).done();
        cluster.start(RESTORED);

        for (var key : keys) {
            for (var pair : Cluster.PAIRS) {
                signatures.verify(key, pair, DEEP);
                presigned.verifyWithNewOne(key, pair);
            }
        }
    }
}
