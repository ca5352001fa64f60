package quorate.node.backup;

import java.nio.file.Path;
import quorate.api.ProblemCode;

/** A backup file, or what it should be restored into, is not what it must be. Nothing was changed. */
public final class BackupRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final ProblemCode code;

    public BackupRefused(ProblemCode code, Path file, String reason) {
        super(file + ": " + reason);
        this.code = code;
    }

    public ProblemCode code() {
        return code;
    }
}
