package quorate.cli.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.api.SignRequest;
import quorate.api.Taproot;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.Signing;

/** {@code sign}: a signature by a quorum. */
@Command(
        name = "sign",
        description = "Sign a message with as many nodes as the key needs.",
        footer = {
            "  quorate sign --key treasury --message letter.txt",
            "  quorate sign --key treasury --message-hex 68656c6c6f --players 1,3 --json",
            "  printf hello | quorate sign --key treasury --message -"
        })
public final class SignCommand extends Action {
    private static final Path STANDARD_INPUT = Path.of("-");

    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Option(names = "--key", required = true, paramLabel = "ID", description = "The key.")
    private String id = "";

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets the required group
    private Message message;

    /** Where the message comes from; exactly one of them. */
    static final class Message {
        @Option(names = "--message", paramLabel = "FILE", description = "The file to sign, - for standard input.")
        private @Nullable Path file;

        @Option(names = "--message-hex", paramLabel = "HEX", description = "The message itself, in hexadecimal.")
        private @Nullable String hex;
    }

    @Option(names = "--players", paramLabel = "I", split = ",", description = "Who signs; default nodes that can.")
    private List<Integer> players = List.of();

    @Option(names = "--taproot", description = "For bip340: sign with the output key of BIP-341.")
    private boolean taproot;

    @Option(names = "--merkle-root", paramLabel = "HEX", description = "With --taproot: the root of the script tree.")
    private @Nullable String merkleRoot;

    private record Signed(String keyId, String signature, String publicKey, List<Integer> players, String sessionId) {}

    public SignCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() throws IOException {
        if (merkleRoot != null && !taproot) {
            throw new IllegalArgumentException("--merkle-root goes with --taproot");
        }
        var root = merkleRoot == null ? null : hex("--merkle-root", merkleRoot);
        var signing = new Signing(id, read(), players, taproot ? new Taproot(root) : null);
        try (var clients = cluster.open(host)) {
            var signed = clients.tsm().sign(signing);
            return Outcome.of(
                    new Signed(
                            signed.keyId(),
                            signed.signature().hex(),
                            signed.publicKey().hex(),
                            signed.players(),
                            signed.sessionId().hex()),
                    List.of(
                            "signature   " + signed.signature(),
                            "public key  " + signed.publicKey(),
                            "signers     " + signed.players()));
        }
    }

    private Bytes read() throws IOException {
        if (message.hex != null) {
            return hex("--message-hex", message.hex);
        }
        var file = message.file;
        if (file == null) {
            throw new IllegalStateException("picocli requires one of the group");
        }
        if (file.equals(STANDARD_INPUT)) {
            return bounded(host.terminal().in().readNBytes(SignRequest.MAX_MESSAGE_BYTES + 1));
        }
        try (var in = Files.newInputStream(host.resolve(file))) {
            return bounded(in.readNBytes(SignRequest.MAX_MESSAGE_BYTES + 1));
        }
    }

    private static Bytes bounded(byte[] content) {
        if (content.length > SignRequest.MAX_MESSAGE_BYTES) {
            throw new CommandFailed(
                    ProblemCode.BODY_TOO_LARGE,
                    "the message has more than " + SignRequest.MAX_MESSAGE_BYTES + " bytes");
        }
        return Bytes.of(content);
    }

    private static Bytes hex(String option, String text) {
        try {
            return Bytes.parse(text.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
        }
    }
}
