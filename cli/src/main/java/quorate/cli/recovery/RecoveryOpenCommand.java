package quorate.cli.recovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quorate.algebra.Groups;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.recovery.RecoveryRefused;
import quorate.recovery.key.ChildPath;
import quorate.recovery.key.KeyFormat;
import quorate.recovery.tool.Offline;
import quorate.recovery.tool.Offline.Opened;
import quorate.rsa.PrivateFile;

/** {@code recovery open}: a whole private key, offline. */
@Command(
        name = "open",
        description = {
            "Recover a private key from recovery data, offline, with the RSA private key in a PEM file or in a",
            "PKCS#11 token.",
            "The key is written to a new file that only you can read. From then on one copy of it exists outside",
            "of the nodes."
        },
        footer = {
            "  quorate recovery open t.recovery --label \"two directors\" --private-key recovery.key --out t.hex",
            "  quorate recovery open t.recovery --label \"two directors\" --pkcs11 token.cfg --pkcs11-key recovery \\",
            "      --pin-file pin --format pem --path m/0/5 --out treasury.pem"
        })
public final class RecoveryOpenCommand extends Action {
    @Parameters(paramLabel = "FILE", description = "The recovery file.")
    @SuppressWarnings("NullAway.Init") // picocli sets parameters
    private Path file;

    @Option(names = "--label", required = true, paramLabel = "TEXT", description = "The label under which it was made.")
    private String label = "";

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets required groups
    private RsaKeyOption rsaKey;

    @Option(names = "--key", paramLabel = "ID", description = "Which key, if the file has several.")
    private @Nullable String keyId;

    @Option(
            names = "--path",
            paramLabel = "P",
            defaultValue = "m",
            description = "A child key; hardened steps (44') are possible here.")
    private String path = "m";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "raw",
            description = "How to write it: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}, hexadecimal.")
    private KeyFormat format = KeyFormat.RAW;

    @Option(names = "--keystore-password-file", paramLabel = "F", description = "The password of the new keystore.")
    private @Nullable Path passwordFile;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The new file.")
    @SuppressWarnings("NullAway.Init") // picocli sets required options
    private Path out;

    private record Report(
            boolean ok,
            String keyId,
            String publicKey,
            String curve,
            long epoch,
            String path,
            String format,
            String file) {}

    public RecoveryOpenCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() throws IOException {
        var target = host.resolve(out);
        if (Files.exists(target)) {
            throw new CommandFailed(
                    ProblemCode.FILE_SYSTEM, target + " exists; nothing was changed", "Choose another name.");
        }
        var password = passwordFile == null ? new char[0] : Offline.firstLine(host.resolve(passwordFile));
        try (var decryptor = rsaKey.open(host)) {
            var opened = Offline.open(
                    Offline.read(host.resolve(file)),
                    new Offline.Order(label, Optional.ofNullable(keyId), ChildPath.parse(path), format, password),
                    decryptor,
                    host.random());
            try {
                PrivateFile.create(target, opened.content());
            } finally {
                Arrays.fill(opened.content(), (byte) 0);
            }
            return outcome(opened, target);
        } catch (RecoveryRefused e) {
            throw Refusals.locked(e);
        } catch (IllegalStateException e) {
            throw new CommandFailed(ProblemCode.RECOVERY_LOCKED, String.valueOf(e.getMessage()));
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private Outcome outcome(Opened opened, Path target) {
        var key = opened.key();
        var report = new Report(
                true,
                key.keyId(),
                Bytes.of(opened.publicKey()).hex(),
                RecoveryReport.curve(key),
                key.epoch(),
                path,
                format.toString(),
                target.toString());
        var outcome = Outcome.of(
                        report,
                        List.of(
                                "key         " + report.keyId() + ", " + path,
                                "public key  " + report.publicKey(),
                                "written     " + target + ", " + format))
                .noting("the whole key is in this file now: move what it protects, then destroy it");
        return key.group().equals(Groups.ED25519)
                ? outcome.suggesting("quorate recovery sign --scalar " + out + " --message FILE")
                : outcome;
    }
}
