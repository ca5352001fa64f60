package quorate.cli.recovery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.cluster.OwnerFiles;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.recovery.RecoveryFile;
import quorate.recovery.RecoveryRefused;
import quorate.recovery.tool.Offline;
import quorate.rsa.RsaRecipient;
import quorate.sdk.RecoveryCreation;

/** {@code recovery create}: every node's part, validated by every node, in one file. */
@Command(
        name = "create",
        description = {
            "Make emergency recovery data: with it, the label and the RSA private key, whole keys are recovered",
            "without any node.",
            "Every node must list the RSA key (node allow --recovery-key). All nodes validate the parts of all",
            "before the file is written, and the file is read back and verified."
        },
        footer = {
            "  quorate recovery create --key treasury --to recovery.pem --label \"two directors\" --out t.recovery",
            "  quorate recovery create --key a --key b --to recovery.pem --label \"two directors\" --out both.recovery"
        })
public final class RecoveryCreateCommand extends Action {
    private static final String INCOMPLETE = ".incomplete";

    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Option(
            names = "--key",
            required = true,
            arity = "1..*",
            paramLabel = "ID",
            description = "The keys; up to 100 of one curve cost little more than one.")
    @SuppressWarnings("NullAway.Init") // picocli sets required options
    private List<String> keyIds;

    @Option(names = "--to", required = true, paramLabel = "RSA.pem", description = "The RSA public key (PEM).")
    @SuppressWarnings("NullAway.Init") // picocli sets required options
    private Path recipient;

    @Option(
            names = "--label",
            required = true,
            paramLabel = "TEXT",
            description = "A text, for instance a policy; it must be shown again to open, and anybody can read it.")
    private String label = "";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The new file.")
    @SuppressWarnings("NullAway.Init") // picocli sets required options
    private Path out;

    public RecoveryCreateCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() throws IOException {
        var target = host.resolve(out);
        if (Files.exists(target)) {
            throw new CommandFailed(
                    ProblemCode.FILE_SYSTEM, target + " exists; nothing was changed", "Choose another name.");
        }
        var key = recipient();
        try (var clients = cluster.open(host)) {
            var created = new RecoveryCreation(clients.admins())
                    .create(keyIds, Bytes.of(key.spki()), label, host.clock().instant());
            var report = RecoveryReport.of(write(created, key, target), target);
            var outcome = Outcome.of(report, report.lines())
                    .noting("whoever has this file, the label and the RSA private key has the keys, for ever:"
                            + " it stays good after a reshare")
                    .noting("rehearse that the private key is there: quorate recovery rehearse --to " + recipient)
                    .suggesting("quorate recovery verify " + out + " --to " + recipient);
            return key.isShort()
                    ? outcome.noting("warning: the RSA key has 2048 bits; make the next one with 3072")
                    : outcome;
        } catch (RecoveryRefused e) {
            throw Refusals.invalid(e);
        }
    }

    private RsaRecipient recipient() {
        try {
            return RsaRecipient.read(host.resolve(recipient));
        } catch (IOException e) {
            throw new CommandFailed(ProblemCode.RECIPIENT_REFUSED, String.valueOf(e.getMessage()));
        }
    }

    /** Under a name of its own until it is on the disk; then it is read back and verified as a stranger would. */
    private static RecoveryFile write(RecoveryFile created, RsaRecipient key, Path target)
            throws IOException, RecoveryRefused {
        var temporary = target.resolveSibling(target.getFileName() + INCOMPLETE);
        Files.deleteIfExists(temporary);
        try (var channel = OwnerFiles.create(temporary)) {
            var bytes = ByteBuffer.wrap(created.encode());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        var read = Offline.read(temporary);
        read.requireRecipient(key);
        read.verify();
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        OwnerFiles.syncFolder(target);
        return read;
    }
}
