package quorate.cli.terminal;

import java.io.IOException;
import picocli.CommandLine.Option;
import quorate.api.ProblemCode;

/** Destructive commands want the name of what they destroy, or {@code --yes}. */
public final class Confirmation {
    @Option(names = "--yes", description = "Do it without asking for the name.")
    private boolean yes;

    /** Says what will happen and asks for the name, unless {@code --yes} was given. */
    public void require(Terminal terminal, String whatWillHappen, String name) throws IOException {
        if (yes) {
            return;
        }
        var typed = terminal.ask(whatWillHappen + "\nType " + name + " to go on: ");
        if (typed.isEmpty()) {
            throw new CommandFailed(ProblemCode.CONFIRMATION, whatWillHappen);
        }
        if (!typed.get().strip().equals(name)) {
            throw new CommandFailed(ProblemCode.CONFIRMATION, "another name was typed; nothing was done");
        }
    }

    /** The same for commands whose own option already says what is destroyed: scripts need not say it twice. */
    public void requireOnTerminal(Terminal terminal, String whatWillHappen, String name) throws IOException {
        if (terminal.inputIsTerminal()) {
            require(terminal, whatWillHappen, name);
        }
    }
}
