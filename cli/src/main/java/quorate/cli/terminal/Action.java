package quorate.cli.terminal;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/**
 * A command with a result. Subclasses say what they do; how it is printed and what it exits with is the same for all.
 */
public abstract class Action implements Callable<Integer> {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int WRONG_USAGE = 2;

    protected final Host host;

    @Option(names = "--json", description = "Print one JSON object, and problems as JSON on standard error.")
    private boolean json;

    protected Action(Host host) {
        this.host = host;
    }

    protected abstract Outcome run() throws IOException, InterruptedException;

    @Override
    public final Integer call() throws IOException, InterruptedException {
        return run().show(host.terminal(), json);
    }

    protected final Progress progress() {
        return Progress.on(host.terminal(), json, host.environment().containsKey("NO_COLOR"));
    }

    /** Whether people read what this prints. */
    protected final boolean speaksToPeople() {
        return !json;
    }
}
