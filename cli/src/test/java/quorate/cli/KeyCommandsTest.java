package quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quorate.api.Bytes;
import quorate.api.KeyAttributes;
import quorate.api.KeyInfo;
import quorate.api.Problem;
import quorate.api.ProblemCode;
import quorate.api.UnsoundKey;
import quorate.testkit.http.FakeNode;
import quorate.testkit.verify.IndependentVerifier;

class KeyCommandsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @SuppressWarnings("NullAway.Init") // made before each test
    private CommandLineFixture cli;

    @BeforeEach
    void open() {
        cli = new CommandLineFixture(folder).withCluster();
    }

    @AfterEach
    void close() {
        cli.close();
    }

    @ParameterizedTest
    @CsvSource({"schnorr,ed25519,64,ed25519,schnorr", "schnorr,p256,66,p256,schnorr",
        "schnorr,secp256k1,66,secp256k1,schnorr", "schnorr,bip340,64,secp256k1,bip340",
        "ecdsa,p256,66,p256,ecdsa", "ecdsa,secp256k1,66,secp256k1,ecdsa"})
    void generatesAKeyAndReportsTheFixedMembers(
            String scheme, String curve, int digits, String wireCurve, String wireScheme) {
        var run = cli.run(
                "key", "generate", "--scheme", scheme, "--curve", curve, "--threshold", "2", "--players", "1,2,3",
                "--id", "treasury", "--purpose", "cold storage", "--json");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        var key = run.json();
        assertThat(members(key))
                .containsExactly(
                        "keyId",
                        "publicKey",
                        "curve",
                        "scheme",
                        "threshold",
                        "players",
                        "epoch",
                        "chainCode",
                        "purpose",
                        "minPathLength",
                        "messagesOnly",
                        "presignatures");
        assertThat(key.path("keyId").asText()).isEqualTo("treasury");
        assertThat(key.path("publicKey").asText()).hasSize(digits).matches("[0-9a-f]+");
        assertThat(key.path("curve").asText()).isEqualTo(curve);
        assertThat(key.path("scheme").asText()).isEqualTo(scheme);
        assertThat(key.path("players").toString()).isEqualTo("[1,2,3]");
        var made = cli.nodes.key(1, "treasury");
        assertThat(made.curve().wireName()).isEqualTo(wireCurve);
        assertThat(made.scheme().wireName()).isEqualTo(wireScheme);
    }

    @Test
    void fixesWhatAKeyMayDo() {
        var run = cli.run(
                "key", "generate", "--scheme", "ecdsa", "--curve", "p256", "--id", "k1", "--min-path-length", "2",
                "--messages-only", "--no-presignatures");

        assertThat(cli.nodes.key(2, "k1").attributes()).isEqualTo(new KeyAttributes(2, true, false));
        assertThat(run.out())
                .contains("curve       p256, ecdsa")
                .contains("limit       signs only at least 2 derivation steps below this key")
                .contains("limit       signs messages only, no hashes")
                .contains("limit       no presignatures");
    }

    @Test
    void takesTheThresholdOfTheClusterAndSuggestsWhatIsUsefulNow() {
        var run = cli.run("key", "generate", "--scheme", "schnorr", "--curve", "ed25519", "--id", "k1");

        assertThat(run.out()).contains("signers     2 of nodes [1, 2, 3]");
        assertThat(run.err()).contains("next: quorate sign --key k1 --message FILE");
    }

    @Test
    void warnsThatAKeyOfAllNodesDependsOnBackups() {
        var run = cli.run(
                "key", "generate", "--scheme", "schnorr", "--curve", "ed25519", "--threshold", "2", "--players", "1,3");

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("depends on backups of every node");
    }

    @Test
    void reportsARefusalAsAProblemOnStandardError() {
        cli.nodes.node(2).when("POST /v1/keys", FakeNode.problem(ProblemCode.PAUSED, "paused by alice"));

        var run = cli.run("key", "generate", "--scheme", "schnorr", "--curve", "ed25519", "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.problem().path("code").asText()).isEqualTo("PAUSED");
        assertThat(run.problem().path("player").asInt()).isEqualTo(2);
    }

    @Test
    void signsAMessageGivenInHexadecimal() {
        cli.key("k1");

        var run = cli.run("sign", "--key", "k1", "--message-hex", "68656C6C6F", "--players", "3,1", "--json");

        assertThat(run.code()).isZero();
        assertThat(members(run.json())).containsExactly("keyId", "signature", "publicKey", "players", "sessionId");
        assertThat(run.json().path("signature").asText()).hasSize(128);
        assertThat(run.json().path("players").toString()).isEqualTo("[1,3]");
        assertThat(text(cli.nodes.node(1).calls("POST /v1/keys/k1/signatures").getFirst()))
                .contains("\"message\":\"68656c6c6f\"");
    }

    @ParameterizedTest
    @CsvSource({"secp256k1,m", "secp256k1,m/0/5", "p256,m/1"})
    void signsWithEcdsaAsADerivedKey(String curve, String path) throws NoSuchAlgorithmException {
        cli.ecdsa("k1", curve);

        var publicKey = cli.run("key", "public", "k1", "--path", path, "--json").json();
        var run = cli.run("sign", "--key", "k1", "--message-hex", "68656c6c6f", "--path", path, "--json");

        assertThat(run.code()).isZero();
        assertThat(members(run.json()))
                .containsExactly(
                        "keyId", "signature", "der", "recoveryId", "publicKey", "players", "sessionId");
        assertThat(members(publicKey)).containsExactly("keyId", "path", "publicKey");
        var key = HexFormat.of().parseHex(publicKey.path("publicKey").asText());
        assertThat(run.json().path("publicKey")).isEqualTo(publicKey.path("publicKey"));
        var digest = MessageDigest.getInstance("SHA-256").digest("hello".getBytes(StandardCharsets.UTF_8));
        var signature = HexFormat.of().parseHex(run.json().path("signature").asText());
        var verifier = curve.equals("p256") ? IndependentVerifier.Curve.P256 : IndependentVerifier.Curve.SECP256K1;
        assertThat(IndependentVerifier.ecdsa(verifier, key, digest, signature)).isTrue();
        int recoveryId = run.json().path("recoveryId").asInt();
        assertThat(IndependentVerifier.recover(verifier, digest, signature, recoveryId))
                .hasValueSatisfying(found -> assertThat(found).isEqualTo(key));
        assertThat(run.json().path("der").asText()).startsWith("30");
    }

    @Test
    void signsAHashAsItIsUnlessTheKeySignsMessagesOnly() {
        cli.ecdsa("k1", "secp256k1");
        cli.run("key", "generate", "--scheme", "ecdsa", "--curve", "secp256k1", "--id", "m", "--messages-only");
        var hash = "AB".repeat(32);

        var run = cli.run(
                "sign", "--key", "k1", "--hash", hash, "--request-nonce", "07".repeat(32), "--players", "1,2", "--json");
        var refused = cli.run("sign", "--key", "m", "--hash", hash, "--json");

        assertThat(run.code()).isZero();
        assertThat(text(cli.nodes.node(1).calls("POST /v1/keys/k1/signatures").getFirst()))
                .contains("\"hash\":\"abab")
                .contains("\"requestNonce\":\"0707")
                .doesNotContain("\"message\"")
                .doesNotContain("\"path\"");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.problem().path("code").asText()).isEqualTo("HASH_REFUSED");
    }

    @Test
    void computesTheDerivedKeyHereAndOnlyOfAKeyThatAllNodesAgreeAbout() {
        cli.key("k1");

        assertThat(cli.run("key", "public", "k1").out()).isEqualTo(cli.nodes.key(1, "k1").publicKey() + "\n");
        assertThat(cli.run("key", "public", "k1", "--path", "m/44'").code()).isEqualTo(2);
        cli.nodes.forge(2, ofEpoch(cli.nodes.key(2, "k1"), 4));
        var behind = cli.run("key", "public", "k1", "--path", "m/0", "--json");
        cli.nodes.forge(2, withChainCode(cli.nodes.key(2, "k1"), Bytes.of(new byte[32])));
        var divided = cli.run("key", "public", "k1", "--path", "m/0", "--json");

        assertThat(behind.code()).describedAs("another epoch is no other key").isZero();
        assertThat(divided.code()).isEqualTo(1);
        assertThat(divided.problem().path("code").asText()).isEqualTo("NODES_DISAGREE");
        assertThat(divided.problem().path("detail").asText()).contains("chainCode is");
    }

    @Test
    void signsAFileAndStandardInputAlike() throws IOException {
        cli.key("k1");
        Files.writeString(folder.resolve("letter.txt"), "hello");

        assertThat(cli.run("sign", "--key", "k1", "--message", "letter.txt", "--players", "1,2").code()).isZero();
        assertThat(cli.reading("hello").run("sign", "--key", "k1", "--message", "-", "--players", "1,2").code())
                .isZero();

        assertThat(cli.nodes.node(1).calls("POST /v1/keys/k1/signatures"))
                .hasSize(2)
                .allSatisfy(call -> assertThat(text(call)).contains("\"message\":\"68656c6c6f\""));
    }

    @Test
    void signsWithTheTweakOfBip341() {
        cli.run("key", "generate", "--scheme", "schnorr", "--curve", "bip340", "--id", "t");

        cli.run("sign", "--key", "t", "--message-hex", "", "--players", "1,2", "--taproot");
        cli.run("sign", "--key", "t", "--message-hex", "", "--players", "1,2", "--taproot", "--merkle-root",
                "ab".repeat(32));

        assertThat(cli.nodes.node(1).calls("POST /v1/keys/t/signatures").stream().map(KeyCommandsTest::text))
                .satisfiesExactly(
                        plain -> assertThat(plain).contains("\"taproot\":{}"),
                        rooted -> assertThat(rooted).contains("\"taproot\":{\"merkleRoot\":\"abab"));
    }

    @Test
    void refusesAMessageThatIsTooLongBeforeItAsksAnybody() throws IOException {
        Files.write(folder.resolve("big"), new byte[48 * 1024 + 1]);

        var run = cli.run("sign", "--key", "k1", "--message", "big", "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.problem().path("code").asText()).isEqualTo("BODY_TOO_LARGE");
    }

    @Test
    void saysThatAFileDoesNotExist() {
        var run = cli.run("sign", "--key", "k1", "--message", "nothing.txt");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("error FILE_SYSTEM").contains("nothing.txt does not exist");
    }

    @Test
    void showsWhatEveryNodeHolds() {
        cli.key("k1");
        cli.nodes.node(3).close();

        var run = cli.run("key", "show", "k1", "--json");

        assertThat(run.code()).isZero();
        var nodes = run.json().path("nodes");
        assertThat(nodes).hasSize(3);
        assertThat(nodes.get(0).toString()).isEqualTo("{\"index\":1,\"epoch\":0,\"state\":\"active\"}");
        assertThat(nodes.get(2).toString()).isEqualTo("{\"index\":3,\"epoch\":null,\"state\":\"unreachable\"}");
        assertThat(run.json().path("agree").asBoolean()).isTrue();
    }

    @Test
    void namesTheNodeThatDisagreesAndFails() {
        cli.key("k1");
        cli.nodes.forge(2, ofEpoch(cli.nodes.key(2, "k1"), 4));

        var shown = cli.run("key", "show", "k1", "--json");
        var listed = cli.run("key", "list");

        assertThat(shown.code()).isEqualTo(1);
        assertThat(shown.json().path("agree").asBoolean()).isFalse();
        assertThat(shown.json().path("nodes").get(1).path("epoch").asInt()).isEqualTo(4);
        assertThat(shown.problem().path("detail").asText()).contains("epoch is 0 at node 1, 3 and 4 at node 2");
        assertThat(listed.code()).isEqualTo(1);
        assertThat(listed.out()).contains("NODES DISAGREE");
        assertThat(listed.err()).contains("quorate key show k1");
    }

    @Test
    void listsKeysAsOneObject() {
        cli.key("b");
        cli.key("a");

        var run = cli.run("key", "list", "--json");

        assertThat(run.json().path("keys")).hasSize(2);
        assertThat(run.json().path("keys").get(0).path("keyId").asText()).isEqualTo("a");
        assertThat(run.json().path("keys").get(0).path("nodes")).hasSize(3);
        assertThat(run.json().path("unasked")).isEmpty();
    }

    @Test
    void namesAKeyThatANodeCannotUse() {
        cli.key("a");
        cli.key("b");
        cli.nodes.spoil(2, new UnsoundKey("a", "DKG-7", "shareId is not that of A"));

        var run = cli.run("key", "list", "--json");

        assertThat(run.json().path("keys")).hasSize(2);
        assertThat(run.json().path("unsound").get(0).path("index").asInt()).isEqualTo(2);
        assertThat(run.json().path("unsound").get(0).path("defect").asText()).isEqualTo("shareId is not that of A");
        assertThat(cli.run("key", "list").err()).contains("node 2 cannot use key a: DKG-7: shareId is not that of A");
    }

    @Test
    void suggestsToGenerateWhereThereAreNoKeys() {
        assertThat(cli.run("key", "list").err()).contains("no keys yet").contains("next: quorate key generate");
    }

    @Test
    void deletesAShareOnlyWhenItsNameIsTyped() {
        cli.key("k1");

        var refused = cli.run("key", "delete", "k1", "--node", "2", "--json");
        var mistyped = cli.typing("k2\n").run("key", "delete", "k1", "--node", "2");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.problem().path("code").asText()).isEqualTo("CONFIRMATION");
        assertThat(mistyped.code()).isEqualTo(1);
        assertThat(mistyped.err()).contains("erases the share of key k1").contains("nothing was done");
        assertThat(cli.nodes.key(2, "k1")).isNotNull();

        assertThat(cli.typing("k1\n").run("key", "delete", "k1", "--node", "2").code()).isZero();
        var run = cli.run("key", "delete", "k1", "--node", "3", "--yes", "--json");
        assertThat(run.json().toString())
                .isEqualTo("{\"keyId\":\"k1\",\"epoch\":0,\"node\":3,\"canSign\":[1],\"usable\":false}");
        assertThat(cli.run("key", "show", "k1", "--json").json().path("nodes").get(1).path("state").asText())
                .isEqualTo("missing");
    }

    @Test
    void saysBeforeADeletionWhatIsLeftOfTheKey() {
        cli.key("k1");

        var first = cli.typing("no\n").run("key", "delete", "k1", "--node", "2");
        cli.run("key", "delete", "k1", "--node", "2", "--yes");
        var second = cli.typing("no\n").run("key", "delete", "k1", "--node", "3");

        assertThat(first.err()).contains("Nodes [1, 3] still sign; none of them may fail.");
        assertThat(second.err()).contains("THE KEY IS LOST THEN: nodes [1] are left, and 2 are needed to sign.");
    }

    @Test
    void showsHowManyNodesCanStillSign() {
        cli.key("k1");
        assertThat(cli.run("key", "show", "k1").out()).contains("can sign    3 of 3 nodes, [1, 2, 3]: 1 may fail");

        cli.run("key", "delete", "k1", "--node", "2", "--yes");

        var run = cli.run("key", "show", "k1", "--json");
        assertThat(run.json().path("canSign").toString()).isEqualTo("[1,3]");
        assertThat(cli.run("key", "show", "k1").out()).contains("can sign    2 of 3 nodes, [1, 3]: none may fail");
    }

    @Test
    void refusesANodeThatDoesNotExist() {
        var run = cli.run("key", "delete", "k1", "--node", "4", "--yes");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("there is no node 4; the nodes are [1, 2, 3]");
    }

    @Test
    void refusesCredentialsThatOthersCanRead() throws IOException {
        Files.setPosixFilePermissions(
                folder.resolve("quorate-cluster/credentials/user.key"), PosixFilePermissions.fromString("rw-r-----"));

        var run = cli.run("key", "list");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("error CREDENTIALS").contains("rw-r-----").contains("chmod 600");
    }

    @Test
    void neverShowsACredentialThatIsMalformed() throws IOException {
        Files.writeString(folder.resolve("quorate-cluster/credentials/user.key"), "1 = \"qrt secret\"\n");

        var run = cli.run("key", "list", "--json");

        assertThat(run.problem().path("code").asText()).isEqualTo("CREDENTIALS");
        assertThat(run.err()).doesNotContain("secret");
    }

    @Test
    void refusesAClusterFileWithASettingThatItDoesNotKnow() throws IOException {
        var file = folder.resolve("quorate-cluster/cluster.toml");
        Files.writeString(file, "treshold = 2\n" + Files.readString(file));

        var run = cli.run("key", "list");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("error CONFIGURATION").contains("unknown setting treshold");
    }

    @Test
    void findsTheClusterByOptionOrEnvironment() {
        cli.founding.write(folder.resolve("elsewhere"), 2);
        cli.key("k1");

        assertThat(cli.run("key", "list", "--cluster", "elsewhere").code()).isZero();
        assertThat(cli.environment("QUORATE_CLUSTER", "nowhere").run("key", "list").code()).isEqualTo(1);
        assertThat(cli.run("key", "list", "--cluster", "elsewhere").code()).isZero();
    }

    @Test
    void printsNoControlCharactersOfANode() {
        cli.nodes.nodes().forEach(node -> node.when(
                "GET /v1/keys/k1",
                FakeNode.problem(Problem.of(ProblemCode.KEY_NOT_FOUND, "\u001b[2Jgone").advising("\u0007beep"))));

        var run = cli.run("key", "show", "k1");

        assertThat(run.err()).contains("?[2Jgone").contains("?beep").doesNotContain("\u001b").doesNotContain("\u0007");
    }

    private static String text(FakeNode.Call call) {
        return new String(call.body(), StandardCharsets.UTF_8);
    }

    private static List<String> members(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static KeyInfo ofEpoch(KeyInfo key, long epoch) {
        return changed(key, epoch, key.chainCode());
    }

    private static KeyInfo withChainCode(KeyInfo key, Bytes chainCode) {
        return changed(key, key.epoch(), chainCode);
    }

    private static KeyInfo changed(KeyInfo key, long epoch, Bytes chainCode) {
        return new KeyInfo(
                key.player(),
                key.keyId(),
                key.publicKey(),
                key.point(),
                key.curve(),
                key.scheme(),
                key.threshold(),
                key.players(),
                epoch,
                key.shareId(),
                chainCode,
                key.purpose(),
                key.minPathLength(),
                key.messagesOnly(),
                key.presignatures(),
                key.commitment(),
                key.state(),
                key.createdAt());
    }
}
