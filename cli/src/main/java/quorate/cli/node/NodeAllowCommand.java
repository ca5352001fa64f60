package quorate.cli.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.cli.transfer.WrappingCard;

/** {@code node allow}: what a node may give away, in its own configuration and nowhere else. */
@Command(
        name = "allow",
        description = {
            "List a key in the configuration of a node. The node reads it when it starts; no API changes it.",
            "For the RSA keys of --recovery-key the node makes emergency recovery data, with which their holders",
            "get whole keys.",
            "For the RSA keys of --share-backup-key administrators may have shares of this node sealed.",
            "To the nodes of --destination keys may move. The holder of a --custodian-key may be given WHOLE KEYS."
        },
        footer = {
            "  quorate node allow --config node-1/node.toml --recovery-key recovery.pem",
            "  quorate node allow --config node-1/node.toml --share-backup-key backup-key.pem",
            "  quorate node allow --config node-1/node.toml --destination cards/node-2.json"
        })
public final class NodeAllowCommand extends Action {
    private final Founding founding;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The node.toml of the node.")
    @SuppressWarnings("NullAway.Init") // picocli sets required options
    private Path config;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets required groups
    private Whom whom;

    /** One of them. */
    static final class Whom {
        @Option(
                names = "--recovery-key",
                paramLabel = "F",
                description = "An RSA public key (PEM) of 3072 or 4096 bits; 2048 are accepted.")
        private @Nullable Path recoveryKey;

        @Option(
                names = "--share-backup-key",
                paramLabel = "F",
                description = "An RSA public key (PEM) of 3072 or 4096 bits; 2048 are accepted.")
        private @Nullable Path shareBackupKey;

        @Option(
                names = "--destination",
                paramLabel = "CARD",
                description = "The card of a node of another installation, of `quorate node wrapping-key`.")
        private @Nullable Path destination;

        @Option(names = "--custodian-key", paramLabel = "F", description = "The RSA public key (PEM) of a custodian.")
        private @Nullable Path custodianKey;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Allowed(
            @Nullable String recoveryKey,
            @Nullable String shareBackupKey,
            @Nullable Integer index,
            @Nullable String destination,
            @Nullable String custodianKey) {}

    public NodeAllowCommand(Host host, Founding founding) {
        super(host);
        this.founding = founding;
    }

    @Override
    protected Outcome run() {
        return allow(host.resolve(config)).noting("it takes effect when the node starts again");
    }

    private Outcome allow(Path file) {
        if (whom.recoveryKey != null) {
            var fingerprint = founding.allowRecovery(file, host.resolve(whom.recoveryKey));
            return Outcome.of(
                    new Allowed(fingerprint, null, null, null, null), List.of("listed: RSA key " + fingerprint));
        }
        if (whom.shareBackupKey != null) {
            var fingerprint = founding.allowShareBackup(file, host.resolve(whom.shareBackupKey));
            return Outcome.of(new Allowed(null, fingerprint, null, null, null), List.of("listed: RSA key " + fingerprint));
        }
        if (whom.destination != null) {
            var card = WrappingCard.read(host.resolve(whom.destination));
            var fingerprint = founding.allowDestination(file, card.index(), card.publicKey());
            return Outcome.of(
                            new Allowed(null, null, card.index(), fingerprint, null),
                            List.of("listed: destination " + card.index() + ", wrapping key " + fingerprint))
                    .noting("compare the fingerprint with what the operator of that node reads to you");
        }
        var custodian = Objects.requireNonNull(whom.custodianKey);
        var fingerprint = founding.allowCustodian(file, host.resolve(custodian));
        return Outcome.of(
                        new Allowed(null, null, null, null, fingerprint),
                        List.of("listed: custodian with RSA key " + fingerprint))
                .noting("warning: its holder may be given whole keys of this cluster");
    }
}
