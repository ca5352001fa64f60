package quorate.cli.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;

/** {@code node allow}: what a node may give away, in its own configuration and nowhere else. */
@Command(
        name = "allow",
        description = {
            "List a key in the configuration of a node. The node reads it when it starts; no API changes it.",
            "For the RSA keys of --recovery-key the node makes emergency recovery data, with which their holders",
            "get whole keys.",
            "For those of --share-backup-key administrators may have shares of this node sealed."
        },
        footer = {
            "  quorate node allow --config node-1/node.toml --recovery-key recovery.pem",
            "  quorate node allow --config node-1/node.toml --share-backup-key backup-key.pem"
        })
public final class NodeAllowCommand extends Action {
    private final Founding founding;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The node.toml of the node.")
    @SuppressWarnings("NullAway.Init") // picocli sets required options
    private Path config;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets required groups
    private Listed listed;

    /** What is listed: one of both. */
    private static final class Listed {
        @Option(
                names = "--recovery-key",
                required = true,
                paramLabel = "F",
                description = "An RSA public key (PEM) of 3072 or 4096 bits; 2048 are accepted.")
        private @Nullable Path recoveryKey;

        @Option(
                names = "--share-backup-key",
                required = true,
                paramLabel = "F",
                description = "An RSA public key (PEM) of 3072 or 4096 bits; 2048 are accepted.")
        private @Nullable Path shareBackupKey;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Allowed(@Nullable String recoveryKey, @Nullable String shareBackupKey) {}

    public NodeAllowCommand(Host host, Founding founding) {
        super(host);
        this.founding = founding;
    }

    @Override
    protected Outcome run() {
        var file = host.resolve(config);
        var recovery = listed.recoveryKey == null
                ? null
                : founding.allowRecovery(file, host.resolve(listed.recoveryKey));
        var shares = listed.shareBackupKey == null
                ? null
                : founding.allowShareBackup(file, host.resolve(listed.shareBackupKey));
        var fingerprint = recovery == null ? shares : recovery;
        return Outcome.of(new Allowed(recovery, shares), List.of("listed: RSA key " + fingerprint))
                .noting("it takes effect when the node starts again");
    }
}
