package quorate.cli.key;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quorate.api.Signable;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.CommandFailed;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;
import quorate.sdk.KeyDerivation;

/** {@code key public}: the public key of a descendant. */
@Command(
        name = "public",
        description = {
            "Print the public key of a key or of one derived from it.",
            "The nodes are asked for the key itself only; what is derived is computed here."
        },
        footer = {"  quorate key public treasury", "  quorate key public wallet --path m/0/1"})
public final class KeyPublicCommand extends Action {
    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Parameters(paramLabel = "ID", description = "The key.")
    private String id = "";

    @Option(
            names = "--path",
            paramLabel = "PATH",
            description = "Soft derivation steps, such as m/0/1; default m, the key itself.")
    private String path = Signable.ROOT_PATH;

    private record PublicKey(String keyId, String path, String publicKey) {}

    public KeyPublicCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() {
        try (var clients = cluster.open(host)) {
            var view = clients.tsm().showKey(id);
            // A key that somebody disagrees about is no place to send money to.
            view.disagreementAboutPublicKey().ifPresent(problem -> {
                throw new CommandFailed(problem);
            });
            var publicKey = KeyDerivation.publicKey(view.agreed(), path).hex();
            return Outcome.of(new PublicKey(id, path, publicKey), List.of(publicKey));
        }
    }
}
