package quorate.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import quorate.api.Scheme;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Terminal;
import quorate.sdk.Timeouts;
import quorate.testkit.http.FakeCluster;

/** Runs commands in this process against fake nodes, in a folder of their own. */
final class CommandLineFixture implements AutoCloseable {
    private static final Timeouts PATIENT =
            new Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30));
    private static final Clock CLOCK = Clock.fixed(FakeCluster.NOW.plusSeconds(1), ZoneOffset.UTC);

    final FakeCluster nodes = FakeCluster.of(3);
    final FakeBackups backups = new FakeBackups();
    final FakeShares shares = new FakeShares();
    final FakeFounding founding = new FakeFounding(nodes);
    final FakeScratch scratch = new FakeScratch(nodes);
    final SleepingNodes starter = new SleepingNodes(this::forgetPresignatures);
    final Path folder;
    private final Map<String, String> environment = new TreeMap<>();
    private String input = "";
    private boolean terminal;
    private boolean presignaturesSurvive;

    CommandLineFixture(Path folder) {
        this.folder = folder;
    }

    /** What a command left behind. */
    record Run(int code, String out, String err) {
        JsonNode json() {
            return parse(out);
        }

        JsonNode problem() {
            return parse(err);
        }

        /** Exactly one object, on one line, and nothing else. */
        private static JsonNode parse(String text) {
            try {
                if (text.indexOf('\n') != text.length() - 1) {
                    throw new AssertionError("not exactly one line: " + text);
                }
                return new ObjectMapper().readTree(text);
            } catch (IOException e) {
                throw new AssertionError("not JSON: " + text, e);
            }
        }
    }

    /** The default cluster folder, with credentials for every node. */
    CommandLineFixture withCluster() {
        founding.write(folder.resolve("quorate-cluster"), 2);
        return this;
    }

    CommandLineFixture environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Somebody sits before a terminal and types this. */
    CommandLineFixture typing(String text) {
        input = text;
        terminal = true;
        return this;
    }

    /** Nodes that start find what they held before in their memory, which real ones never do. */
    CommandLineFixture presignaturesSurvive() {
        presignaturesSurvive = true;
        return this;
    }

    /** Those of a node that starts are void, at the others too. */
    private void forgetPresignatures() {
        if (!presignaturesSurvive) {
            nodes.nodes().forEach(node -> nodes.forgetPresignatures(node.player()));
        }
    }

    CommandLineFixture reading(String text) {
        input = text;
        return this;
    }

    Run run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var streams = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal,
                terminal);
        var host = new Host(streams, environment, folder, CLOCK, new SecureRandom(), PATIENT);
        int code = new CommandTree(host, parts()).build().execute(arguments);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Generates a key and answers its id. */
    String key(String id) {
        var run = run("key", "generate", "--scheme", "schnorr", "--curve", "ed25519", "--id", id, "--json");
        return run.json().path("keyId").asText();
    }

    /** The same of an ECDSA key. */
    String ecdsa(String id, String curve) {
        var run = run("key", "generate", "--scheme", "ecdsa", "--curve", curve, "--id", id, "--json");
        return run.json().path("keyId").asText();
    }

    static void ownerOnly(Path file) {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Parts parts() {
        return new Parts(
                founding,
                config -> 0,
                starter,
                config -> () -> {},
                backups,
                scratch,
                starter,
                shares,
                (kind, publicKey, message, signature, recoveryId) ->
                        signature.size() == 64 && (recoveryId != null) == (kind.scheme() == Scheme.ECDSA));
    }

    @Override
    public void close() {
        starter.close();
        nodes.close();
    }
}
