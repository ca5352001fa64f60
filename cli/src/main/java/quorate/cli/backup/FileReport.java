package quorate.cli.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quorate.cli.backup.BackupFiles.FileVerdict;
import quorate.cli.backup.BackupFiles.Finding;

/**
 * One file as verified, as commands print it.
 *
 * @param node absent, as {@code backupId}, if the file cannot be read that far
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FileReport(
        String file,
        @Nullable Integer node,
        @Nullable String backupId,
        boolean sharesOpened,
        boolean ok,
        List<Finding> findings) {
    FileReport {
        findings = List.copyOf(findings);
    }

    static FileReport of(FileVerdict verdict) {
        var manifest = verdict.manifest();
        return new FileReport(
                verdict.file().toString(),
                manifest == null ? null : manifest.node(),
                manifest == null ? null : manifest.backupId(),
                verdict.sharesOpened(),
                verdict.findings().isEmpty(),
                verdict.findings());
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(file + (ok ? "  good" : "  BAD")
                + (sharesOpened ? ", shares opened and checked" : ", shares not opened: no master key here"));
        findings.forEach(finding -> {
            lines.add("  " + finding.code() + (finding.keyId() == null ? "" : " key " + finding.keyId()) + ": "
                    + finding.detail());
            lines.add("    what to do: " + finding.remedy());
        });
        return lines;
    }
}
