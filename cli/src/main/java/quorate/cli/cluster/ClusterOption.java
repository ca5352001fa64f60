package quorate.cli.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import quorate.cli.terminal.Host;

/** {@code --cluster DIR}, shared by all commands that speak to nodes. */
public final class ClusterOption {
    private static final String VARIABLE = "QUORATE_CLUSTER";
    private static final String DEFAULT = "quorate-cluster";

    @Option(
            names = "--cluster",
            paramLabel = "DIR",
            description = "The cluster folder; default ./" + DEFAULT + " or $" + VARIABLE + ".")
    private @Nullable Path folder;

    public Path folder(Host host) {
        return host.resolve(
                folder != null ? folder : Path.of(host.environment().getOrDefault(VARIABLE, DEFAULT)));
    }

    public ClusterFile file(Host host) {
        return ClusterFile.load(folder(host));
    }

    /** The cluster, unless none was named and there is none at the default place. */
    public Optional<ClusterFile> fileIfPresent(Host host) {
        boolean named = folder != null || host.environment().containsKey(VARIABLE);
        return named || Files.exists(folder(host)) ? Optional.of(file(host)) : Optional.empty();
    }

    /** Opens clients for all nodes; to be closed by the caller. */
    public Clients open(Host host) {
        return new Clients(file(host), host);
    }

    /** What to add to a suggested command so that it means the same cluster. */
    public String suffix() {
        return folder == null ? "" : " --cluster " + folder;
    }
}
