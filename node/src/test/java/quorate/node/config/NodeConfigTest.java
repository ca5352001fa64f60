package quorate.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.node.identity.Bytes32;
import quorate.rsa.RsaRecipient;

class NodeConfigTest {
    private static final String HASH = "ab".repeat(32);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void makeACluster() throws ConfigException {
        var cluster = ClusterFiles.initialise(folder.resolve("c"), 2, 2, 9100, new SecureRandom());
        file = cluster.nodes().getFirst().config();
    }

    @Test
    void readsEverySetting() throws Exception {
        write("""
                player = 1
                data = "data"
                identity = "identity"
                roster = "../roster.toml"
                [api]
                address = "127.0.0.1:9101"
                [mpc]
                address = "[::1]:9201"
                [master-key]
                password-file = "master.key"
                [[caller]]
                name = "app"
                roles = ["key-user"]
                key-sha256 = "%s"
                [limits]
                session-deadline = "45s"
                pending-deadline = "1h"
                drain-timeout = "500ms"
                reader-timeout = "20s"
                request-bytes = 131072
                """.formatted(HASH));
        var config = NodeConfig.load(file);
        var node = folder.resolve("c/node-1");
        assertThat(config.data()).isEqualTo(node.resolve("data"));
        assertThat(config.identity()).isEqualTo(node.resolve("identity"));
        assertThat(config.roster()).isEqualTo(folder.resolve("c/roster.toml"));
        assertThat(config.mpc()).isEqualTo(new Address("::1", 9201));
        assertThat(config.masterKey()).isEqualTo(new MasterKeySource.PasswordFile(node.resolve("master.key")));
        assertThat(config.callers()).extracting(Caller::name).containsExactly("app");
        assertThat(config.limits())
                .isEqualTo(new Limits(
                        Duration.ofSeconds(45),
                        Duration.ofHours(1),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(20),
                        131072,
                        Duration.ofHours(24),
                        10_000,
                        100_000));
    }

    @Test
    void refusesUnknownKeysWithTheirLine() throws IOException {
        refuses("player = 1", "playr = 1\nplayer = 1",
                ":2: playr: unknown key; known here: api, caller, data, export, identity, limits, master-key, mpc,"
                        + " player, recovery, roster, share-backup");
        refuses("[mpc]", "[mpc]\nport = 9", ":11: [mpc] port: unknown key; known here: address");
        refuses("[master-key]", "[limit]\n[master-key]", ":13: limit: unknown key");
        refuses("[master-key]", "[masterkey]", ": master-key: missing");
        refusesAppended("[[caller]]\nname = \"x\"\nroles = [\"key-user\"]\nkey-sha256 = \"" + HASH + "\"\nkey = 1\n",
                ":29: [caller 3] key: unknown key; known here: application, key-sha256, name, roles");
        refusesAppended("[limits]\nsession-deadlin = \"1s\"\n", ":26: [limits] session-deadlin: unknown key");
    }

    @Test
    void listsNobodyForSharesUnlessTheOperatorDoes() throws Exception {
        assertThat(NodeConfig.load(file).shareRecipients()).isEmpty();
        var before = Files.readString(file);
        write(before + "[share-backup]\n");
        assertThat(NodeConfig.load(file).shareRecipients()).isEmpty();
        write(before + "[share-backup]\nrecipients = []\n");
        assertThat(NodeConfig.load(file).shareRecipients()).isEmpty();
        write(before + "[share-backup]\nrecipients = [\"key.pem\", \"sha256:" + HASH + "\"]\n");
        var key = publicKey("key.pem");
        assertThat(NodeConfig.load(file).shareRecipients())
                .containsExactlyInAnyOrder(named(key), new Bytes32(HASH));
    }

    @Test
    void refusesWildcardsAndWhatIsNoKeyInTheListOfShareBackups() throws IOException {
        refusesAppended("[share-backup]\nrecipients = [\"*\"]\n", ":26: [share-backup] recipients: \"*\": every key");
        refusesAppended("[share-backup]\nrecipients = [\"sha256:*\"]\n", "there is no wildcard");
        refusesAppended("[share-backup]\nrecipients = [\"sha256:ab\"]\n", "recipients: not 64");
        refusesAppended("[share-backup]\nrecipients = [\"none.pem\"]\n", "there is no such PEM file");
        refusesAppended("[share-backup]\nrecipients = \"*\"\n", "must be a list of texts");
        refusesAppended("[share-backup]\nrecipient = []\n", "[share-backup] recipient: unknown key");
    }

