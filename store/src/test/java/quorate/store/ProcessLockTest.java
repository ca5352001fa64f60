package quorate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {
    @TempDir
    Path folder;

    @Test
    void secondHolderInThisProcessIsRefusedAndNamed() {
        var file = folder.resolve("node.lock");
        try (var first = ProcessLock.acquire(file)) {
            assertThat(first.stillInPlace()).isTrue();
            FilePermissions.requireOwnerOnly(file);
            var pid = ProcessHandle.current().pid();
            assertThatThrownBy(() -> ProcessLock.acquire(file))
                    .isInstanceOfSatisfying(AlreadyRunning.class, refusal -> {
                        assertThat(refusal.file()).isEqualTo(file.toString());
                        assertThat(refusal.pid()).isEqualTo(OptionalLong.of(pid));
                        assertThat(refusal.code()).isEqualTo("ALREADY_RUNNING");
                        assertThat(refusal.check()).contains("PSG-3");
                    })
                    .hasMessage("another process (pid " + pid + ") holds " + file
                            + "; a node runs once: stop that process first, and do not delete the lock file");
        }
        ProcessLock.acquire(file).close();
    }

    @Test
    void anotherNameOfTheLockFileDoesNotHelp() throws Exception {
        var file = folder.resolve("node.lock");
        try (var first = ProcessLock.acquire(file)) {
            assertThat(first.stillInPlace()).isTrue();
            var hardLink = Files.createLink(folder.resolve("hard.lock"), file);
            assertThatThrownBy(() -> ProcessLock.acquire(hardLink)).isInstanceOf(AlreadyRunning.class);
            var symbolicLink = Files.createSymbolicLink(folder.resolve("symbolic.lock"), file);
            assertThatThrownBy(() -> ProcessLock.acquire(symbolicLink)).isInstanceOf(UnsafePermissions.class);
        }
    }

    @Test
    void noticesThatTheLockFileWasRemovedOrReplaced() throws Exception {
        var file = folder.resolve("node.lock");
        try (var first = ProcessLock.acquire(file)) {
            Files.delete(file);
            assertThat(first.stillInPlace()).isFalse();
            FilePermissions.createFile(file);
            assertThat(first.stillInPlace()).isFalse();
        }
    }

    @Test
    void aStaleFileIsNoLock() {
        var file = folder.resolve("node.lock");
        TestNode.write(file, "12345678901234567890 a pid that is too long and means nothing", "rw-------");
        ProcessLock.acquire(file).close();
        assertThat(file).hasContent(ProcessHandle.current().pid() + "");
    }

    @Test
    void refusesALockFileOpenToOthers() {
        var file = folder.resolve("node.lock");
        TestNode.write(file, "", "rw-rw-rw-");
        assertThatThrownBy(() -> ProcessLock.acquire(file)).isInstanceOf(UnsafePermissions.class);
    }

    @Test
    void saysWhenTheFolderIsMissing() {
        var file = folder.resolve("no/such/node.lock");
        assertThatThrownBy(() -> ProcessLock.acquire(file))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("failed to lock " + file);
    }
}
