package quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a project of its own with a Maven and JDKs that only pretend. */
class LauncherTest {
    private static final List<String> MODULES =
            List.of("algebra", "rounds", "protocols", "recovery", "testkit", "store", "api", "node", "sdk", "cli");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Path project;

    @SuppressWarnings("NullAway.Init") // made before each test
    private Path launcher;

    @BeforeEach
    void makeProject() throws IOException {
        project = Files.createDirectories(folder.resolve("a project"));
        launcher = project.resolve("quorate");
        var original = Files.readString(Path.of("..", "quorate"));
        script(launcher, original.replace("/usr/lib/jvm/", folder + "/jvms/"));
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        Files.createDirectories(project.resolve("docs/errors"));
        for (var module : MODULES) {
            Files.createDirectories(project.resolve(module).resolve("src/main"));
            Files.writeString(project.resolve(module).resolve("pom.xml"), "<project/>");
        }
        script(
                folder.resolve("bin/mvn"),
                """
                #!/bin/bash
                echo "$JAVA_HOME $*" >>'%1$s/builds'
                [ ! -e '%1$s/broken' ] || { echo 'cannot compile'; exit 1; }
                sleep 1
                mkdir -p cli/target/lib
                touch cli/target/quorate-cli-1.jar
                """
                        .formatted(folder));
        jdk("jvms/jdk-25", "25.0.1");
    }

    private void jdk(String name, String version) throws IOException {
        script(
                folder.resolve(name).resolve("bin/java"),
                """
                #!/bin/bash
                echo "%s in $PWD: ${@: -2}"
                [ "${@: -1}" != refused ] || exit 1
                """
                        .formatted(name));
        Files.writeString(folder.resolve(name).resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    }

    private record Run(int code, String out, String err) {}

    private Process start(Path where, Map<String, String> environment, String... command) throws IOException {
        var builder = new ProcessBuilder(command).directory(where.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", folder.resolve("bin") + ":/usr/bin:/bin", "HOME", folder.toString()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Run run(Path where, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var process = start(where, environment, command);
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, err);
    }

    private Run run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        return run(folder, Map.of(), command.toArray(String[]::new));
    }

    private long builds() throws IOException {
        var log = folder.resolve("builds");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    @Test
    void buildsOnceAndSaysSoInOneLine() throws IOException, InterruptedException {
        var first = run("key", "list");
        var second = run("key", "list");

        assertThat(first.out()).isEqualTo("jvms/jdk-25 in " + folder + ": key list\n");
        assertThat(first.err()).startsWith("quorate: building").hasLineCount(1);
        assertThat(second.err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("builds"))).startsWith(folder + "/jvms/jdk-25 ");
    }

    @Test
    void buildsAgainWhenASourceIsNewerOrGone() throws IOException, InterruptedException {
        var source = project.resolve("node/src/main/Node.java");
        Files.writeString(source, "");
        run("key", "list");

        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        run("key", "list");
        assertThat(builds()).isEqualTo(2);

        Files.setLastModifiedTime(source, FileTime.from(Instant.now().minusSeconds(5)));
        Files.delete(source);
        Thread.sleep(1100);
        run("key", "list");
        assertThat(builds()).isEqualTo(3);
    }

    @Test
    void passesTheExitCodeOn() throws IOException, InterruptedException {
        assertThat(run("key", "refused").code()).isEqualTo(1);
    }

    @Test
    void worksThroughLinksFromAnywhere() throws IOException, InterruptedException {
        var elsewhere = Files.createDirectories(folder.resolve("else/where"));
        var link = Files.createSymbolicLink(elsewhere.resolve("q"), Path.of("..", "second"));
        Files.createSymbolicLink(folder.resolve("else/second"), launcher);

        var run = run(elsewhere, Map.of(), link.toString(), "key", "list");

        assertThat(run.out()).isEqualTo("jvms/jdk-25 in " + elsewhere + ": key list\n");
    }

    @Test
    void prefersTheJdkOfTheEnvironmentIfItIsTheRightOne() throws IOException, InterruptedException {
        jdk("mine", "25");
        jdk("old", "17.0.2");

        var mine = run(folder, Map.of("JAVA_HOME", folder + "/mine"), launcher.toString(), "key", "list");
        var old = run(folder, Map.of("JAVA_HOME", folder + "/old"), launcher.toString(), "key", "list");

        assertThat(mine.out()).startsWith("mine in");
        assertThat(old.out()).startsWith("jvms/jdk-25 in");
    }

    @Test
    void saysWhatToInstallWithoutTheRightJdk() throws IOException, InterruptedException {
        jdk("jvms/jdk-25", "17.0.2");
        jdk("jvms/jdk-250", "250");

        var run = run("key", "list");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("a JDK 25 is needed").contains("JAVA_HOME");
        assertThat(builds()).isZero();
    }

    @Test
    void saysWhatToInstallWithoutMaven() throws IOException, InterruptedException {
        Files.delete(folder.resolve("bin/mvn"));
        script(folder.resolve("bin/bash"), "#!/bin/sh\nexec /bin/bash \"$@\"\n");
        for (var tool : List.of("dirname", "readlink", "grep", "find", "head", "mkdir", "rm", "mktemp", "cat", "env")) {
            script(folder.resolve("bin").resolve(tool), "#!/bin/sh\nexec /usr/bin/" + tool + " \"$@\"\n");
        }

        var run = run(folder, Map.of("PATH", folder.resolve("bin").toString()), launcher.toString(), "key", "list");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("install Maven");
        assertThat(project.resolve("cli/target/.launcher.lock")).doesNotExist();
    }

    @Test
    void showsTheLogOfABuildThatFailsAndBuildsAgainNextTime() throws IOException, InterruptedException {
        Files.createFile(folder.resolve("broken"));
        var failed = run("key", "list");
        Files.delete(folder.resolve("broken"));

        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("cannot compile").contains("the build failed");
        assertThat(run("key", "list").code()).isZero();
    }

    @Test
    void twoLaunchesAtOnceBuildOnce() throws IOException, InterruptedException {
        var one = start(folder, Map.of(), launcher.toString(), "key", "list");
        var other = start(folder, Map.of(), launcher.toString(), "key", "list");

        assertThat(one.waitFor()).isZero();
        assertThat(other.waitFor()).isZero();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void takesOverTheLockOfALaunchThatWasKilled() throws IOException, InterruptedException {
        var lock = Files.createDirectories(project.resolve("cli/target/.launcher.lock"));
        Files.writeString(lock.resolve("pid"), "999999999\n");

        assertThat(run("key", "list").code()).isZero();
    }

    private static void script(Path file, String content) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
