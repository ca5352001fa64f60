package quorate.cli.share;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;

/** {@code share verify}: what a share backup holds, and whether all of it is right. */
@Command(
        name = "verify",
        description = {
            "Check a share backup without a node: length, digest, signature, the record of the key; with what opens it, that",
            "the share lies on its public commitment; with a node, that it is of this node."
        },
        footer = {
            "  quorate share verify treasury-2.share",
            "  quorate share verify treasury-2.share --password-file pw --node 2"
        })
public final class ShareVerifyCommand extends Action {
    private final ShareFiles files;

    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Parameters(paramLabel = "FILE", description = "The share backup.")
    @SuppressWarnings("NullAway.Init") // picocli sets parameters
    private Path file;

    @ArgGroup
    private @Nullable OpeningOption opening;

    @ArgGroup
    private @Nullable NodeOption node;

    public ShareVerifyCommand(Host host, ShareFiles files) {
        super(host);
        this.files = files;
    }

    @Override
    protected Outcome run() {
        var config = Optional.ofNullable(node).map(named -> named.config(cluster, host));
        var source = host.resolve(file);
        var report = ShareReport.of(files.verify(source, OpeningOption.of(opening, host), config), source);
        var outcome = Outcome.of(report, report.lines());
        return report.opened()
                ? outcome
                : outcome.noting("the share itself was not checked: give --password-file or --private-key");
    }
}
