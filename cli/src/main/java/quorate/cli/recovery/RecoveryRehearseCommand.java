package quorate.cli.recovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.recovery.RecoveryRefused;
import quorate.recovery.Rehearsal;
import quorate.rsa.PrivateFile;
import quorate.rsa.RsaRecipient;

/** {@code recovery rehearse}: whether the private half of an RSA key is there, before anything depends on it. */
@Command(
        name = "rehearse",
        description = {
            "Before the first recovery file for an RSA key: make a challenge, have its holder answer it (recovery",
            "answer), and check the answer."
        },
        footer = {
            "  quorate recovery rehearse --to recovery.pem --out challenge.txt",
            "  quorate recovery rehearse --challenge challenge.txt --answer 5f3a..."
        })
public final class RecoveryRehearseCommand extends Action {
    private static final int LARGEST_CHALLENGE = 4096;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets required groups
    private Step step;

    /** One of both. */
    private static final class Step {
        @ArgGroup(exclusive = false)
        private @Nullable Making making;

        @ArgGroup(exclusive = false)
        private @Nullable Checking checking;
    }

    private static final class Making {
        @Option(names = "--to", required = true, paramLabel = "RSA.pem", description = "The RSA public key (PEM).")
        @SuppressWarnings("NullAway.Init") // picocli sets required options
        private Path recipient;

        @Option(names = "--out", required = true, paramLabel = "FILE", description = "The new challenge.")
        @SuppressWarnings("NullAway.Init") // picocli sets required options
        private Path out;
    }

    private static final class Checking {
        @Option(names = "--challenge", required = true, paramLabel = "FILE", description = "What was answered.")
        @SuppressWarnings("NullAway.Init") // picocli sets required options
        private Path challenge;

        @Option(names = "--answer", required = true, paramLabel = "HEX", description = "What its holder answered.")
        private String answer = "";
    }

    private record Report(boolean ok, String recipient) {}

    public RecoveryRehearseCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() throws IOException {
        return step.making != null
                ? make(step.making)
                : check(Optional.ofNullable(step.checking).orElseThrow());
    }

    private Outcome make(Making making) throws IOException {
        RsaRecipient recipient;
        try {
            recipient = RsaRecipient.read(host.resolve(making.recipient));
        } catch (IOException e) {
            throw new CommandFailed(ProblemCode.RECIPIENT_REFUSED, String.valueOf(e.getMessage()));
        }
        PrivateFile.create(
                host.resolve(making.out), Rehearsal.make(recipient, host.random()).encode());
        var fingerprint = recipient.fingerprint().hex();
        return Outcome.of(
                        new Report(true, fingerprint),
                        List.of("challenge for RSA key " + fingerprint, "written     " + making.out))
                .suggesting("quorate recovery answer " + making.out + " --private-key PEM");
    }

    private Outcome check(Checking checking) throws IOException {
        var rehearsal = read(host.resolve(checking.challenge));
        if (!rehearsal.isAnsweredBy(Bytes.parse(checking.answer).toArray())) {
            throw new CommandFailed(
                    ProblemCode.RECOVERY_INVALID,
                    "this is not the answer to " + checking.challenge,
                    "Make no recovery data for this RSA key before its holder answers a challenge.");
        }
        var fingerprint = rehearsal.recipient().hex();
        return Outcome.of(
                new Report(true, fingerprint), List.of("RSA key " + fingerprint + " opens what is made for it"));
    }

    static Rehearsal read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_CHALLENGE) {
            throw new IOException(file + ": there is no such challenge");
        }
        try {
            return Rehearsal.decode(Files.readAllBytes(file));
        } catch (RecoveryRefused e) {
            throw Refusals.invalid(e);
        }
    }
}
