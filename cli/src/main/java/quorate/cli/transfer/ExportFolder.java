package quorate.cli.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quorate.api.Bytes;
import quorate.api.Json;
import quorate.api.MalformedJson;
import quorate.api.ProblemCode;
import quorate.cli.cluster.OwnerFiles;
import quorate.cli.terminal.CommandFailed;
import quorate.sdk.WrappedKey;
import quorate.sdk.WrappedShare;

/**
 * The files of an export (docs/formats/export.md): {@code common.json}, and {@code share-I.json} for every destination. All
 * are for their owner alone, because headers show the chain code; the shares are sealed anyway.
 */
final class ExportFolder {
    private static final String COMMON = "common.json";
    private static final String COMMON_FORMAT = "quorate-export-1";
    private static final String SHARE_FORMAT = "quorate-export-share-1";
    private static final long LARGEST_BYTES = 256 << 10;

    private ExportFolder() {}

    /**
     * common.json.
     *
     * @param header the common header
     */
    private record Common(String format, Bytes header, List<Entry> shares) {}

    /** Who wrapped the share of one index, and what it signed; neither if a client split the key. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Entry(int index, @Nullable Bytes statementKey, @Nullable Bytes signature) {}

    /** share-I.json. */
    private record Share(String format, int index, Bytes header, Bytes blob) {}

    /**
     * Writes a new folder: first the shares, last the file that names them.
     *
     * @return the files, in the order of indices, common.json first
     */
    static List<Path> write(WrappedKey wrapped, Path folder) throws IOException {
        if (Files.exists(folder)) {
            throw new CommandFailed(
                    ProblemCode.FILE_SYSTEM, folder + " exists; nothing was changed", "Choose another name.");
        }
        Files.createDirectories(folder.toAbsolutePath().getParent());
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var files = new ArrayList<Path>();
        var entries = new ArrayList<Entry>();
        for (var share : wrapped.shares().values()) {
            var file = folder.resolve("share-" + share.index() + ".json");
            replace(file, new Share(SHARE_FORMAT, share.index(), share.header(), share.blob()));
            files.add(file);
            entries.add(new Entry(
                    share.index(), share.statementKey().orElse(null), share.signature().orElse(null)));
        }
        var common = folder.resolve(COMMON);
        replace(common, new Common(COMMON_FORMAT, Bytes.of(wrapped.common().encode()), entries));
        files.addFirst(common);
        return List.copyOf(files);
    }

    private static void replace(Path file, Object content) throws IOException {
        OwnerFiles.replace(file, new String(Json.write(content), StandardCharsets.UTF_8) + "\n");
    }

    /** Reads a folder, of which all files must be there and belong together. */
    static WrappedKey read(Path folder) {
        var common = read(folder.resolve(COMMON), Common.class);
        require(COMMON_FORMAT.equals(common.format()) && common.shares() != null && common.header() != null, folder);
        var shares = new ArrayList<WrappedShare>();
        for (var entry : common.shares()) {
            var share = read(folder.resolve("share-" + entry.index() + ".json"), Share.class);
            require(
                    SHARE_FORMAT.equals(share.format())
                            && share.index() == entry.index()
                            && share.header() != null
                            && share.blob() != null,
                    folder);
            shares.add(new WrappedShare(
                    share.index(),
                    share.header(),
                    share.blob(),
                    Optional.ofNullable(entry.signature()),
                    Optional.ofNullable(entry.statementKey())));
        }
        var wrapped = WrappedKey.of(shares);
        if (!Bytes.of(wrapped.common().encode()).equals(common.header())) {
            throw new CommandFailed(
                    ProblemCode.EXPORT_UNSOUND, folder + ": the shares are not those of the header in " + COMMON);
        }
        return wrapped;
    }

    private static <T> T read(Path file, Class<T> type) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_BYTES) {
                throw new CommandFailed(ProblemCode.FILE_SYSTEM, file + ": there is no such file of an export");
            }
            return Json.readRequest(Files.readAllBytes(file), type);
        } catch (MalformedJson e) {
            throw new CommandFailed(ProblemCode.EXPORT_UNSOUND, file + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void require(boolean holds, Path folder) {
        if (!holds) {
            throw new CommandFailed(ProblemCode.EXPORT_UNSOUND, folder + " is not a folder that an export has written");
        }
    }
}
