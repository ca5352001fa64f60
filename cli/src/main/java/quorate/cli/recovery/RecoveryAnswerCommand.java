package quorate.cli.recovery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.recovery.RecoveryRefused;

/** {@code recovery answer}: the holder of the RSA key shows that he has it. */
@Command(
        name = "answer",
        description = "Answer the challenge of a rehearsal with the RSA private key. The answer is no secret.",
        footer = {"  quorate recovery answer challenge.txt --private-key recovery.key"})
public final class RecoveryAnswerCommand extends Action {
    @Parameters(paramLabel = "FILE", description = "The challenge.")
    @SuppressWarnings("NullAway.Init") // picocli sets parameters
    private Path file;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets required groups
    private RsaKeyOption rsaKey;

    private record Report(String answer) {}

    public RecoveryAnswerCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() throws IOException {
        var rehearsal = RecoveryRehearseCommand.read(host.resolve(file));
        try (var decryptor = rsaKey.open(host)) {
            var answer = Bytes.of(rehearsal.answer(decryptor)).hex();
            return Outcome.of(new Report(answer), List.of("answer      " + answer))
                    .suggesting("quorate recovery rehearse --challenge " + file + " --answer " + answer);
        } catch (RecoveryRefused e) {
            throw Refusals.locked(e);
        } catch (IllegalStateException e) {
            throw new CommandFailed(ProblemCode.RECOVERY_LOCKED, String.valueOf(e.getMessage()));
        }
    }
}
