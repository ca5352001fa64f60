package quorate.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFilesTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path folder;

    private SortedMap<Integer, Path> live;

    @BeforeEach
    void makeALiveCluster() throws Exception {
        live = configs("a \"live\" cluster", 3);
        Files.writeString(
                of(live, 1),
                Files.readString(of(live, 1)) + "\n[limits]\nsession-deadline = \"45s\"\npresignatures-per-key = 9\n");
    }

    private static <T> T of(Map<Integer, T> nodes, int player) {
        return Objects.requireNonNull(nodes.get(player));
    }

    private SortedMap<Integer, Path> configs(String name, int nodes) throws ConfigException {
        var configs = new TreeMap<Integer, Path>();
        ClusterFiles.initialise(folder.resolve(name), nodes, 2, 9100, RANDOM)
                .nodes()
                .forEach(node -> configs.put(node.index(), node.config()));
        return configs;
    }

    private ScratchFiles scratch(SortedMap<Integer, Path> originals) throws ConfigException, IOException {
        var ports = new TreeMap<Integer, ScratchFiles.Ports>();
        for (int player = 1; player <= 3; player++) {
            ports.put(player, new ScratchFiles.Ports(21_000 + player, 22_000 + player));
        }
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        return ScratchFiles.write(
                Files.createDirectory(folder.resolve("scratch"), ownerOnly), originals, ports, RANDOM);
    }

    @Test
    void isTheSameNodeWithTheSameKeysWhereTheyAre() throws Exception {
        var original = NodeSetup.load(of(live, 1));
        var setup = NodeSetup.load(of(scratch(live).nodes(), 1).config());

        assertThat(setup.identity().id()).isEqualTo(original.identity().id());
        assertThat(setup.config().identity()).isEqualTo(original.config().identity());
        assertThat(setup.config().masterKey()).isEqualTo(original.config().masterKey());
        assertThat(setup.config().data()).startsWithRaw(folder.resolve("scratch"));
        assertThat(setup.config().limits().sessionDeadline()).hasSeconds(45);
        assertThat(setup.roster().threshold()).isEqualTo(2);
    }

    @Test
    void hasNoWayToALiveNodeAlsoForPlayersThatAreNotThere() throws Exception {
        var two = new TreeMap<>(live);
        two.remove(3);

        var files = scratch(two);

        assertThat(files.nodes()).containsOnlyKeys(1, 2);
        var original = Roster.load(NodeConfig.load(of(live, 1)).roster());
        var roster = NodeSetup.load(of(files.nodes(), 2).config()).roster();
        assertThat(roster.players()).hasSize(3).allSatisfy(card -> {
            assertThat(card.mpc()).isEqualTo(new Address("127.0.0.1", 22_000 + card.player()));
            assertThat(card.api()).isEqualTo(new Address("127.0.0.1", 21_000 + card.player()));
            assertThat(card.id()).isEqualTo(original.player(card.player()).id());
        });
    }

    @Test
    void answersNobodyButTheDrillAndMakesNoPresignatures() throws Exception {
        var files = scratch(live);
        var config = NodeConfig.load(of(files.nodes(), 1).config());

        assertThat(config.callers()).singleElement().satisfies(caller -> {
            assertThat(caller.name()).isEqualTo("drill");
            assertThat(caller.roles()).isEqualTo(EnumSet.of(Role.KEY_USER));
        });
        assertThat(NodeConfig.load(of(live, 1)).callers())
                .noneMatch(caller -> caller.keySha256().equals(config.callers().getFirst().keySha256()));
        assertThat(config.limits().presignaturesPerKey()).isZero();
        assertThat(config.limits().presignaturesPerNode()).isZero();
        assertThat(config.shareRecipients()).isEmpty();
        assertThat(Files.readAllLines(files.credentials())).filteredOn(line -> line.contains("qrt_drill_")).hasSize(3);
    }

    @Test
    void copiesNoKeyAndShowsNothingToOthers() throws Exception {
        scratch(live);

        var masterKey = Files.readString(NodeConfig.load(of(live, 1)).masterKey().file()).strip();
        try (var files = Files.walk(folder.resolve("scratch"))) {
            for (var file : files.toList()) {
                var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                if (Files.isDirectory(file)) {
                    assertThat(mode).as(file.toString()).isEqualTo("rwx------");
                } else {
                    assertThat(mode).as(file.toString()).startsWith("rw-").matches("rw-------|rw-r--r--");
                    assertThat(file).content().doesNotContain(masterKey).doesNotContain("PRIVATE KEY");
                }
            }
        }
    }

    @Test
    void takesOnlyConfigurationsOfOneCluster() throws Exception {
        var mixed = new TreeMap<>(live);
        mixed.put(2, of(configs("another cluster", 3), 2));
        assertThatThrownBy(() -> scratch(mixed))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("differs from the roster of the other nodes");

        var swapped = new TreeMap<>(live);
        swapped.put(2, of(live, 3));
        assertThatThrownBy(() -> ScratchFiles.roster(swapped))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is of player 3, not 2");
    }
}
