package quorate.cli.cluster;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A node in a Java process of its own, with the class path of this one and a small footprint. */
public final class NodeJvm implements NodeStarter {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    /** The start-up cache that the launcher recorded, if it did. */
    private static final String CACHE = "quorate.startup.cache";

    private static final List<String> FOOTPRINT =
            List.of("-XX:+UseSerialGC", "-Xss512k", "-Xmx160m", "-XX:-UsePerfData");

    private final String mainClass;
    private final boolean outlivesUs;

    private NodeJvm(String mainClass, boolean outlivesUs) {
        this.mainClass = mainClass;
        this.outlivesUs = outlivesUs;
    }

    public NodeJvm(String mainClass) {
        this(mainClass, true);
    }

    /** Nodes that end by themselves when this process does, however it ends. */
    public NodeJvm endingWithUs() {
        return new NodeJvm(mainClass, false);
    }

    @Override
    public Process start(Path config, Path log, boolean detached) throws IOException {
        OwnerFiles.createIfMissing(log);
        var command = new ArrayList<String>();
        if (detached && Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FOOTPRINT);
        command.addAll(startUpCache());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass);
        command.addAll(List.of("node", "run", "--config", config.toString()));
        if (!outlivesUs) {
            command.addAll(List.of("--until-exit-of", String.valueOf(ProcessHandle.current().pid())));
        }
        return new ProcessBuilder(command)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .redirectErrorStream(true)
                .start();
    }

    /** A cache of another class path is ignored without a word: then a start takes longer, that is all. */
    private static List<String> startUpCache() {
        var cache = System.getProperty(CACHE, "");
        return cache.isEmpty() || !Files.isReadable(Path.of(cache))
                ? List.of()
                : List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off", "-Xlog:cds*=off");
    }
}
