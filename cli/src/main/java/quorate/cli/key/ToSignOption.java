package quorate.cli.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.api.Signable;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Host;
import quorate.sdk.ToSign;

/** What to sign, and where it comes from; exactly one of them. */
final class ToSignOption {
    private static final Path STANDARD_INPUT = Path.of("-");

    @Option(names = "--message", paramLabel = "FILE", description = "The file to sign, - for standard input.")
    private @Nullable Path file;

    @Option(names = "--message-hex", paramLabel = "HEX", description = "The message itself, in hexadecimal.")
    private @Nullable String hex;

    @Option(
            names = "--hash",
            paramLabel = "HEX",
            description = "For ecdsa: a hash of the message, signed as it is; without it nodes use SHA-256.")
    private @Nullable String hash;

    ToSign read(Host host) throws IOException {
        if (hash != null) {
            return new ToSign.Hash(HexOption.parse("--hash", hash));
        }
        if (hex != null) {
            return new ToSign.Message(HexOption.parse("--message-hex", hex));
        }
        if (file == null) {
            throw new IllegalStateException("picocli requires one of the group");
        }
        if (file.equals(STANDARD_INPUT)) {
            return bounded(host.terminal().in().readNBytes(Signable.MAX_MESSAGE_BYTES + 1));
        }
        try (var in = Files.newInputStream(host.resolve(file))) {
            return bounded(in.readNBytes(Signable.MAX_MESSAGE_BYTES + 1));
        }
    }

    private static ToSign bounded(byte[] content) {
        if (content.length > Signable.MAX_MESSAGE_BYTES) {
            throw new CommandFailed(
                    ProblemCode.BODY_TOO_LARGE,
                    "the message has more than " + Signable.MAX_MESSAGE_BYTES + " bytes");
        }
        return new ToSign.Message(Bytes.of(content));
    }
}
