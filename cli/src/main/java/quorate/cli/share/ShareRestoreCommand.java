package quorate.cli.share;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.share.ShareFiles.Restored;
import quorate.cli.share.ShareFiles.Terms;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Confirmation;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;

/** {@code share restore}: a share out of a file, into the database of its node. */
@Command(
        name = "restore",
        description = {
            "Put a share back into the database of its node, which must be running, on its machine.",
            "Everything is checked before the first change; a share that is there is only overwritten with --replace."
        },
        footer = {
            "  quorate share restore --node 2 --in treasury-2.share --password-file pw --dry-run",
            "  quorate share restore --node 2 --in treasury-2.share --password-file pw",
            "  quorate share restore treasury-2.share --node-config node.toml"
        })
public final class ShareRestoreCommand extends Action {
    private final ShareFiles files;

    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets required groups
    private Source source;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets required groups
    private NodeOption node;

    @ArgGroup
    private @Nullable OpeningOption opening;

    @Option(names = "--key", paramLabel = "ID", description = "Refuse the file if it is of another key.")
    private Optional<String> keyId = Optional.empty();

    @Option(names = "--replace", description = "Overwrite the share that is there.")
    private boolean replace;

    @Option(
            names = "--force-older-epoch",
            description = "Put it back although the key was reshared since. The other nodes will not sign with it.")
    private boolean forceOlderEpoch;

    @Option(names = "--dry-run", description = "Check everything and say what would happen; change nothing.")
    private boolean dryRun;

    /** The file, in either of two ways. */
    private static final class Source {
        @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "The share backup.")
        private @Nullable Path file;

        @Option(names = "--in", paramLabel = "FILE", description = "The share backup.")
        private @Nullable Path in;

        Path path() {
            return Optional.ofNullable(in).or(() -> Optional.ofNullable(file)).orElseThrow();
        }
    }

    private record Report(String keyId, long epoch, int node, String outcome, boolean dryRun, boolean ok) {}

    public ShareRestoreCommand(Host host, ShareFiles files) {
        super(host);
        this.files = files;
    }

    @Override
    protected Outcome run() throws IOException {
        var config = node.config(cluster, host);
        var file = host.resolve(source.path());
        var opens = OpeningOption.of(opening, host);
        var planned = files.restore(config, file, opens, new Terms(keyId, replace, forceOlderEpoch, true));
        if (dryRun) {
            return report(planned);
        }
        if (replace || forceOlderEpoch) {
            confirmation.requireOnTerminal(host.terminal(), warning(planned), planned.keyId());
        }
        return report(files.restore(config, file, opens, new Terms(keyId, replace, forceOlderEpoch, false)));
    }

    private static String warning(Restored planned) {
        return "The share of key " + planned.keyId() + " on node " + planned.node() + " becomes that of epoch "
                + planned.epoch() + ": " + planned.outcome() + ".";
    }

    private Outcome report(Restored share) {
        var what =
                switch (share.outcome()) {
                    case "unchanged" -> "is there already";
                    case "forced" -> (dryRun ? "would be" : "is") + " put back by force, of an older epoch";
                    default -> (dryRun ? "would be " : "is ") + share.outcome();
                };
        var outcome = Outcome.of(
                new Report(share.keyId(), share.epoch(), share.node(), share.outcome(), dryRun, true),
                List.of("share of key " + share.keyId() + ", epoch " + share.epoch() + ", on node " + share.node() + " "
                        + what));
        return share.outcome().equals("forced")
                ? outcome.noting("the other nodes sign on without it; mend it with: quorate key repair " + share.keyId()
                        + " --node " + share.node())
                : outcome.suggesting("quorate key show " + share.keyId() + cluster.suffix());
    }
}
