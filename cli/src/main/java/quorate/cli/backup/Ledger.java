package quorate.cli.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import quorate.api.BackupState;
import quorate.api.Bytes;
import quorate.api.Json;
import quorate.api.ProblemCode;
import quorate.cli.cluster.OwnerFiles;
import quorate.cli.terminal.CommandFailed;

/**
 * {@code backups.json} beside the backup files: what was made, what was found when it was verified. Rewritten as a
 * whole.
 */
final class Ledger {
    private static final String NAME = "backups.json";
    private static final int VERSION = 1;

    private final Path folder;

    Ledger(Path folder) {
        this.folder = folder;
    }

    /** The file of one node. */
    record FileEntry(int node, String file, BackupState state, Bytes digest, long bytes, int keys, String detail) {}

    /** What a verification or a drill found. */
    record Check(Instant at, boolean ok, String detail) {}

    /** One backup of several nodes. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            String backupId,
            Instant createdAt,
            List<FileEntry> files,
            @Nullable Check verified,
            @Nullable Check drilled) {
        Entry {
            files = List.copyOf(files);
        }

        boolean complete() {
            return !files.isEmpty() && files.stream().allMatch(file -> file.state() == BackupState.COMPLETE);
        }

        Entry checked(Check check) {
            return new Entry(backupId, createdAt, files, check, drilled);
        }

        Entry drilled(Check check) {
            return new Entry(backupId, createdAt, files, verified, check);
        }
    }

    private record Content(int version, List<Entry> backups) {}

    static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(NAME));
    }

    /** The backups, newest first. */
    List<Entry> read() throws IOException {
        var file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try {
            var content = Json.strictMapper().readValue(Files.readAllBytes(file), Content.class);
            if (content.version() != VERSION) {
                throw new CommandFailed(ProblemCode.FILE_SYSTEM, file + " is of a newer version of Quorate");
            }
            return content.backups().stream()
                    .sorted(Comparator.comparing(Entry::createdAt).reversed())
                    .toList();
        } catch (JacksonException e) {
            throw new CommandFailed(
                    ProblemCode.FILE_SYSTEM,
                    file + " is damaged",
                    "Move it away: the backup files do not depend on it. Then verify them again.");
        }
    }

    void add(Entry entry) throws IOException {
        change(entries -> {
            var all = new ArrayList<>(entries);
            all.add(entry);
            return all;
        });
    }

    /** Keeps the result of a verification with every backup that has this file. */
    void record(String file, Check check) throws IOException {
        change(file, entry -> entry.checked(check));
    }

    /** Keeps the result of a drill with every backup that has this file. */
    void recordDrill(String file, Check check) throws IOException {
        change(file, entry -> entry.drilled(check));
    }

    private void change(String file, UnaryOperator<Entry> change) throws IOException {
        change(entries -> entries.stream()
                .map(entry -> find(entry, file).isPresent() ? change.apply(entry) : entry)
                .toList());
    }

    private static Optional<FileEntry> find(Entry entry, String file) {
        return entry.files().stream().filter(each -> each.file().equals(file)).findFirst();
    }

    private void change(UnaryOperator<List<Entry>> change) throws IOException {
        var lock = folder.resolve("." + NAME + ".lock");
        try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = channel.lock()) {
            if (!held.isValid()) {
                throw new IOException("cannot lock " + lock);
            }
            var content = Json.write(new Content(VERSION, change.apply(read())));
            OwnerFiles.replace(folder.resolve(NAME), new String(content, StandardCharsets.UTF_8) + "\n");
        }
    }
}
