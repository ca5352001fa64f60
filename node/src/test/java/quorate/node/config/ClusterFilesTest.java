package quorate.node.config;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterFilesTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path folder;

    @Test
    void makesNodesThatLoad() throws ConfigException {
        var cluster = initialise(3, 2);
        assertThat(cluster.nodes()).hasSize(3);
        var ids = new HashSet<Object>();
        for (var node : cluster.nodes()) {
            var setup = NodeSetup.load(node.config());
            assertThat(setup.config().player()).isEqualTo(node.index());
            assertThat(setup.config().api()).isEqualTo(new Address("127.0.0.1", 9100 + node.index()));
            assertThat(setup.config().mpc()).isEqualTo(new Address("127.0.0.1", 9200 + node.index()));
            assertThat(setup.config().limits()).isEqualTo(Limits.DEFAULT);
            assertThat(setup.roster().threshold()).isEqualTo(2);
            assertThat(setup.roster().player(node.index()).id()).isEqualTo(setup.identity().id());
            assertThat(setup.config().masterKey().file()).content().matches("[0-9a-f]{64}\n");
            ids.add(setup.identity().id());
        }
        assertThat(ids).hasSize(3);
    }

    @Test
    void givesEveryCallerAnotherKeyForEveryNode() throws Exception {
        var cluster = initialise(3, 2);
        var seen = new HashSet<String>();
        for (var file : List.of("user", "admin")) {
            var keys = credentials(folder.resolve("cluster/credentials/" + file + ".key"), 3);
            for (int player = 1; player <= 3; player++) {
                var key = keys.get(player - 1);
                assertThat(key).matches("qrt_" + file + "_[A-Za-z0-9_-]{43}");
                assertThat(seen.add(key)).isTrue();
                var config = NodeConfig.load(cluster.nodes().get(player - 1).config());
                var caller = config.caller(key.getBytes(US_ASCII)).orElseThrow();
                assertThat(caller.name()).isEqualTo(file);
                assertThat(caller.roles())
                        .isEqualTo(Set.of(file.equals("user") ? Role.KEY_USER : Role.ADMINISTRATOR));
                var otherNode = NodeConfig.load(cluster.nodes().get(player % 3).config());
                assertThat(otherNode.caller(key.getBytes(US_ASCII))).isEmpty();
            }
        }
    }

    @Test
    void leavesNothingReadableByOthersExceptWhatIsPublic() throws Exception {
        initialise(2, 2);
        var publicFiles = Set.of("roster.toml", "cluster.toml");
        try (var all = Files.walk(folder.resolve("cluster"))) {
            for (var path : all.toList()) {
                var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                var expected = Files.isDirectory(path)
                        ? "rwx------"
                        : publicFiles.contains(String.valueOf(path.getFileName())) ? "rw-r--r--" : "rw-------";
                assertThat(mode).as(path.toString()).isEqualTo(expected);
            }
        }
    }

    @Test
    void keepsKeysOutOfNodeConfigurations() throws Exception {
        initialise(2, 2);
        var key = credentials(folder.resolve("cluster/credentials/user.key"), 2).getFirst();
        try (var all = Files.walk(folder.resolve("cluster")).filter(Files::isRegularFile)) {
            for (var path : all.filter(path -> !path.endsWith("user.key")).toList()) {
                assertThat(new String(Files.readAllBytes(path), US_ASCII)).doesNotContain(key);
            }
        }
    }

    @Test
    void tellsUsersWhereTheNodesAreAndWhatToPin() throws ConfigException {
        var cluster = initialise(2, 2);
        var roster = NodeSetup.load(cluster.nodes().getFirst().config()).roster();
        Settings.read(folder.resolve("cluster/cluster.toml"), settings -> {
            assertThat(settings.number("threshold", 1, 9)).isEqualTo(2);
            var credentials = settings.table("credentials");
            assertThat(folder.resolve("cluster").resolve(credentials.text("user"))).exists();
            assertThat(folder.resolve("cluster").resolve(credentials.text("admin"))).exists();
            var nodes = settings.tables("node");
            assertThat(nodes).hasSize(2);
            assertThat(nodes.get(1).number("index", 1, 9)).isEqualTo(2);
            assertThat(nodes.get(1).text("api")).isEqualTo("https://127.0.0.1:9102");
            assertThat(nodes.get(1).bytes32("api-sha256")).isEqualTo(roster.player(2).apiPin());
            assertThat(nodes.get(1).text("config")).isEqualTo("node-2/node.toml");
            nodes.getFirst().number("index", 1, 9);
            List.of("api", "api-sha256", "config").forEach(nodes.getFirst()::has);
            return cluster;
        });
    }

    @Test
    void refusesBadNumbersAndChangesNothing() {
        assertRefused(1, 2, 9100, "a cluster has 2 to 32 nodes, not 1");
        assertRefused(33, 2, 9100, "a cluster has 2 to 32 nodes, not 33");
        assertRefused(3, 1, 9100, "threshold must be 2 to 3, is 1");
        assertRefused(3, 4, 9100, "threshold must be 2 to 3, is 4");
        assertRefused(3, 2, 65433, "base port must be 0 to 65432, so that every node has its two ports; is 65433");
        assertRefused(3, 2, -1, "base port must be 0 to 65432, so that every node has its two ports; is -1");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refusesAFolderThatIsNotEmpty() throws Exception {
        var target = folder.resolve("cluster");
        Files.createDirectory(target);
        Files.writeString(target.resolve("mine"), "x");
        assertRefused(3, 2, 9100, target + " exists and is not empty; nothing was changed");
        try (var all = Files.walk(folder)) {
            assertThat(all).hasSize(3);
        }
        Files.delete(target.resolve("mine"));
        assertThat(initialise(3, 2).nodes()).hasSize(3);
    }

    @Test
    void assemblesSeparateNodesFromTheirCards() throws Exception {
        var cards = Stream.of(3, 1, 2).map(this::card).toList();
        var roster = Roster.assemble(cards, 2);
        for (int player = 1; player <= 3; player++) {
            roster.write(folder.resolve("node" + player + "/roster.toml"));
            var setup = NodeSetup.load(folder.resolve("node" + player + "/node.toml"));
            assertThat(setup.roster()).isEqualTo(roster);
            assertThat(setup.config().callers()).hasSize(2);
        }
        assertThatThrownBy(() -> NodeFiles.init(
                        folder.resolve("node1"), 1, new Address("a", 1), new Address("a", 2), RANDOM))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("exists and is not empty");
    }

    private Card card(int player) {
        try {
            var made = NodeFiles.init(
                    folder.resolve("node" + player),
                    player,
                    Address.parse("mpc" + player + ".example.org:9201"),
                    Address.parse("api" + player + ".example.org:443"),
                    RANDOM);
            var file = folder.resolve("node" + player + "/card.toml");
            assertThat(Card.parse(file.toString(), Files.readString(file))).isEqualTo(made);
            return made;
        } catch (ConfigException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> credentials(Path file, int nodes) throws ConfigException {
        return Settings.read(file, settings -> {
            var keys = new ArrayList<String>();
            for (int player = 1; player <= nodes; player++) {
                keys.add(settings.text(String.valueOf(player)));
            }
            return keys;
        });
    }

    private ClusterFiles initialise(int nodes, int threshold) throws ConfigException {
        return ClusterFiles.initialise(folder.resolve("cluster"), nodes, threshold, 9100, RANDOM);
    }

    private void assertRefused(int nodes, int threshold, int basePort, String message) {
        assertThatThrownBy(() ->
                        ClusterFiles.initialise(folder.resolve("cluster"), nodes, threshold, basePort, RANDOM))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }
}
