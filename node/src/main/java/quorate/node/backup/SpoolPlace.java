package quorate.node.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where databases out of backup files are put to look at them: in folders that only their owner can enter and that are
 * gone afterwards.
 *
 * @param folder empty for where the system keeps temporary files
 */
public record SpoolPlace(Optional<Path> folder) {
    public static final SpoolPlace TEMPORARY = new SpoolPlace(Optional.empty());

    public static SpoolPlace in(Path folder) {
        return new SpoolPlace(Optional.of(folder));
    }

    Spool open() throws IOException {
        return folder.isPresent() ? Spool.in(folder.get()) : Spool.temporary();
    }
}
