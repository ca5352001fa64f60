package quorate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quorate.store.TestNode.id;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real second processes: the locks of PSG-3, and {@code kill -9} at any moment. */
class ProcessesIT {
    private static final long SEED = 20261122;

    @TempDir
    Path root;

    private final List<Process> children = new ArrayList<>();

    @AfterEach
    void killChildren() throws InterruptedException {
        for (var child : children) {
            kill(child);
        }
    }

    @Test
    void secondProcessIsRefusedAndToldTheFirst() throws Exception {
        var node = TestNode.prepared(root);
        var holder = start("hold");
        expect(holder, "opened");
        assertThatThrownBy(node::open)
                .isInstanceOfSatisfying(AlreadyRunning.class, refusal -> {
                    assertThat(refusal.pid()).hasValue(holder.process().pid());
                    assertThat(refusal.file()).isEqualTo(root.resolve("node.toml.lock").toString());
                })
                .hasMessageContaining("(pid " + holder.process().pid() + ")");
        var copyOfTheConfiguration = node.withConfigurationLock(root.resolve("copy.toml.lock"));
        assertThatThrownBy(copyOfTheConfiguration::open)
                .isInstanceOf(AlreadyRunning.class)
                .hasMessageContaining("quorate.db.lock");

        kill(holder.process());
        try (var database = node.open()) {
            database.checkOwner();
        }
    }

    /** POSIX drops a lock when its process closes any descriptor of the file: a refused second open must not do that. */
    @Test
    void refusingASecondOpenInOneProcessKeepsTheLock() throws Exception {
        var node = TestNode.prepared(root);
        try (var database = node.open()) {
            assertThatThrownBy(node::open).isInstanceOf(AlreadyRunning.class);
            assertThatThrownBy(() -> node.withConfigurationLock(root.resolve("copy.toml.lock")).open())
                    .isInstanceOf(AlreadyRunning.class);
            var second = start("open");
            expect(second, "starting");
            assertThat(second.out().readLine()).startsWith("ALREADY_RUNNING");
            database.checkOwner();
        }
    }

    @Test
    void whatWasPromisedSurvivesAKill() throws Exception {
        var node = TestNode.prepared(root);
        var random = new Random(SEED);
        var promised = new HashMap<String, String>();
        for (int round = 0; round < 3; round++) {
            var writer = start("write");
            var lines = 5 + random.nextInt(20);
            for (int i = 0; i < lines; i++) {
                note(promised, writer.out().readLine());
            }
            kill(writer.process());
            writer.out().lines().forEach(line -> note(promised, line));
            try (var database = node.open()) {
                promised.forEach((keyId, step) -> requireAtLeast(database, keyId, step));
                database.keys().all().forEach(key -> requireConsistent(database, key));
                finish(database);
            }
        }
        assertThat(promised).as("seed " + SEED).isNotEmpty();
    }

    @Test
    void aKillWhileCreatingLeavesNothingOrADatabase() throws Exception {
        SecretFile.createKey(root.resolve("master.key"), TestNode.RANDOM);
        var random = new Random(SEED);
        for (int round = 0; round < 4; round++) {
            var creator = start("open");
            expect(creator, "starting");
            Thread.sleep(random.nextInt(400));
            kill(creator.process());
        }
        try (var database = TestNode.in(root).open()) {
            TestNode.generate(database, "k", 1);
            assertThat(database.keys().usable()).hasSize(1);
        }
    }

    private static void note(Map<String, String> promised, String line) {
        var words = line.split(" ", -1);
        if (words.length == 2) {
            promised.put(words[1], words[0]);
        }
    }

    private static void requireAtLeast(Database database, String keyId, String step) {
        assertThat(database.keys().find(keyId).orElseThrow().state()).as(keyId).isEqualTo(KeyState.USABLE);
        var reshare = database.operations().find(keyId, id("reshare 1 of " + keyId)).map(StoredOperation::state);
        switch (step) {
            case "generated" -> assertThat(database.keys().offers(keyId)).isNotEmpty();
            case "prepared" -> assertThat(reshare).isPresent();
            case "committed" -> assertThat(reshare.orElseThrow())
                    .isIn(OperationState.COMMITTED, OperationState.REVERTED, OperationState.CLEAN);
            case "clean" -> assertThat(reshare).contains(OperationState.CLEAN);
            default -> throw new IllegalArgumentException(step);
        }
    }

    /** Roles of the sharings fit the state of the operation, and every share opens. */
    private static void requireConsistent(Database database, StoredKey key) {
        var keyId = key.keyId();
        var roles = database.keys().sharings(keyId).stream().map(StoredSharing::role).toList();
        var states = database.operations().ofKey(keyId).stream().map(StoredOperation::state).toList();
        switch (states.getLast()) {
            case PENDING -> assertThat(roles).contains(Role.PENDING).doesNotContain(Role.PREVIOUS);
            case COMMITTED -> assertThat(roles).contains(Role.ACTIVE).doesNotContain(Role.PENDING);
            case CLEAN, REVERTED, REFUSED -> assertThat(roles).containsExactly(Role.ACTIVE);
            case FROZEN -> throw new AssertionError("nobody froze " + keyId);
        }
        for (var sharing : database.keys().sharings(keyId)) {
            var length = database.shares()
                    .<Integer, RuntimeException>use(keyId, sharing.sharing().shareId(), share -> share.length);
            assertThat(length).isEqualTo(32);
        }
    }

    /** Closes what the kill left open, so that the next round finds whole keys. */
    private static void finish(Database database) {
        for (var open : database.operations().open()) {
            var keyId = open.operation().keyId();
            var opId = open.operation().opId();
            switch (open.state()) {
                case PENDING -> TestNode.require(database.operations().refuse(keyId, opId, List.of()));
                case COMMITTED -> {
                    TestNode.require(database.operations().freeze(keyId, opId, List.of()));
                    TestNode.require(database.operations().revert(keyId, opId, List.of()));
                }
                case FROZEN, CLEAN, REFUSED, REVERTED -> throw new AssertionError(open.state());
            }
        }
    }

    private record Child(Process process, BufferedReader out) {}

    private Child start(String mode) throws IOException {
        var java = ProcessHandle.current().info().command().orElseThrow();
        var process = new ProcessBuilder(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreProcess.class.getName(),
                        mode,
                        root.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        children.add(process);
        return new Child(
                process, new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
    }

    private static void expect(Child child, String line) throws IOException {
        String heard;
        do {
            heard = child.out().readLine();
            assertThat(heard).as("waiting for " + line).isNotNull();
        } while (!heard.equals(line));
    }

    private static void kill(Process process) throws InterruptedException {
        // Not Process.destroyForcibly: that would also close the pipe from which the last promises are read.
        process.toHandle().destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
}
