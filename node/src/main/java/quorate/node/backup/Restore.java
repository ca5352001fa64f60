package quorate.node.backup;

import java.io.IOException;

/** A restore that was validated as a whole and has changed nothing yet (product.md 2.1). */
public interface Restore extends AutoCloseable {
    RestorePlan plan();

    /** Does what the plan says: one rename, or one transaction. */
    void carryOut() throws BackupRefused, IOException;

    @Override
    void close();
}
