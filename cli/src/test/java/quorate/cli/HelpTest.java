package quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    /** Every command that exists, as typed. */
    private static final List<String> COMMANDS = List.of(
            "",
            "demo",
            "cluster",
            "cluster init",
            "cluster up",
            "cluster down",
            "cluster status",
            "cluster add-node",
            "cluster assemble",
            "node",
            "node init",
            "node card",
            "node allow",
            "node register",
            "node wrapping-key",
            "node run",
            "key",
            "key generate",
            "key list",
            "key show",
            "key public",
            "key reshare",
            "key copy",
            "key resolve",
            "key adopt",
            "key repair",
            "key export",
            "key import",
            "key split",
            "key delete",
            "sign",
            "presign",
            "presignatures",
            "presignatures count",
            "presignatures refill",
            "presignatures delete",
            "presignatures delete-all",
            "pause",
            "resume",
            "status",
            "peers",
            "peers unban",
            "backup",
            "backup create",
            "backup verify",
            "backup list",
            "backup restore",
            "backup drill",
            "backup requirements",
            "share",
            "share backup",
            "share verify",
            "share restore",
            "recovery",
            "recovery rehearse",
            "recovery answer",
            "recovery create",
            "recovery verify",
            "recovery open",
            "recovery sign",
            "explain",
            "completion");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @SuppressWarnings("NullAway.Init") // made before each test
    private CommandLineFixture cli;

    @BeforeEach
    void open() {
        cli = new CommandLineFixture(folder);
    }

    @AfterEach
    void close() {
        cli.close();
    }

    @Test
    void everyHelpIsAsItWasAgreed() throws IOException {
        var all = new StringBuilder();
        for (var command : COMMANDS) {
            var run = cli.run((command + " --help").strip().split(" "));
            assertThat(run.code()).as(command).isZero();
            assertThat(run.err()).as(command).isEmpty();
            all.append("$ quorate ").append(command).append('\n').append(run.out()).append('\n');
        }

        assertThat(all.toString()).isEqualTo(resource("/quorate/cli/help.txt"));
    }

    @Test
    void theHelpOfEveryCommandBeginsWithExamplesThatAreThatCommand() {
        for (var command : COMMANDS) {
            if (!List.of("", "cluster", "node", "key", "presignatures", "peers", "backup", "share", "recovery").contains(command)) {
                var help = cli.run((command + " --help").split(" ")).out();
                assertThat(help.indexOf("Examples:")).as(command).isPositive().isLessThan(help.indexOf("Usage:"));
                assertThat(help).contains("quorate " + command);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "frobnicate",
                "key",
                "key generate",
                "key generate --scheme schnorr",
                "key generate --scheme ecdsa --curve ed25519",
                "key generate --scheme ecdsa --curve bip340",
                "key generate --scheme rsa --curve p256",
                "key generate --scheme ecdsa --curve p256 --min-path-length 17",
                "key generate --scheme ecdsa --curve p256 --min-path-length few",
                "key public",
                "key generate --scheme schnorr --curve p521",
                "key show",
                "key show a b",
                "key copy k1",
                "key copy k1 --players 1,x",
                "key reshare k1 --threshold few",
                "key repair k1",
                "key repair k1 --node 3 --wait 2h",
                "key repair k1 --node 3 --session 00",
                "key repair k1 --node 3 --public-key x",
                "key delete k1",
                "key list --frob",
                "backup drill",
                "backup drill a.qbk --timeout soon",
                "node register",
                "cluster add-node",
                "sign --key k1",
                "sign --key k1 --message a --message-hex 00",
                "sign --key k1 --message-hex 0",
                "sign --key k1 --message-hex 00 --merkle-root 00",
                "sign --key k1 --message-hex 00 --hash 00",
                "sign --key k1 --hash 0",
                "sign --key k1 --message-hex 00 --request-nonce xy",
                "sign --key k1 --message-hex 00 --presignature",
                "sign --key k1 --message-hex 00 --presignature nextt",
                "presign --key k1",
                "presign --count 1",
                "presign --key k1 --count 0",
                "presign --key k1 --count 10001",
                "presignatures",
                "presignatures count",
                "presignatures delete",
                "presignatures delete-all --node all",
                "presignatures refill --key k1",
                "presignatures refill --key k1 --level -1",
                "presignatures refill --key k1 --level 10001",
                "peers unban --key k1",
                "peers unban --key k1 --node 1",
                "peers unban --key k1 --node 1 --node 1",
                "peers unban --key k1 --node 1 --node 2 --node 3",
                "peers unban --node 1 --node 2",
                "sign --key --players 1 --message-hex 00",
                "pause --for soon",
                "pause --for 0m",
                "pause --node two",
                "backup verify",
                "backup restore f",
                "backup create",
                "share backup --key k1 --node 1",
                "share backup --key k1 --out f",
                "share backup --key k1 --node 1 --node-config n --out f",
                "share backup --key k1 --node 1 --out f --plain --password-file p",
                "share backup --key k1 --node 1 --out f --to r --password-file p",
                "share restore --node 1",
                "share restore f --in f --node 1",
                "share restore f",
                "share verify",
                "share verify f --password-file p --private-key k",
                "node allow --config n",
                "cluster init d --nodes 3",
                "cluster init d --nodes 3 --threshold 2 --database oracle",
                "cluster up",
                "node run",
                "explain NO_SUCH_CODE",
                "key generate @arguments"
            })
    void wrongUsageExitsWithTwoAndSaysWhereTheHelpIs(String command) {
        var arguments = command.isEmpty() ? new String[0] : command.split(" ");

        var run = cli.withCluster().run(arguments);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("error USAGE");
    }

    @Test
    void wrongUsageIsJsonWhenJsonIsWanted() {
        var run = cli.run("key", "generate", "--json");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.problem().path("code").asText()).isEqualTo("USAGE");
        assertThat(run.problem().path("remedy").asText()).isEqualTo("See: quorate key generate --help");
    }

    @Test
    void explainsEveryCodeAndListsThem() {
        assertThat(cli.run("explain", "PAUSED").out()).startsWith("# PAUSED").contains("What to do:");
        assertThat(cli.run("explain", "paused").code()).isZero();
        assertThat(cli.run("explain").out()).contains("PEERS_DISAGREE").contains("BACKUP_DIGEST");
        assertThat(cli.run("explain", "PAUSED", "--json").json().path("remedy").asText()).isNotEmpty();
    }

    @Test
    void printsACompletionScriptForAllCommands() {
        assertThat(cli.run("completion").out()).startsWith("#!/usr/bin/env bash").contains("requirements", "generate");
    }

    @Test
    void printsTheVersion() {
        assertThat(cli.run("--version").out()).matches("[0-9]+\\.[0-9]+\\.[0-9]+.*\n");
    }

    private static String resource(String name) throws IOException {
        try (var in = HelpTest.class.getResourceAsStream(name)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
