package quorate.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes that survive a power failure. */
final class Disk {
    private static final int CHUNK_BYTES = 1 << 16;

    private Disk() {}

    /** Writes all of it and waits until it is on the disk. */
    static void write(FileChannel channel, byte[] content) throws IOException {
        var buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        channel.force(true);
    }

    /** Makes what was written to a file, or the names in a folder, survive. */
    static void sync(Path path) throws IOException {
        var option = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                ? StandardOpenOption.READ
                : StandardOpenOption.WRITE;
        try (var channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    /** Copies into a file that only its owner can open and that does not exist yet. */
    static void copy(Path from, Path to) throws IOException {
        try (var in = FileChannel.open(from, StandardOpenOption.READ);
                var out = FilePermissions.create(to)) {
            var buffer = ByteBuffer.allocate(CHUNK_BYTES);
            while (in.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
                buffer.clear();
            }
            out.force(true);
        }
    }

    /** Gives a finished file its name: before, the name is not there; after, all of the file is. */
    static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        var folder = to.toAbsolutePath().getParent();
        if (folder != null) {
            sync(folder);
        }
    }
}
