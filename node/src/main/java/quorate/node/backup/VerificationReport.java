package quorate.node.backup;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a verification came to.
 *
 * @param files every named file
 * @param keys every key in any of them: whether this set of files brings it back
 * @param findings what is wrong; empty if nothing is
 */
public record VerificationReport(List<CheckedFile> files, List<RestorableKey> keys, List<Finding> findings) {
    public VerificationReport {
        files = List.copyOf(files);
        keys = List.copyOf(keys);
        findings = List.copyOf(findings);
    }

    /** Nothing is wrong with what was named. */
    public boolean ok() {
        return findings.isEmpty();
    }

    /**
     * One file.
     *
     * @param contents what it says of itself; empty if it was refused
     * @param sharesOpened whether the shares in it were opened and checked, which needs the node's master key
     */
    public record CheckedFile(Path file, Optional<BackupSummary> contents, boolean sharesOpened) {}

    /**
     * One key.
     *
     * @param restorable whether enough of the files hold one and the same sharing of it
     * @param why in words, with the players
     */
    public record RestorableKey(String keyId, boolean restorable, String why) {}
}
