package quorate.cli.cluster;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import quorate.cli.terminal.Host;
import quorate.sdk.ApiKey;
import quorate.sdk.Tsm;
import quorate.sdk.TsmClient;

/** Which nodes say that they can sign. Needs no credential. */
public final class Health implements AutoCloseable {
    private static final ApiKey NOBODY = ApiKey.of("no-credential");
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Tsm tsm;

    public Health(ClusterFile cluster, Host host) {
        var timeouts = host.timeouts().atMost(PATIENCE);
        var clients = cluster.nodes().stream()
                .map(node -> new TsmClient(node.endpoint(), NOBODY, timeouts))
                .toList();
        this.tsm = new Tsm(clients, host.random());
    }

    public Set<Integer> ready() {
        var ready = new TreeSet<Integer>();
        tsm.ready().given().forEach((player, said) -> {
            if (said.ready()) {
                ready.add(player);
            }
        });
        return ready;
    }

    @Override
    public void close() {
        tsm.close();
    }
}
