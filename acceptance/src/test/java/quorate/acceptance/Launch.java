package quorate.acceptance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import quorate.cli.Main;

/** The command line as an operating-system process with the class path of these tests, for a short life. */
final class Launch {
    private static final List<String> FOOTPRINT = List.of(
            "-XX:+UseSerialGC",
            "-Xmx160m",
            "-Xss512k",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED");

    private Launch() {}

    static ProcessBuilder of(List<String> jvmOptions, List<String> arguments) {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(FOOTPRINT);
        line.addAll(jvmOptions);
        line.add("-cp");
        line.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        line.add(Main.class.getName());
        line.addAll(arguments);
        return new ProcessBuilder(line);
    }
}
