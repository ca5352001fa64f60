package quorate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilePermissionsTest {
    @TempDir
    Path folder;

    @Test
    void createsOwnerOnlyFoldersAndFiles() throws Exception {
        var nested = folder.resolve("a/b");
        FilePermissions.createFolder(nested);
        FilePermissions.createFile(nested.resolve("file"));
        FilePermissions.create(nested.resolve("channel")).close();
        assertThat(mode(folder.resolve("a"))).isEqualTo("rwx------");
        assertThat(mode(nested)).isEqualTo("rwx------");
        assertThat(mode(nested.resolve("file"))).isEqualTo("rw-------");
        assertThat(mode(nested.resolve("channel"))).isEqualTo("rw-------");
        assertThatThrownBy(() -> FilePermissions.createFile(nested.resolve("file")))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwx--x---"})
    void refusesAFileThatIsOpenToOthers(String permissions) {
        var file = folder.resolve("file");
        TestNode.write(file, "x", permissions);
        assertThatThrownBy(() -> FilePermissions.requireOwnerOnly(file))
                .isInstanceOfSatisfying(UnsafePermissions.class, refusal -> {
                    assertThat(refusal.path()).isEqualTo(file.toString());
                    assertThat(refusal.code()).isEqualTo("UNSAFE_PERMISSIONS");
                })
                .hasMessageContaining("so others than its owner may get at it; run: chmod 600 " + file);
    }

    @Test
    void namesModeAndRemedyOfAFolder() {
        TestNode.chmod(folder, "rwxr-xr-x");
        assertThatThrownBy(() -> FilePermissions.requireOwnerOnly(folder))
                .hasMessage(folder + " has mode 0755, so others than its owner may get at it; run: chmod 700 " + folder);
    }

    @Test
    void acceptsOwnerOnlyModes() {
        var file = folder.resolve("file");
        for (var permissions : new String[] {"rw-------", "r--------", "rwx------"}) {
            TestNode.write(file, "x", "rw-------");
            TestNode.chmod(file, permissions);
            assertThatCode(() -> FilePermissions.requireOwnerOnly(folder, file)).doesNotThrowAnyException();
        }
    }

    @Test
    void judgesTheTargetOfALink() throws Exception {
        var file = folder.resolve("file");
        TestNode.write(file, "x", "rw-r--r--");
        var link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThatThrownBy(() -> FilePermissions.requireOwnerOnly(link)).isInstanceOf(UnsafePermissions.class);
        TestNode.chmod(file, "rw-------");
        assertThatCode(() -> FilePermissions.requireOwnerOnly(link)).doesNotThrowAnyException();
        assertThatThrownBy(() -> FilePermissions.requireNoLink(link))
                .hasMessage(link + " is a symbolic link; put the file itself there");
    }

    @Test
    void refusesAFileOfAnotherUser() throws Exception {
        assumeTrue(new UnixSystem().getUid() == 0, "only root can give a file away");
        var file = folder.resolve("file");
        TestNode.write(file, "x", "rw-------");
        Files.setAttribute(file, "unix:uid", 65534);
        assertThatThrownBy(() -> FilePermissions.requireOwnerOnly(file))
                .isInstanceOf(UnsafePermissions.class)
                .hasMessageContaining("belongs to user id 65534; run: chown ");
    }

    @Test
    void refusesAFileSystemWithoutOwners() throws Exception {
        var zip = folder.resolve("archive.zip");
        try (var system = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            assertThatThrownBy(() -> FilePermissions.createFolder(system.getPath("/data")))
                    .isInstanceOf(UnsafePermissions.class)
                    .hasMessageContaining("Windows is not supported");
        }
    }

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
