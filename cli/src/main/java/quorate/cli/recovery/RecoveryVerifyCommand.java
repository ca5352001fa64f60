package quorate.cli.recovery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quorate.api.Bytes;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.recovery.RecoveryRefused;
import quorate.recovery.tool.Offline;
import quorate.rsa.RsaRecipient;

/** {@code recovery verify}: with public data only, whether a file gives back the keys it names. */
@Command(
        name = "verify",
        description = {
            "Verify recovery data offline, with public data only: every part decrypts, under the RSA key that is",
            "shown, to a share of the key with the public key that is shown. Compare both with what you know, or",
            "give them."
        },
        footer = {
            "  quorate recovery verify treasury.recovery",
            "  quorate recovery verify treasury.recovery --public-key 02ab... --to recovery.pem"
        })
public final class RecoveryVerifyCommand extends Action {
    @Parameters(paramLabel = "FILE", description = "The recovery file.")
    @SuppressWarnings("NullAway.Init") // picocli sets parameters
    private Path file;

    @Option(names = "--public-key", paramLabel = "HEX", description = "That of a key in the file; may be repeated.")
    private List<String> publicKeys = List.of();

    @Option(names = "--to", paramLabel = "RSA.pem", description = "The RSA public key (PEM) of the file.")
    private @Nullable Path recipient;

    public RecoveryVerifyCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() throws IOException {
        var source = host.resolve(file);
        try {
            var data = Offline.read(source);
            if (recipient != null) {
                data.requireRecipient(RsaRecipient.read(host.resolve(recipient)));
            }
            data.requireKeys(publicKeys.stream().map(Bytes::parse).map(Bytes::toArray).toList());
            data.verify();
            var report = RecoveryReport.of(data, source);
            var outcome = Outcome.of(report, report.lines());
            return recipient == null
                    ? outcome.noting("the RSA key was not compared with one of yours: give --to")
                    : outcome;
        } catch (RecoveryRefused e) {
            throw Refusals.invalid(e);
        }
    }
}
