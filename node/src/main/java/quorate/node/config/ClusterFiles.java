package quorate.node.config;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import quorate.node.identity.OwnerOnly;

/**
 * A cluster of nodes on this machine: {@code roster.toml}, {@code cluster.toml} for its users, {@code
 * node-I/} for each node, and {@code credentials/} with the API keys of one key user and one
 * administrator. The whole folder is its owner's alone.
 *
 * @param folder where it is
 * @param nodes ascending by index
 */
public record ClusterFiles(Path folder, List<Node> nodes) {
    static final String USERS = "cluster.toml";
    private static final String HOST = "127.0.0.1";
    private static final int MPC_OFFSET = 100;
    private static final int LARGEST_PORT = 65535;

    /** One node: its index, its node.toml, and where it listens. */
    public record Node(int index, Path config, Address api, Address mpc) {}

    public ClusterFiles {
        nodes = List.copyOf(nodes);
    }

    /**
     * Makes the folder: all of it or nothing. Node I listens on {@code basePort + I} for callers and on
     * {@code basePort + 100 + I} for peers.
     *
     * @throws ConfigException if the numbers are wrong or something other than an empty folder is there
     */
    public static ClusterFiles initialise(Path folder, int nodes, int threshold, int basePort, SecureRandom random)
            throws ConfigException {
        if (nodes < Roster.FEWEST_PLAYERS || nodes > Roster.MOST_PLAYERS) {
            throw new ConfigException("a cluster has 2 to 32 nodes, not " + nodes);
        }
        if (threshold < Roster.LEAST_THRESHOLD || threshold > nodes) {
            throw new ConfigException("threshold must be 2 to " + nodes + ", is " + threshold);
        }
        if (basePort < 0 || basePort > LARGEST_PORT - MPC_OFFSET - nodes) {
            throw new ConfigException("base port must be 0 to " + (LARGEST_PORT - MPC_OFFSET - nodes)
                    + ", so that every node has its two ports; is " + basePort);
        }
        var layout = new ArrayList<Node>();
        for (int index = 1; index <= nodes; index++) {
            var config = folder.resolve(name(index)).resolve(NodeFiles.CONFIG);
            var api = new Address(HOST, basePort + index);
            layout.add(new Node(index, config, api, new Address(HOST, basePort + MPC_OFFSET + index)));
        }
        var cluster = new ClusterFiles(folder, layout);
        try (var user = new Credentials("user", Role.KEY_USER);
                var admin = new Credentials("admin", Role.ADMINISTRATOR)) {
            OwnerOnly.createFolder(folder, random, staging -> cluster.write(staging, threshold, user, admin, random));
        } catch (IOException e) {
            throw ConfigException.of(e);
        }
        return cluster;
    }

    /**
     * For nodes of separate organisations: a new folder with the roster, which every node must have, and a {@code
     * cluster.toml} for users, whose {@code credentials/} each user fills with the keys that the operators gave out.
     */
    public static void assemble(Path folder, Roster roster, SecureRandom random) throws ConfigException {
        try {
            OwnerOnly.createFolder(folder, random, staging -> {
                roster.write(staging.resolve(NodeFiles.ROSTER));
                var users = forUsers(roster.threshold(), roster.players(), false);
                OwnerOnly.createPublicFile(staging.resolve(USERS), NodeFiles.utf8(users));
                OwnerOnly.createSubfolder(staging.resolve(NodeFiles.CREDENTIALS));
            });
        } catch (IOException e) {
            throw ConfigException.of(e);
        }
    }

    private void write(Path staging, int threshold, Credentials user, Credentials admin, SecureRandom random)
            throws IOException {
        var cards = new ArrayList<Card>();
        for (var node : nodes) {
            var own = staging.resolve(name(node.index));
            OwnerOnly.createSubfolder(own);
            var callers = List.of(user.issue(node.index, random), admin.issue(node.index, random));
            var roster = "../" + NodeFiles.ROSTER;
            cards.add(NodeFiles.write(own, node.index, node.mpc, node.api, roster, callers, random));
        }
        new Roster(threshold, cards).write(staging.resolve(NodeFiles.ROSTER));
        OwnerOnly.createPublicFile(staging.resolve(USERS), NodeFiles.utf8(forUsers(threshold, cards, true)));
        var credentials = staging.resolve(NodeFiles.CREDENTIALS);
        OwnerOnly.createSubfolder(credentials);
        user.write(credentials);
        admin.write(credentials);
    }

    private static String forUsers(int threshold, List<Card> cards, boolean local) {
        var text = new StringBuilder("""
                # How users reach this cluster. Paths are relative to this file.
                threshold = %d

                [credentials]
                user = "credentials/user.key"
                admin = "credentials/admin.key"
                """.formatted(threshold));
        cards.forEach(card -> text.append(forUsers(card, local)));
        return text.toString();
    }

    /** The entry of one node in {@code cluster.toml}. */
    static String forUsers(Card card, boolean local) {
        var entry = """

                [[node]]
                index = %d
                api = "https://%s"
                api-sha256 = "%s"
                """.formatted(card.player(), card.api(), card.apiPin());
        return local
                ? entry + "config = \"%s/%s\"\n".formatted(name(card.player()), NodeFiles.CONFIG)
                : entry;
    }

    static String name(int index) {
        return "node-" + index;
    }
}
