package quorate.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** Another process holds the lock of this configuration or of this database (PSG-3). Nothing was read. */
public final class AlreadyRunning extends StoreException {
    private static final long serialVersionUID = 1L;
    private static final long UNKNOWN = 0;

    private final String file;
    private final long pid;

    AlreadyRunning(Path file, OptionalLong pid) {
        super("another process"
                + (pid.isPresent() ? " (pid " + pid.getAsLong() + ")" : "")
                + " holds "
                + file
                + "; a node runs once: stop that process first, and do not delete the lock file");
        this.file = file.toString();
        this.pid = pid.orElse(UNKNOWN);
    }

    /** The lock file. */
    public String file() {
        return file;
    }

    public OptionalLong pid() {
        return pid == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(pid);
    }

    @Override
    public String code() {
        return "ALREADY_RUNNING";
    }

    @Override
    public Optional<String> check() {
        return Optional.of("PSG-3");
    }
}
