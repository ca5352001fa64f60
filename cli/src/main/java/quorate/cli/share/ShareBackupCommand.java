package quorate.cli.share;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quorate.api.ProblemCode;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.share.ShareFiles.Described;
import quorate.cli.share.ShareFiles.Protection;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;

/** {@code share backup}: one node's share of one key, into a file. */
@Command(
        name = "backup",
        description = {
            "Write one node's share of a key into a file.",
            "A file that is plain or under a password is written by the node itself, on its machine and for the user that",
            "runs it. A sealed one also goes to administrators, but only for RSA keys that the node lists."
        },
        footer = {
            "  quorate share backup --key treasury --node 2 --password-file pw --out treasury-2.share",
            "  quorate share backup --key treasury --node 2 --to backup-key.pem --out treasury-2.share",
            "  quorate share backup --key treasury --node-config node.toml --plain --out treasury-2.share"
        })
public final class ShareBackupCommand extends Action {
    private final ShareFiles files;

    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Option(names = "--key", required = true, paramLabel = "ID", description = "The key.")
    private String keyId = "";

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets required groups
    private NodeOption node;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The new file.")
    @SuppressWarnings("NullAway.Init") // picocli sets required options
    private Path out;

    @ArgGroup
    private @Nullable ProtectionOption protection;

    @Option(names = "--label", paramLabel = "TEXT", description = "What is written on it, for people.")
    private String label = "";

    public ShareBackupCommand(Host host, ShareFiles files) {
        super(host);
        this.files = files;
    }

    @Override
    protected Outcome run() {
        var target = host.resolve(out);
        if (Files.exists(target)) {
            throw new CommandFailed(
                    ProblemCode.FILE_SYSTEM, target + " exists; nothing was changed", "Choose another name.");
        }
        var chosen = ProtectionOption.of(protection, host);
        var written = backUp(chosen, target);
        var report = ShareReport.of(written, target);
        var outcome = Outcome.of(report, report.lines());
        return switch (chosen) {
            case Protection.Plain() ->
                outcome.noting("warning: whoever reads " + target + " has the share; keep it as you keep the node");
            case Protection.Password(var file) ->
                outcome.noting("the password is the only way into it: keep it elsewhere than the file");
            case Protection.Sealed(var key) ->
                files.recipient(key).isShort()
                        ? outcome.noting("warning: the RSA key has 2048 bits; make the next one with 3072")
                        : outcome;
        };
    }

    private Described backUp(Protection chosen, Path target) {
        var number = node.number();
        if (chosen instanceof Protection.Sealed(var publicKey) && number.isPresent()) {
            try (var clients = cluster.open(host)) {
                var recipient = files.recipient(publicKey);
                var sealed = clients.admin(number.get()).backUpShare(keyId, recipient.spki(), label);
                return files.write(sealed.file(), target);
            }
        }
        return files.backUp(node.config(cluster, host), keyId, label, chosen, target);
    }
}
