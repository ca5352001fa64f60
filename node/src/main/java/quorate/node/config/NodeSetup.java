package quorate.node.config;

import java.io.IOException;
import java.nio.file.Path;
import quorate.node.identity.NodeIdentity;

/** All that a node is started with, read and checked against one another. */
public record NodeSetup(NodeConfig config, Roster roster, NodeIdentity identity) {
    public static NodeSetup load(Path configFile) throws ConfigException {
        var config = NodeConfig.load(configFile);
        var roster = Roster.load(config.roster());
        try {
            var identity = NodeIdentity.load(config.identity(), config.player());
            roster.requireMember(identity);
            return new NodeSetup(config, roster, identity);
        } catch (IOException e) {
            throw ConfigException.of(e);
        }
    }
}
