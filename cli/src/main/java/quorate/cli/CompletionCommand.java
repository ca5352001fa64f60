package quorate.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import quorate.cli.terminal.Action;
import quorate.cli.terminal.Host;

/** {@code completion}: a script with which bash and zsh complete commands and options. */
@Command(
        name = "completion",
        description = "Print a completion script for bash and zsh.",
        footer = {"  source <(quorate completion)"})
public final class CompletionCommand implements Callable<Integer> {
    private final Host host;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets the spec
    private CommandSpec spec;

    public CompletionCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        var root = spec.root();
        host.terminal().out().print(AutoComplete.bash(root.name(), root.commandLine()));
        return Action.DONE;
    }
}
