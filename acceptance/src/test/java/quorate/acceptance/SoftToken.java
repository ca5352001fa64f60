package quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A token of SoftHSM 2 with one RSA key that was made in it and never leaves it. {@code .ci/run} installs SoftHSM. */
final class SoftToken {
    static final String LABEL = "recovery";
    private static final String PIN = "648219";
    private static final List<String> LIBRARIES =
            List.of("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
                    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so");

    private final Path configuration;
    private final Path pinFile;

    private SoftToken(Path configuration, Path pinFile) {
        this.configuration = configuration;
        this.pinFile = pinFile;
    }

    /** The library reads this variable when it is loaded, so every process that uses the token needs it. */
    static final String VARIABLE = "SOFTHSM2_CONF";

    static SoftToken make(Path folder) throws IOException, InterruptedException {
        var library = LIBRARIES.stream()
                .filter(path -> Files.exists(Path.of(path)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("SoftHSM 2 is not installed: apt-get install softhsm2"));
        var tokens = Files.createDirectories(folder.resolve("tokens"));
        Files.writeString(
                folder.resolve("softhsm2.conf"),
                "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        run(folder, "softhsm2-util", "--init-token", "--free", "--label", "quorate", "--so-pin", "12345678", "--pin",
                PIN);
        var configuration = Files.writeString(
                folder.resolve("token.cfg"),
                "name = Recovery\nlibrary = " + library + "\nslotListIndex = 0\n");
        var pinFile = Files.createFile(
                folder.resolve("pin"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(pinFile, PIN + "\n", StandardCharsets.US_ASCII);
        var token = new SoftToken(configuration, pinFile);
        token.keytool(
                folder,
                "-genkeypair", "-alias", LABEL, "-keyalg", "RSA", "-keysize", "3072", "-sigalg", "SHA256withRSA",
                        "-dname",
                "CN=recovery", "-validity", "3650");
        token.keytool(folder, "-exportcert", "-rfc", "-alias", LABEL, "-file", folder.resolve("token.crt").toString());
        return token;
    }

    Path configuration() {
        return configuration;
    }

    Path pinFile() {
        return pinFile;
    }

    private void keytool(Path folder, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-keystore", "NONE", "-storetype", "PKCS11", "-providerClass", "sun.security.pkcs11.SunPKCS11",
                "-providerArg", configuration.toString(), "-storepass", PIN));
        run(folder, command.toArray(String[]::new));
    }

    private static void run(Path folder, String... command) throws IOException, InterruptedException {
        var log = folder.resolve("token.log");
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put(VARIABLE, folder.resolve("softhsm2.conf").toString());
        var process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(() -> read(log)).isZero();
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
