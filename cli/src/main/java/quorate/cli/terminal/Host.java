package quorate.cli.terminal;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import quorate.sdk.Timeouts;

/**
 * What commands have from the machine they run on.
 *
 * @param folder the working directory: relative paths begin there
 */
public record Host(
        Terminal terminal,
        Map<String, String> environment,
        Path folder,
        Clock clock,
        SecureRandom random,
        Timeouts timeouts) {
    public Host {
        environment = Map.copyOf(environment);
    }

    public Path resolve(Path path) {
        return folder.resolve(path);
    }
}
