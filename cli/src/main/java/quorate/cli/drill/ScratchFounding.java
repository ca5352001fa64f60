package quorate.cli.drill;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import quorate.cli.cluster.ClusterFile;
import quorate.cli.terminal.CommandFailed;

/** Makes the configurations of scratch nodes. Methods throw {@link CommandFailed}. */
public interface ScratchFounding {
    /**
     * The cluster whose nodes these are.
     *
     * @param players all of them, ascending
     * @param ports of live nodes, which a scratch node shall not take even while they are free
     */
    record Live(List<Integer> players, Set<Integer> ports) {
        public Live {
            players = List.copyOf(players);
            ports = Set.copyOf(ports);
        }
    }

    /** Where one player of the scratch cluster listens, or would if it were there. */
    record Ports(int api, int mpc) {}

    /** Reads the configurations, which must be of one cluster. */
    Live live(SortedMap<Integer, Path> configs);

    /**
     * Fills the folder, which is its owner's alone, with the configurations of scratch nodes.
     *
     * @param configs those of the nodes to be, by player: identity and master key are used where they are
     * @param ports for every player of the cluster
     * @return how to reach the scratch nodes; there are no administrators
     */
    ClusterFile found(Path folder, SortedMap<Integer, Path> configs, SortedMap<Integer, Ports> ports);
}
