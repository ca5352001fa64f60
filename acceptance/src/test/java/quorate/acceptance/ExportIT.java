package quorate.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static quorate.acceptance.EcdsaSignatures.ROOT;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import quorate.algebra.DecodingException;
import quorate.algebra.Groups;
import quorate.algebra.Lagrange;
import quorate.algebra.Point;
import quorate.algebra.SecretScalar;
import quorate.algebra.Secrets;
import quorate.node.identity.Statements;
import quorate.node.share.ShareFile;

/**
 * Row 8 of the ways back: TSM A moves a key to TSM B, every share wrapped for its own node; what was made for others, twice,
 * too late or by somebody else is refused, each with its own code, before anything is unwrapped.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExportIT {
    private static final Duration VALIDITY = Duration.ofSeconds(1);

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Path work;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Cluster a;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Cluster b;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private JsonNode wallet;

    @BeforeAll
    void makeTwoClusters(@TempDir Path folder) throws IOException {
        work = folder;
        a = Cluster.upForEcdsa(Files.createDirectory(folder.resolve("a")));
        b = Cluster.upForEcdsa(Files.createDirectory(folder.resolve("b")));
        wallet = new EcdsaSignatures(a).generate("secp256k1", "wallet");
    }

    @AfterAll
    void stop() {
        a.close();
        b.close();
    }

    @Test
    @Order(1)
    void goesToListedDestinationsOnly() throws IOException {
        Files.createDirectory(work.resolve("cards"));
        for (int node : Cluster.ALL) {
            b.run("node", "wrapping-key", "--node", String.valueOf(node), "--out", card(node)).done();
        }
        export("unlisted").refused("DESTINATION_REFUSED");
        assertThat(work.resolve("unlisted")).doesNotExist();

        var before = Files.readString(a.folder().config(1));
        Files.writeString(a.folder().config(1), before + "\n[export]\ncustodian-keys = [\"*\"]\n");
        var start = Ran.process(work, List.of(), "node", "run", "--config", a.folder().config(1).toString());
        assertThat(start.exit()).isEqualTo(1);
        assertThat(start.err()).contains("no wildcard");
        Files.writeString(a.folder().config(1), before);

        for (int node : Cluster.ALL) {
            for (int destination : Cluster.ALL) {
                Ran.command(
                                work,
                                "node",
                                "allow",
                                "--config",
                                a.folder().config(node).toString(),
                                "--destination",
                                card(destination),
                                "--json")
                        .done();
            }
        }
        // What is not read yet is not allowed yet.
        export("unlisted").refused("DESTINATION_REFUSED");
        for (int node : Cluster.ALL) {
            a.stop(node);
            a.start(node);
        }
    }

    /** Who holds two indices would be a quorum. */
    @Test
    @Order(2)
    void refusesOneWrappingKeyAtTwoIndices() throws IOException {
        var folder = Files.createDirectory(work.resolve("repeated"));
        for (int node : List.of(1, 3)) {
            Files.copy(Path.of(card(node)), folder.resolve(node + ".json"));
        }
        Files.writeString(folder.resolve("2.json"), Files.readString(Path.of(card(1))).replace("\"index\":1", "\"index\":2"));
        refused(folder, "DESTINATION_REPEATED");
        // Listed keys at each other's index are not listed.
        Files.writeString(folder.resolve("2.json"), Files.readString(Path.of(card(3))).replace("\"index\":3", "\"index\":2"));
        Files.writeString(folder.resolve("3.json"), Files.readString(Path.of(card(2))).replace("\"index\":2", "\"index\":3"));
        refused(folder, "DESTINATION_REFUSED");
    }

    private void refused(Path cards, String code) {
        a.run("key", "export", "wallet", "--destination", cards.toString(), "--out", out("none")).refused(code);
    }

    @Test
    @Order(3)
    void refusesWhatIsNotForThisClusterBeforeItIsUnwrapped() throws IOException, InterruptedException {
        var made = export("good").done();
        assertThat(made.path("files")).hasSize(4);
        for (var file : made.path("files")) {
            assertThat(Files.getPosixFilePermissions(Path.of(file.asText())))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        var other = new EcdsaSignatures(a).generate("secp256k1", "other");
        importing("good", other).refused("IMPORT_SUBSTITUTED");
        b.run("key", "import", "--in", out("good"), "--public-key", publicKey(wallet), "--chain-code", "00".repeat(32))
                .refused("IMPORT_SUBSTITUTED");

        a.run("key", "export", "wallet", "--destination", cards(), "--out", out("application"), "--application", "x").done();
        importing("application", wallet).refused("IMPORT_APPLICATION");
        a.run("key", "export", "wallet", "--destination", cards(), "--out", out("expired"), "--valid", "1s").done();
        Thread.sleep(VALIDITY);
        importing("expired", wallet).refused("IMPORT_EXPIRED");

        copy("swapped");
        swap(work.resolve("swapped"), 1, 2);
        importing("swapped", wallet).refused("EXPORT_UNSOUND");
        copy("forged");
        edit("forged", "common.json", text -> text.replaceAll("\"signature\":\"..", "\"signature\":\"00"));
        importing("forged", wallet).refused("IMPORT_SIGNATURES");
        copy("mixed");
        Files.copy(
                work.resolve("application/share-2.json"),
                work.resolve("mixed/share-2.json"),
                StandardCopyOption.REPLACE_EXISTING);
        importing("mixed", wallet).refused("EXPORT_UNSOUND");

        assertThat(b.run("key", "list").done().path("keys")).isEmpty();
    }

    @Test
    @Order(4)
    void keyMovesAndSignsUnderTheSamePublicKey() {
        var moved = importing("good", wallet).done();
        assertThat(moved.path("keyId").asText()).isEqualTo("wallet");
        assertThat(moved.path("publicKey").asText()).isEqualTo(publicKey(wallet));
        assertThat(moved.path("chainCode").asText()).isEqualTo(wallet.path("chainCode").asText());
        assertThat(moved.path("epoch").asLong()).isEqualTo(1);
        for (var pair : Cluster.PAIRS) {
            new EcdsaSignatures(b).verify(wallet, pair, ROOT);
            new EcdsaSignatures(b).verify(wallet, pair, "m/44/0/7");
        }
        new EcdsaSignatures(a).verify(wallet, List.of(1, 3), ROOT);
    }

    @Test
    @Order(5)
    void isImportedOnce() {
        importing("good", wallet).refused("IMPORT_REPEATED");
        b.run("key", "import", "--in", out("good"), "--public-key", publicKey(wallet), "--id", "again", "--force")
                .refused("IMPORT_REPEATED");
        export("second").done();
        importing("second", wallet).refused("KEY_EXISTS");
        b.run("key", "import", "--in", out("second"), "--public-key", publicKey(wallet), "--id", "twice")
                .refused("KEY_EXISTS");
        b.run("key", "import", "--in", out("second"), "--public-key", publicKey(wallet), "--id", "twice", "--force").done();
    }

    @Test
    @Order(6)
    void sharesOfTheTwoNeverCombine() throws Exception {
        var publicKey = Groups.SECP256K1.decodePoint(HexFormat.of().parseHex(publicKey(wallet)));
        try (var scope = new Secrets()) {
            var inA = List.of(share(a, 1, scope), share(a, 2, scope));
            var inB = List.of(share(b, 1, scope), share(b, 2, scope));
            assertThat(together(inA.get(0), inA.get(1))).isEqualTo(publicKey);
            assertThat(together(inB.get(0), inB.get(1))).isEqualTo(publicKey);
            assertThat(together(inA.get(0), inB.get(1))).isNotEqualTo(publicKey);
            assertThat(together(inB.get(0), inA.get(1))).isNotEqualTo(publicKey);
        }
    }

    /** x·G of shares 1 and 2 of one sharing, or of none. */
    private static Point together(SecretScalar first, SecretScalar second) {
        var group = Groups.SECP256K1;
        var indices = new TreeSet<>(List.of(1, 2));
        return group.multiplyBase(first.times(Lagrange.atZero(group, indices, 1))
                .plus(second.times(Lagrange.atZero(group, indices, 2))));
    }

    private SecretScalar share(Cluster cluster, int node, Secrets scope) throws Exception {
        var file = cluster.work().resolve("share-" + node);
        cluster.run("share", "backup", "--key", "wallet", "--node", String.valueOf(node), "--out", file.toString()).done();
        try (var read = ShareFile.read(Files.readAllBytes(file), new Statements())) {
            var kept = new SecretScalar[1];
            read.open(new byte[0], share -> {
                kept[0] = decoded(share, scope);
                return true;
            });
            return kept[0];
        }
    }

    private static SecretScalar decoded(byte[] share, Secrets scope) {
        try {
            return Groups.SECP256K1.decodeSecret(scope, share);
        } catch (DecodingException e) {
            throw new AssertionError(e);
        }
    }

    /** Without pairs, and with a committee that is not that of a curve of ECDSA. */
    @Test
    @Order(7)
    void everyCurveMoves() {
        for (var curve : List.of("ed25519", "bip340", "p256")) {
            var key = curve.equals("p256")
                    ? new EcdsaSignatures(a).generate("p256", "key-" + curve)
                    : a.generate(curve, "key-" + curve);
            a.run("key", "export", "key-" + curve, "--destination", b.folder().path().toString(), "--out", out(curve)).done();
            importing(curve, key).done();
            if (curve.equals("p256")) {
                new EcdsaSignatures(b).verify(key, List.of(1, 3), ROOT);
            } else {
                new Signatures(b).verify(key, List.of(2, 3));
            }
        }
    }

    /** The key of a path becomes a key of its own, whose root is the child. */
    @Test
    @Order(8)
    void derivedKeyMovesByItsPath() {
        var child = a.run("key", "public", "wallet", "--path", "m/7/1").done();
        a.run("key", "export", "wallet", "--destination", cards(), "--out", out("child"), "--path", "m/7/1").done();
        var moved = b.run(
                        "key", "import", "--in", out("child"), "--public-key", child.path("publicKey").asText(), "--id",
                        "child")
                .done();
        assertThat(moved.path("publicKey").asText()).isEqualTo(child.path("publicKey").asText());
        new EcdsaSignatures(b).verify(b.run("key", "show", "child").done(), List.of(1, 2), ROOT);
    }

    private Ran export(String folder) {
        return a.run("key", "export", "wallet", "--destination", cards(), "--out", out(folder));
    }

    private Ran importing(String folder, JsonNode key) {
        return b.run("key", "import", "--in", out(folder), "--public-key", publicKey(key));
    }

    private static String publicKey(JsonNode key) {
        return key.path("publicKey").asText();
    }

    private String cards() {
        return work.resolve("cards").toString();
    }

    private String card(int node) {
        return work.resolve("cards").resolve("node-" + node + ".json").toString();
    }

    private String out(String folder) {
        return work.resolve(folder).toString();
    }

    private void copy(String folder) {
        ClusterFolder.copy(work.resolve("good"), work.resolve(folder));
    }

    private void edit(String folder, String file, UnaryOperator<String> change) {
        ClusterFolder.edit(work.resolve(folder).resolve(file), change);
    }

    private static void swap(Path folder, int one, int other) throws IOException {
        var first = folder.resolve("share-" + one + ".json");
        var second = folder.resolve("share-" + other + ".json");
        var content = Files.readString(first);
        Files.writeString(first, Files.readString(second), UTF_8);
        Files.writeString(second, content, UTF_8);
    }
}
