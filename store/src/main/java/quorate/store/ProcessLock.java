package quorate.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * An exclusive operating-system lock on a file, held until it is closed or the process ends (PSG-3). The file holds the
 * pid of its holder, stays behind, and means nothing by itself.
 *
 * <p>POSIX drops a process's lock when that process closes <em>any</em> descriptor of the file. So a lock file that
 * this process holds is never opened by it a second time; {@link #HELD} sees to that here.
 */
final class ProcessLock implements AutoCloseable {
    private static final Set<Object> HELD = new HashSet<>();
    private static final int PID_DIGITS = 20;

    private final Path file;
    private final Object fileKey;
    private final FileChannel channel;

    private ProcessLock(Path file, Object fileKey, FileChannel channel) {
        this.file = file;
        this.fileKey = fileKey;
        this.channel = channel;
    }

    /** The lock, or {@link AlreadyRunning}. Never waits. */
    static ProcessLock acquire(Path file) {
        try {
            createIfAbsent(file);
            FilePermissions.requireNoLink(file);
            FilePermissions.requireOwnerOnly(file);
            synchronized (HELD) {
                return acquireExisting(file);
            }
        } catch (IOException e) {
            throw new StorageFailed("lock " + file, e);
        }
    }

    private static ProcessLock acquireExisting(Path file) throws IOException {
        var fileKey = fileKey(file);
        if (HELD.contains(fileKey)) {
            throw new AlreadyRunning(file, OptionalLong.of(ProcessHandle.current().pid()));
        }
        var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw new AlreadyRunning(file, readPid(channel));
            }
            channel.truncate(0);
            channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        HELD.add(fileKey);
        return new ProcessLock(file, fileKey, channel);
    }

    /** Whether the file that carries our lock is still the one that another process would try. */
    boolean stillInPlace() {
        try {
            return channel.isOpen() && Files.exists(file) && fileKey.equals(fileKey(file));
        } catch (IOException e) {
            return false;
        }
    }

    Path file() {
        return file;
    }

    @Override
    public void close() {
        synchronized (HELD) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new StorageFailed("unlock " + file, e);
            } finally {
                HELD.remove(fileKey);
            }
        }
    }

    private static void createIfAbsent(Path file) throws IOException {
        try {
            FilePermissions.createFile(file);
        } catch (FileAlreadyExistsException e) {
            return;
        }
    }

    private static Object fileKey(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    private static OptionalLong readPid(FileChannel channel) throws IOException {
        var buffer = ByteBuffer.allocate(PID_DIGITS);
        channel.read(buffer, 0);
        var text = StandardCharsets.US_ASCII.decode(buffer.flip()).toString().strip();
        return text.matches("[1-9][0-9]{0,17}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