    @Test
    void addsKeysToTheListAndChangesNothingElse() throws Exception {
        var key = publicKey("key.pem");
        var other = publicKey("other.pem");
        var before = Files.readString(file);

        assertThat(AllowedKeys.SHARE_BACKUP.add(file, file.resolveSibling("key.pem"))).isEqualTo(named(key));
        assertThat(Files.readString(file))
                .isEqualTo(before.stripTrailing() + "\n\n[share-backup]\nrecipients = [\"sha256:" + named(key)
                        + "\"]\n");
        AllowedKeys.SHARE_BACKUP.add(file, file.resolveSibling("other.pem"));
        var both = Files.readString(file);
        assertThat(both).contains("recipients = [\"sha256:" + named(key) + "\", \"sha256:" + named(other));
        AllowedKeys.SHARE_BACKUP.add(file, file.resolveSibling("other.pem"));
        assertThat(Files.readString(file)).isEqualTo(both);
        assertThat(NodeConfig.load(file).shareRecipients()).hasSize(2);

        write(before + "[share-backup]\nrecipients = []\n");
        AllowedKeys.SHARE_BACKUP.add(file, file.resolveSibling("key.pem"));
        assertThat(NodeConfig.load(file).shareRecipients()).containsExactly(named(key));
    }

    @Test
    void leavesAListThatItDoesNotUnderstand() throws Exception {
        publicKey("key.pem");
        var text = original() + "[share-backup]\nrecipients = [\n]\n";
        write(text);
        assertThatThrownBy(() -> AllowedKeys.SHARE_BACKUP.add(file, file.resolveSibling("key.pem")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("add \"sha256:");
        assertThat(Files.readString(file)).isEqualTo(text);
    }

    private String original() throws IOException {
        var text = Files.readString(file);
        int list = text.indexOf("[share-backup]");
        return list < 0 ? text : text.substring(0, list);
    }

    private static Bytes32 named(RsaRecipient key) {
        return Bytes32.of(key.fingerprint().bytes());
    }

    private RsaRecipient publicKey(String name) throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var pem = file.resolveSibling(name);
        Files.writeString(
                pem,
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(generator.generateKeyPair().getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        return RsaRecipient.read(pem);
    }

    @Test
    void refusesWhatIsMissing() throws IOException {
        refuses("player = 1", "", ": player: missing");
        refuses("data = \"data\"", "", ": data: missing");
        refuses("identity = \"identity\"", "", ": identity: missing");
        refuses("roster = \"../roster.toml\"", "", ": roster: missing");
        refuses("[mpc]\naddress = \"127.0.0.1:9201\"", "", ": mpc: missing");
        refuses("address = \"127.0.0.1:9201\"", "", ": [mpc] address: missing");
        refuses("key-file = \"master.key\"", "", ": [master-key] key-file: exactly one of key-file and password-file");
        refuses("name = \"admin\"", "", ": [caller 2] name: missing");
    }

    @Test
    void refusesWhatIsMalformed() throws IOException {
        refuses("player = 1", "player = 0", ":2: player: must be a whole number from 1 to 32");
        refuses("player = 1", "player = 33", ":2: player: must be a whole number from 1 to 32");
        refuses("player = 1", "player = 1.5", ":2: player: must be a whole number from 1 to 32");
        refuses("player = 1", "player = \"1\"", ":2: player: must be a whole number from 1 to 32");
        refuses("data = \"data\"", "data = 7", ":3: data: must be text in quotes");
        refuses("data = \"data\"", "data = \"\"", ":3: data: must be text in quotes");
        refuses("data = \"data\"", "data = \"a\\u0000b\"", ":3: data: Nul character not allowed");
        refuses("127.0.0.1:9201", "127.0.0.1", ":11: [mpc] address: not host:port");
        refuses("127.0.0.1:9201", "127.0.0.1:70000", ":11: [mpc] address: no port: 70000");
        refuses("127.0.0.1:9201", "127.0.0.1:0", ":11: [mpc] address: must have a port from 1 to 65535");
        refuses("127.0.0.1:9201", "127.0.0.1:9101", ":10: mpc: address must differ from that of [api]");
        refuses("[api]\naddress = \"127.0.0.1:9101\"\n", "api = 5\n", ":7: api: must be a table [api]");
        refuses("roster = \"../roster.toml\"", "roster = \"r\"\nlimits = 5", ":6: limits: must be a table [limits]");
        refusesAppended("[limits]\nsession-deadline = \"30\"\n", ":26: [limits] session-deadline: must be a duration");
        refusesAppended("[limits]\nsession-deadline = \"0s\"\n", ":26: [limits] session-deadline: must be a duration");
        refusesAppended(
                "[limits]\nsession-deadline = \"999999999h\"\n", ":26: [limits] session-deadline: must be at most 168h");
        refusesAppended("[limits]\nrequest-bytes = 10\n", ":26: [limits] request-bytes: must be a whole number");
        refuses("key-file = ", "password-file = \"p\"\nkey-file = ", "exactly one of key-file and password-file");
        var text = Files.readString(file);
        write("caller = [5]\n" + text.substring(0, text.indexOf("[[caller]]")));
        assertRefused(file + ":1: caller: must be tables [[caller]]");
    }

    @Test
    void refusesBadToml() throws IOException {
        refuses("player = 1", "player = ", ":2: Newline not permitted here");
        refuses("player = 1", "player = 1\nplayer = 2", "Duplicate key");
        refuses("player = 1", "player = " + "[".repeat(200_000), "nesting depth");
        Files.write(file, new byte[] {(byte) 0xc3, 0x28});
        assertRefused(file + ": not UTF-8");
        Files.write(file, new byte[300_000]);
        assertRefused(file + ": longer than 262144 bytes");
        Files.delete(file);
        assertRefused(file + ": there is no such file");
    }

    @Test
    void refusesBadCallers() throws IOException {
        refuses("[\"key-user\"]", "[\"signer\"]",
                ":18: [caller] roles: unknown role \"signer\"; known: key-user, administrator");
        refuses("[\"key-user\"]", "[]", ":18: [caller] roles: must be a list of texts, not empty");
        refuses("[\"key-user\"]", "[1]", ":18: [caller] roles: must be a list of texts");
        refuses("[\"key-user\"]", "[\"key-user\", \"administrator\"]",
                ":18: [caller] roles: an administrator cannot sign: make two callers, each with a key");
        refuses("name = \"user\"", "name = \"User 1\"", ":17: [caller] name: must be 1 to 32 of a-z, 0-9 and -");
        refuses("name = \"admin\"", "name = \"user\"", ":22: [caller 2] name: \"user\" is taken by a caller above");
        var twice = Pattern.compile("key-sha256 = \"([0-9a-f]+)\"(.*)key-sha256 = \"[0-9a-f]+\"", Pattern.DOTALL);
        var text = Files.readString(file);
        write(twice.matcher(text).replaceFirst("key-sha256 = \"$1\"$2key-sha256 = \"$1\""));
        assertRefused(file + ":24: [caller 2] key-sha256: is the key of a caller above: every caller has its own");
    }

    @Test
    void doesNotShowAKeyThatWasPutInPlaceOfItsHash() throws IOException {
        var text = Files.readString(file);
        write(text.replaceFirst("key-sha256 = \"[0-9a-f]+\"", "key-sha256 = \"qrt_user_secret\""));
        assertRefused(file + ":19: [caller] key-sha256: not 64 lower-case hexadecimal digits");
    }

    @Test
    void refusesFilesThatOthersCanRead() throws Exception {
        var node = folder.resolve("c/node-1");
        Files.createDirectory(node.resolve("data"));
        for (var name : new String[] {"node.toml", "identity", "master.key", "data"}) {
            var path = node.resolve(name);
            boolean isFolder = Files.isDirectory(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-x---"));
            assertRefused(path + " has mode 0750, so others can use it; chmod " + (isFolder ? "700 " : "600 ") + path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
        assertThat(NodeSetup.load(file).config().player()).isEqualTo(1);
    }

    @Test
    void refusesAMissingMasterKey() throws IOException {
        Files.delete(folder.resolve("c/node-1/master.key"));
        assertRefused(folder.resolve("c/node-1/master.key") + ": there is no such file");
    }

    @Test
    void refusesTheIdentityOfAnotherPlayer() throws IOException {
        write(Files.readString(file).replace("player = 1", "player = 2"));
        assertThatThrownBy(() -> NodeSetup.load(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("the roster has other keys for player 2 than its identity folder;");
        write(Files.readString(file).replace("player = 2", "player = 3"));
        assertThatThrownBy(() -> NodeSetup.load(file)).hasMessage("player 3 is not in the roster of 2 players");
    }

    private void refuses(String before, String after, String message) throws IOException {
        var text = Files.readString(file);
        assertThat(text).contains(before);
        write(text.replace(before, after));
        assertThatThrownBy(() -> NodeConfig.load(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
        write(text);
    }

    private void refusesAppended(String more, String message) throws IOException {
        var text = Files.readString(file);
        write(text + more);
        assertThatThrownBy(() -> NodeConfig.load(file)).hasMessageContaining(message);
        write(text);
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> NodeConfig.load(file)).isInstanceOf(ConfigException.class).hasMessage(message);
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text);
    }
}
