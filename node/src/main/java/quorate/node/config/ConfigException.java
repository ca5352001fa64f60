package quorate.node.config;

import java.io.IOException;
import java.nio.file.FileSystemException;

/** A configuration that is not used: which file, which setting, why, and what to do. Never shows a secret. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }

    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }

    static ConfigException of(IOException cause) {
        // Messages such as that of AccessDeniedException are a bare path.
        boolean bare = cause instanceof FileSystemException failure && failure.getReason() == null;
        var message = (bare ? cause.getClass().getSimpleName() + ": " : "") + cause.getMessage();
        return new ConfigException(message, cause);
    }
}
