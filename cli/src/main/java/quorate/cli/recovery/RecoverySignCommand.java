package quorate.cli.recovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quorate.api.Bytes;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.recovery.tool.Offline;

/** {@code recovery sign}: Ed25519 by a bare scalar, which ordinary wallets cannot import. */
@Command(
        name = "sign",
        description = {
            "Sign with a recovered Ed25519 scalar, offline. A threshold key never had the seed that other",
            "software asks for; the signature is one that every verifier of RFC 8032 accepts."
        },
        footer = {"  quorate recovery sign --scalar treasury.hex --message transfer.bin"})
public final class RecoverySignCommand extends Action {
    @Option(
            names = "--scalar",
            required = true,
            paramLabel = "FILE",
            description = "The file that recovery open wrote, in the format raw.")
    @SuppressWarnings("NullAway.Init") // picocli sets required options
    private Path scalar;

    @Option(names = "--message", required = true, paramLabel = "FILE", description = "What to sign.")
    @SuppressWarnings("NullAway.Init") // picocli sets required options
    private Path message;

    private record Report(String signature, String publicKey) {}

    public RecoverySignCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() throws IOException {
        var signed = Offline.sign(host.resolve(scalar), Files.readAllBytes(host.resolve(message)), host.random());
        var report = new Report(Bytes.of(signed.signature()).hex(), Bytes.of(signed.publicKey()).hex());
        return Outcome.of(
                report, List.of("signature   " + report.signature(), "public key  " + report.publicKey()));
    }
}
