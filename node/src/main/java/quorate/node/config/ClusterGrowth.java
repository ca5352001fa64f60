package quorate.node.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import quorate.node.identity.OwnerOnly;

/**
 * One more node in a cluster of this machine that {@link ClusterFiles} made: its folder, and its entries in {@code
 * roster.toml}, {@code cluster.toml} and the credentials. Nodes that run know it once it is registered with them; the roster
 * is what they read at their next start.
 */
public final class ClusterGrowth {
    private ClusterGrowth() {}

    /**
     * Adds the next node, on the ports after those of the last one.
     *
     * @throws ConfigException if the folder is not such a cluster, or is full
     */
    public static ClusterFiles.Node add(Path folder, SecureRandom random) throws ConfigException {
        var roster = Roster.load(folder.resolve(NodeFiles.ROSTER));
        int index = roster.size() + 1;
        if (index > Roster.MOST_PLAYERS) {
            throw new ConfigException("a cluster has at most " + Roster.MOST_PLAYERS + " nodes");
        }
        var last = roster.player(roster.size());
        var api = next(last.api());
        var mpc = next(last.mpc());
        var own = folder.resolve(ClusterFiles.name(index));
        try (var user = new Credentials("user", Role.KEY_USER);
                var admin = new Credentials("admin", Role.ADMINISTRATOR)) {
            var card = new Card[1];
            OwnerOnly.createFolder(own, random, staging -> {
                var callers = List.of(user.issue(index, random), admin.issue(index, random));
                card[0] = NodeFiles.write(staging, index, mpc, api, "../" + NodeFiles.ROSTER, callers, random);
                OwnerOnly.createPublicFile(staging.resolve(NodeFiles.CARD), NodeFiles.utf8(card[0].toToml()));
            });
            var more = roster.with(card[0]);
            var credentials = folder.resolve(NodeFiles.CREDENTIALS);
            user.append(credentials);
            admin.append(credentials);
            var users = folder.resolve(ClusterFiles.USERS);
            var entries = Files.readString(users) + ClusterFiles.forUsers(card[0], true);
            OwnerOnly.replacePublicFile(users, NodeFiles.utf8(entries));
            OwnerOnly.replacePublicFile(folder.resolve(NodeFiles.ROSTER), NodeFiles.utf8(more.toToml()));
            return new ClusterFiles.Node(index, own.resolve(NodeFiles.CONFIG), api, mpc);
        } catch (IOException e) {
            throw ConfigException.of(e);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Address next(Address last) throws ConfigException {
        try {
            return new Address(last.host(), last.port() + 1);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("there is no port after " + last, e);
        }
    }
}
