package quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row 6 of the ways back: every database is lost, and consistent backups of as many nodes as sign exist. */
class QuorumRestoreIT {
    @TempDir
    private Path work;

    @Test
    void backupsOfAQuorumBringBackWhatTheyPromised() {
        try (var cluster = Cluster.up(work)) {
            var signatures = new Signatures(cluster);
            var treasury = cluster.generate("ed25519", "treasury");
            var bitcoin = cluster.generate("bip340", "bitcoin");
            var backup = cluster.backUp();
            cluster.generate("ed25519", "late");

            for (int node : Cluster.ALL) {
                cluster.kill(node);
                cluster.deleteDatabase(node);
            }

            assertThat(promised(cluster.run("backup", "verify", backup.file(1))))
                    .as("one share of two")
                    .isEqualTo(Map.of("treasury", false, "bitcoin", false));
            var two = cluster.run("backup", "verify", backup.file(1), backup.file(3));
            assertThat(two.done().path("ok").asBoolean()).isTrue();
            assertThat(promised(two)).isEqualTo(Map.of("treasury", true, "bitcoin", true));

            for (int node : List.of(1, 3)) {
                cluster.run("backup", "restore", backup.file(node), "--node", String.valueOf(node)).done();
            }
            cluster.start(1, 3);

            signatures.verify(treasury, List.of(1, 3));
            signatures.verify(bitcoin, List.of(1, 3));
            assertThat(cluster.user(1).keys()).extracting("keyId").containsExactly("bitcoin", "treasury");
            var lost = cluster.run("sign", "--key", "late", "--message-hex", "00", "--players", "1,3");
            lost.refused("KEY_NOT_FOUND");
        }
    }

    /** Which keys come back, by the word of {@code backup verify}. */
    private static Map<String, Boolean> promised(Ran verified) {
        var promised = new HashMap<String, Boolean>();
        for (JsonNode key : verified.json().path("keys")) {
            assertThat(key.path("why").asText()).isNotBlank();
            promised.put(key.path("keyId").asText(), key.path("restorable").asBoolean());
        }
        return promised;
    }
}
