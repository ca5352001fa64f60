package quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row 1 of the ways back: a database is lost and comes back from its backup. */
class RestoreStoryIT {
    @TempDir
    private Path work;

    @Test
    void lostDatabaseComesBackFromItsBackup() {
        try (var cluster = Cluster.up(work)) {
            var signatures = new Signatures(cluster);
            var treasury = cluster.generate("ed25519", "treasury");
            var bitcoin = cluster.generate("bip340", "bitcoin");
            signatures.verifyWithEachPair(treasury);
            signatures.verifyWithEachPair(bitcoin);

            var backup = cluster.backUp();
            var verified = cluster.run("backup", "verify", backup.file(1), backup.file(2), backup.file(3))
                    .done();
            assertThat(verified.path("ok").asBoolean()).isTrue();
            assertThat(verified.path("keys").findValuesAsText("keyId"))
                    .containsExactlyInAnyOrder("treasury", "bitcoin");
            assertThat(verified.path("keys").findValuesAsText("restorable")).containsOnly("true");
            var late = cluster.generate("ed25519", "late");

            cluster.kill(2);
            cluster.deleteDatabase(2);
            var refused = Ran.process(work, List.of(), "node", "run", "--config", cluster.folder().config(2).toString());
            assertThat(refused.exit()).as(refused.toString()).isEqualTo(1);
            assertThat(refused.err()).contains("NODE_NOT_STARTED").contains("database");
            assertThat(cluster.folder().data(2).resolve("quorate.db")).doesNotExist();
            signatures.verify(treasury, List.of(1, 3));
            signatures.verify(bitcoin, List.of(1, 3));

            var plan = cluster.run("backup", "restore", backup.file(2), "--node", "2", "--dry-run").done();
            assertThat(plan.path("dryRun").asBoolean()).isTrue();
            assertThat(plan.path("keys").findValuesAsText("keyId")).contains("treasury", "bitcoin");
            assertThat(cluster.folder().data(2)).doesNotExist();
            cluster.runProcess("backup", "restore", backup.file(2), "--node", "2").done();
            cluster.start(2);

            signatures.verify(treasury, List.of(2, 3));
            signatures.verify(bitcoin, List.of(1, 2));
            signatures.verify(late, List.of(1, 3));
            var shown = cluster.run("key", "show", "late").done();
            var absent = shown.path("nodes").get(1);
            assertThat(absent.path("index").asInt()).isEqualTo(2);
            assertThat(absent.path("state").asText()).isEqualTo("missing");
        }
    }
}
