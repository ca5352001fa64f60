package quorate.cli.node;

import java.nio.file.Path;
import java.util.List;
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
            "For the RSA keys of --share-backup-key administrators may have shares of this node sealed."
        },
        footer = {"  quorate node allow --config node-1/node.toml --share-backup-key backup-key.pem"})
public final class NodeAllowCommand extends Action {
    private final Founding founding;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The node.toml of the node.")
    @SuppressWarnings("NullAway.Init") // picocli sets required options
    private Path config;

    @Option(
            names = "--share-backup-key",
            required = true,
            paramLabel = "F",
            description = "An RSA public key (PEM) of 3072 or 4096 bits; 2048 are accepted.")
    @SuppressWarnings("NullAway.Init") // picocli sets required options
    private Path shareBackupKey;

    private record Allowed(String shareBackupKey) {}

    public NodeAllowCommand(Host host, Founding founding) {
        super(host);
        this.founding = founding;
    }

    @Override
    protected Outcome run() {
        var fingerprint = founding.allowShareBackup(host.resolve(config), host.resolve(shareBackupKey));
        return Outcome.of(new Allowed(fingerprint), List.of("listed: RSA key " + fingerprint))
                .noting("it takes effect when the node starts again");
    }
}
