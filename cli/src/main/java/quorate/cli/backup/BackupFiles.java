package quorate.cli.backup;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import quorate.api.Bytes;
import quorate.api.ProblemCode;
import quorate.api.Requirement;
import quorate.cli.terminal.CommandFailed;

/**
 * What can be done with backup files without a running node. Methods throw {@link CommandFailed} with a code of their
 * own.
 */
public interface BackupFiles {
    /**
     * What a file says of itself, after its structure, digest and signature were checked.
     *
     * @param digest SHA-256 of the whole file
     */
    record Manifest(String backupId, int node, Instant createdAt, Bytes digest, int keys) {}

    /** Something wrong with a file, or with one key in it. */
    record Finding(ProblemCode code, @Nullable String keyId, String detail, String remedy) {}

    /**
     * One file as verified.
     *
     * @param manifest absent if the file cannot be read that far
     * @param sharesOpened whether the master key was at hand and every share was decrypted and checked
     */
    record FileVerdict(Path file, @Nullable Manifest manifest, boolean sharesOpened, List<Finding> findings) {
        public FileVerdict {
            findings = List.copyOf(findings);
        }
    }

    /** Whether the named files bring a key back. */
    record KeyVerdict(String keyId, boolean restorable, String why) {}

    /** Everything that was found, file by file and key by key. */
    record Verification(List<FileVerdict> files, List<KeyVerdict> keys) {
        public Verification {
            files = List.copyOf(files);
            keys = List.copyOf(keys);
        }

        public boolean ok() {
            return files.stream().allMatch(file -> file.findings().isEmpty());
        }

        public Optional<Finding> first() {
            return files.stream().flatMap(file -> file.findings().stream()).findFirst();
        }
    }

    /**
     * What a restore will do.
     *
     * @param masterKey the fingerprint of the master key that opens the shares
     * @param afterwards what the operator does next
     */
    record Plan(
            String backupId,
            int node,
            Instant createdAt,
            String masterKey,
            List<KeyVerdict> keys,
            List<String> afterwards) {
        public Plan {
            keys = List.copyOf(keys);
            afterwards = List.copyOf(afterwards);
        }
    }

    /** A restore that was validated as a whole and has changed nothing yet. */
    interface Restore extends AutoCloseable {
        Plan plan();

        void carryOut();

        @Override
        void close();
    }

    /** The same, with everything that is put down in passing in this folder instead of where the system keeps such. */
    BackupFiles workingIn(Path folder);

    /** Reads the whole file. */
    Manifest check(Path file);

    /**
     * Checks every file, and all of them against one another; with the node.toml of a node also that its shares
     * decrypt and lie on their commitments. Findings are the answer, not an exception.
     */
    Verification verify(List<Path> files, SortedMap<Integer, Path> configs);

    /**
     * Validates a restore of the file to the node.
     *
     * @param keyId takes only this node's share of one key out of the file
     * @param replace whether the database, or the share, that is there may be replaced; else it is refused
     */
    Restore open(Path file, Path config, Optional<String> keyId, boolean replace);

    /** What a restore of the node needs besides the file. */
    List<Requirement> requirements(Path config);
}
