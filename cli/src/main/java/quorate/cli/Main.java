package quorate.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.bridge.SLF4JBridgeHandler;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Terminal;
import quorate.sdk.Timeouts;

/** The entry of the command line. */
public final class Main {
    /** Which of the standard streams are terminals, as the launcher found: Java itself knows less. */
    private static final String TERMINALS = "quorate.terminals";

    private Main() {}

    public static void main(String[] arguments) {
        boolean isNode = List.of(arguments).indexOf("run") == 1;
        if (isNode) {
            System.setProperty("quorate.log.target", "System.out");
            System.setProperty("quorate.log.level", "INFO");
        }
        // Helidon logs through java.util.logging: one format for all.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        var interruption = isNode ? null : Interruption.guard(Thread.currentThread());
        var host = host();
        int code = run(host, arguments);
        if (interruption != null) {
            interruption.over();
        }
        System.exit(code);
    }

    /** Runs one command in this process, with the streams of {@code host}, and answers its exit code. */
    public static int run(Host host, String... arguments) {
        return new CommandTree(host, Wiring.parts()).build().execute(arguments);
    }

    private static Host host() {
        var terminals = terminals();
        var terminal = new Terminal(
                System.in,
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                terminals.contains("0") && terminals.contains("2"),
                terminals.contains("2"));
        return new Host(
                terminal,
                System.getenv(),
                Path.of("").toAbsolutePath(),
                Clock.systemUTC(),
                new SecureRandom(),
                Timeouts.standard());
    }

    private static Set<String> terminals() {
        var found = System.getProperty(TERMINALS);
        if (found != null) {
            return Set.of(found.split(",", -1));
        }
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                ? Set.of("0", "1", "2")
                : Set.of();
    }
}
