package quorate.rsa;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files with a secret in them: read only if nobody else can, and made so that nobody else ever could. */
public final class PrivateFile {
    private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    private PrivateFile() {}

    /**
     * The content, which the caller wipes.
     *
     * @throws IOException naming the file, if it is missing, longer than {@code most}, or not its owner's alone
     */
    public static byte[] read(Path file, int most) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > most) {
            throw new IOException(file + ": there is no such file of at most " + most + " bytes");
        }
        var mode = Files.getPosixFilePermissions(file);
        if (!OWNER.containsAll(mode)) {
            throw new IOException(file + " has mode " + PosixFilePermissions.toString(mode)
                    + ", so others can use it; chmod 600 " + file);
        }
        return Files.readAllBytes(file);
    }

    /** A new file of mode 0600, synced with its name. Never overwrites. */
    public static void create(Path file, byte[] content) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(MODE))) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
