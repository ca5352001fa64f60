package quorate.cli.drill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import quorate.api.Peer;
import quorate.cli.cluster.Clients;
import quorate.cli.cluster.ClusterFile;
import quorate.cli.cluster.LocalNodes;
import quorate.cli.cluster.NodeStarter;
import quorate.cli.terminal.Host;
import quorate.cli.terminal.Progress;

/**
 * The nodes of a drill: processes on loopback, each with the identity of a live node, that know only one another. They
 * end when they are closed, at once, and also when this process ends before.
 */
final class ScratchNodes implements AutoCloseable {
    private final ClusterFile cluster;
    private final LoopbackPorts ports;
    private final Host host;

    private ScratchNodes(ClusterFile cluster, LoopbackPorts ports, Host host) {
        this.cluster = cluster;
        this.ports = ports;
        this.host = host;
    }

    /**
     * Makes their configurations; nothing runs yet.
     *
     * @param configs of the live nodes that they will be, by player
     */
    static ScratchNodes found(
            ScratchFounding founding, Path folder, SortedMap<Integer, Path> configs, Set<Integer> taken, Host host)
            throws IOException {
        var live = founding.live(configs);
        var avoided = new HashSet<>(taken);
        avoided.addAll(live.ports());
        var ports = new LoopbackPorts(avoided, host.random());
        try {
            var places = new TreeMap<Integer, ScratchFounding.Ports>();
            live.players().forEach(player -> places.put(player, new ScratchFounding.Ports(ports.hold(), ports.hold())));
            var cluster = founding.found(folder, configs, places);
            for (var node : cluster.nodes()) {
                var place = places.get(node.index());
                if (place != null) {
                    ports.release(place.api());
                    ports.release(place.mpc());
                }
            }
            return new ScratchNodes(cluster, ports, host);
        } catch (IOException | RuntimeException e) {
            ports.close();
            throw e;
        }
    }

    Path configOf(int player) {
        return cluster.configOf(player);
    }

    /** Starts these and waits until each of them sees all the others. */
    Running start(Set<Integer> players, NodeStarter starter, Progress progress)
            throws IOException, InterruptedException {
        var restored = new ClusterFile(
                cluster.folder(),
                cluster.threshold(),
                cluster.nodes().stream()
                        .filter(node -> players.contains(node.index()))
                        .sorted(Comparator.comparingInt(ClusterFile.Node::index))
                        .toList(),
                cluster.userKeys(),
                cluster.adminKeys());
        var running = new Running(restored, new LocalNodes(restored, starter, host), new Clients(restored, host));
        try {
            running.nodes.up(() -> running.seeOneAnother(), progress);
            return running;
        } catch (IOException | InterruptedException | RuntimeException e) {
            running.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        ports.close();
    }

    /** The nodes while they run. */
    record Running(ClusterFile cluster, LocalNodes nodes, Clients clients) implements AutoCloseable {
        private boolean seeOneAnother() {
            var all = cluster.nodes().stream().map(ClusterFile.Node::index).toList();
            var statuses = clients.tsm().status().given();
            return statuses.keySet().containsAll(all)
                    && statuses.entrySet().stream().allMatch(status -> {
                        var seen = new HashSet<>(Set.of(status.getKey()));
                        status.getValue().peers().stream()
                                .filter(Peer::connected)
                                .forEach(peer -> seen.add(peer.player()));
                        return seen.containsAll(all);
                    });
        }

        /** Also after an interrupt, which must not keep it from waiting for the nodes. */
        @Override
        public void close() throws IOException {
            boolean interrupted = Thread.interrupted();
            try {
                clients.close();
            } finally {
                try {
                    nodes.kill();
                } finally {
                    if (interrupted) {
                        Thread.currentThread().interrupt();
                    }
                }
            }
        }
    }
}
