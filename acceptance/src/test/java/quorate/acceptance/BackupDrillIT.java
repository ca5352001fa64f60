package quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import quorate.api.Event;
import quorate.api.KeyInfo;
import quorate.api.Status;
import quorate.cli.cluster.NodeProcessFile;

/** A backup is restored beside the live nodes, signs with every key, and is gone; they know it and are as before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackupDrillIT {
    private static final String[] KEYS = {"bitcoin", "treasury", "wallet"};
    private static final List<Integer> PAIR = List.of(1, 2);

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Cluster cluster;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Path work;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Backup backup;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Set<Path> before;

    /** What a drill must leave as it was. */
    private record Live(String incarnation, int presignatures, List<KeyInfo> keys, List<String> events) {}

    @BeforeAll
    void makeOneKeyOfEachKindAndBackUp(@TempDir Path folder) {
        work = folder;
        cluster = Cluster.upForEcdsa(work);
        var treasury = cluster.generate("ed25519", "treasury");
        cluster.generate("bip340", "bitcoin");
        var wallet = new EcdsaSignatures(cluster).generate("secp256k1", "wallet");
        var presigned = new Presigned(cluster);
        presigned.make(treasury, PAIR, 3);
        presigned.make(wallet, PAIR, 2);
        cluster.run("presignatures", "refill", "--key", "treasury", "--players", "1,2", "--level", "3").done();
        backup = cluster.backUp();
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @BeforeEach
    void rememberWhatOthersLeft() {
        before = scratchFolders();
    }

    @AfterEach
    void nothingOfTheDrillIsLeft() {
        assertThat(scratchFolders()).isSubsetOf(before);
        assertThat(ProcessHandle.current().children())
                .as("the live nodes")
                .hasSizeLessThanOrEqualTo(Cluster.ALL.size());
    }

    @Test
    @Order(1)
    void everyKeySignsAndNothingLiveIsTouched() {
        var live = live();

        var drilled = drill(1, 2, 3).done();

        assertThat(drilled.path("ok").asBoolean()).isTrue();
        assertThat(drilled.path("restored").toString()).isEqualTo("[1,2,3]");
        assertThat(drilled.path("recorded").toString()).isEqualTo("[1,2,3]");
        assertThat(drilled.path("keys").findValuesAsText("keyId")).containsExactly(KEYS);
        assertThat(drilled.path("keys")).allSatisfy(key -> {
            assertThat(key.path("restorable").asBoolean()).isTrue();
            assertThat(key.path("signedBy").toString()).isEqualTo("[[1,2],[1,3]]");
            assertThat(key.path("failures")).isEmpty();
            assertThat(key.path("untested")).isEmpty();
            assertThat(key.path("live").path("state").asText()).isEqualTo("same");
        });
        var after = live();
        for (int node = 0; node < Cluster.ALL.size(); node++) {
            assertThat(after.get(node).incarnation()).isEqualTo(live.get(node).incarnation());
            assertThat(after.get(node).presignatures()).isEqualTo(live.get(node).presignatures());
            assertThat(after.get(node).keys()).isEqualTo(live.get(node).keys());
            var events = after.get(node).events();
            assertThat(events.getFirst())
                    .startsWith("drill: backup ")
                    .endsWith(" is good: 3 of 3 keys signed, by admin");
            assertThat(events.subList(1, events.size())).isEqualTo(live.get(node).events());
        }
        assertThat(live.getFirst().presignatures()).as("there was something to lose").isPositive();
        for (var folder : List.of(List.<String>of(), List.of(work.resolve("backups").toString()))) {
            var list = Stream.concat(Stream.of("backup", "list"), folder.stream()).toArray(String[]::new);
            var known = cluster.run(list).done().path("backups").get(0).path("drilled");
            assertThat(known.path("ok").asBoolean()).isTrue();
        }
        var status = cluster.run("status").done().path("nodes").get(2).path("lastDrill");
        assertThat(status.path("signed").asInt()).isEqualTo(3);
        assertThat(status.path("by").asText()).isEqualTo("admin");
    }

    @Test
    @Order(2)
    void twoFilesSignAndWhatWasNotTestedIsNamed() {
        var drilled = drill(1, 3).done();

        assertThat(drilled.path("keys")).hasSize(3).allSatisfy(key -> {
            assertThat(key.path("signedBy").toString()).isEqualTo("[[1,3]]");
            assertThat(key.path("untested").findValuesAsText("node")).containsExactly("2");
            assertThat(key.path("untested").get(0).path("reason").asText())
                    .isEqualTo("no backup file of node 2 was named");
        });
        assertThat(drilled.path("recorded").toString()).isEqualTo("[1,2,3]");
    }

    @Test
    @Order(3)
    void oneFileIsRestoredAndSignsNothing() {
        var drilled = drill(2);

        var problem = drilled.refused("DRILL_FAILED");
        assertThat(problem.path("detail").asText()).contains("key bitcoin: nothing could be signed");
        assertThat(drilled.json().path("restored").toString()).isEqualTo("[2]");
        assertThat(drilled.json().path("keys")).hasSize(3).allSatisfy(key -> {
            assertThat(key.path("restorable").asBoolean()).isFalse();
            assertThat(key.path("untested").findValuesAsText("node")).containsExactly("1", "3");
        });
        var list = cluster.run("backup", "list").done().path("backups").get(0).path("drilled");
        assertThat(list.path("ok").asBoolean()).isFalse();
    }

    @Test
    @Order(4)
    void killedDrillLeavesNoProcessAndTheNextRemovesItsFolder() throws Exception {
        var drill = begin();
        var nodes = awaitScratchNodes();
        var folder = newFolder().orElseThrow();
        assertOwnerOnlyAndWithoutMasterKeys(folder);

        drill.destroyForcibly().waitFor();

        Waiting.until("the scratch nodes have ended", () -> nodes.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(folder).isDirectory();
        drill(2).refused("DRILL_FAILED");
        assertThat(folder).doesNotExist();
    }

    @Test
    @Order(5)
    void interruptedDrillCleansUpAndSaysSo() throws Exception {
        var events = live().getFirst().events();
        var drill = begin();
        var nodes = awaitScratchNodes();

        drill.destroy();

        assertThat(drill.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(drill.exitValue()).isEqualTo(1);
        assertThat(Files.readString(work.resolve("drill.err"))).contains("INTERRUPTED");
        assertThat(nodes).noneMatch(ProcessHandle::isAlive);
        assertThat(live().getFirst().events()).as("nothing was recorded").isEqualTo(events);
    }

    @Test
    @Order(6)
    void staleAndDeletedKeysAreNamedWithTheRemedy() {
        cluster.run("key", "reshare", "treasury").done();
        cluster.run("key", "delete", "bitcoin", "--node", "3", "--yes").done();
        cluster.generate("ed25519", "late");

        var drilled = drill(1, 2, 3).done();

        assertThat(live(drilled, "treasury").path("state").asText()).isEqualTo("stale");
        assertThat(live(drilled, "treasury").path("remedy").asText()).contains("quorate backup create");
        assertThat(live(drilled, "bitcoin").path("state").asText()).isEqualTo("deleted");
        assertThat(live(drilled, "bitcoin").path("detail").asText()).contains("[3]");
        assertThat(live(drilled, "wallet").path("state").asText()).isEqualTo("same");
        assertThat(drilled.path("notInBackup").toString()).isEqualTo("[\"late\"]");
    }

    /** The node signed what it had, so digest and signature of its file are right. */
    @Test
    @Order(7)
    void damagedShareUnderARightSignatureIsFound() throws SQLException {
        cluster.stop(3);
        damageShare(3, "wallet");
        cluster.start(3);
        var damaged = cluster.backUp();

        var drilled = cluster.run("backup", "drill", damaged.file(1), damaged.file(2), damaged.file(3));

        drilled.refused("DRILL_FAILED");
        var file = drilled.json().path("files").get(2);
        assertThat(file.path("findings").findValuesAsText("code")).contains("BACKUP_SHARE");
        assertThat(file.path("findings").findValuesAsText("keyId")).contains("wallet");
        var refused = drilled.json().path("notRestored").get(0);
        assertThat(refused.path("node").asInt()).isEqualTo(3);
        assertThat(refused.path("reason").asText()).contains("key wallet");
        assertThat(drilled.json().path("ok").asBoolean(true)).isFalse();
        assertThat(drilled.json().path("recorded").toString()).isEqualTo("[1,2,3]");
    }

    private Ran drill(int... nodes) {
        return cluster.run(arguments(nodes));
    }

    private String[] arguments(int... nodes) {
        var arguments = new ArrayList<>(List.of("backup", "drill"));
        for (int node : nodes) {
            arguments.add(backup.file(node));
        }
        return arguments.toArray(String[]::new);
    }

    /** As a process of its own, for signals. */
    private Process begin() throws IOException {
        var arguments = new ArrayList<>(List.of(arguments(1, 2, 3)));
        arguments.addAll(List.of("--cluster", cluster.folder().path().toString(), "--json"));
        return Launch.of(List.of(), arguments)
                .directory(work.toFile())
                .redirectOutput(work.resolve("drill.out").toFile())
                .redirectError(work.resolve("drill.err").toFile())
                .start();
    }

    private List<ProcessHandle> awaitScratchNodes() {
        Waiting.until(
                "three scratch nodes run",
                () -> newFolder().map(BackupDrillIT::nodes).orElse(List.of()).size() == Cluster.ALL.size());
        return nodes(newFolder().orElseThrow());
    }

    private static List<ProcessHandle> nodes(Path scratch) {
        return Cluster.ALL.stream()
                .map(node -> new NodeProcessFile(scratch.resolve("cluster/node-" + node)))
                .flatMap(file -> running(file).stream())
                .toList();
    }

    private static Optional<ProcessHandle> running(NodeProcessFile file) {
        try {
            return file.running();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Path> newFolder() {
        return scratchFolders().stream().filter(folder -> !before.contains(folder)).findFirst();
    }

    private static Set<Path> scratchFolders() {
        try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return new TreeSet<>(all.filter(path -> String.valueOf(path.getFileName()).startsWith("quorate-drill-"))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertOwnerOnlyAndWithoutMasterKeys(Path folder) throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
        assertThat(folder.resolve("cluster/node-1/node.toml")).isRegularFile();
        for (var name : List.of("master.key", "statement.key", "tls.key")) {
            try (var files = Files.walk(folder)) {
                assertThat(files.map(file -> String.valueOf(file.getFileName()))).doesNotContain(name);
            }
        }
    }

    private static JsonNode live(JsonNode drilled, String keyId) {
        for (var key : drilled.path("keys")) {
            if (key.path("keyId").asText().equals(keyId)) {
                return key.path("live");
            }
        }
        throw new AssertionError("no key " + keyId);
    }

    private List<Live> live() {
        return Cluster.ALL.stream()
                .map(node -> {
                    var admin = cluster.clients().admin(node);
                    Status status = admin.status();
                    return new Live(
                            status.incarnation().hex(),
                            status.presignatures(),
                            admin.keys(),
                            status.events().stream().map(BackupDrillIT::words).toList());
                })
                .toList();
    }

    private static String words(Event event) {
        return event.kind() + ": " + event.detail();
    }

    private void damageShare(int node, String keyId) throws SQLException {
        var database = cluster.folder().data(node).resolve("quorate.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                var read = connection.prepareStatement("SELECT sealed_share FROM sharing WHERE key_id = ?");
                var write = connection.prepareStatement("UPDATE sharing SET sealed_share = ? WHERE key_id = ?")) {
            read.setString(1, keyId);
            byte[] sealed;
            try (var rows = read.executeQuery()) {
                assertThat(rows.next()).isTrue();
                sealed = rows.getBytes(1);
            }
            sealed[sealed.length - 1] ^= 1;
            write.setBytes(1, sealed);
            write.setString(2, keyId);
            assertThat(write.executeUpdate()).isEqualTo(1);
        }
    }
}
