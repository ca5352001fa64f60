package quorate.cli.key;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import quorate.cli.cluster.ClusterOption;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Outcome;

/** {@code key show}: one key, as every node holds it. */
@Command(
        name = "show",
        description = "Show a key as every node holds it, and who disagrees.",
        footer = {"  quorate key show treasury"})
public final class KeyShowCommand extends Action {
    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Parameters(paramLabel = "ID", description = "The key.")
    private String id = "";

    public KeyShowCommand(Host host) {
        super(host);
    }

    @Override
    protected Outcome run() {
        try (var clients = cluster.open(host)) {
            var view = clients.tsm().showKey(id);
            var outcome = KeyReport.of(view).outcome();
            return view.disagreement().map(outcome::failing).orElse(outcome);
        }
    }
}
