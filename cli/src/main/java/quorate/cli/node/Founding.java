package quorate.cli.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import quorate.cli.terminal.CommandFailed;

/** Makes identities and configurations. Every method makes all of it or nothing, and throws {@link CommandFailed}. */
public interface Founding {
    /** A node of a new cluster: its number, its node.toml, and where it listens. */
    record Founded(int index, Path config, String api, String mpc) {}

    /**
     * What a node tells the others about itself, all public.
     *
     * @param fingerprint what two operators compare by voice
     * @param text the card as a file
     * @param json the same members as JSON
     */
    record Card(int player, String fingerprint, String text, JsonNode json) {}

    /** A whole cluster for this machine: configurations, identities, credentials, cluster.toml. */
    List<Founded> cluster(Path folder, int nodes, int threshold, int basePort);

    /** One node, for an organisation of its own; its roster is made later from all cards. */
    Card node(Path folder, int player, String mpc, String api);

    /** The card of a node that exists. */
    Card card(Path config);

    /**
     * Adds an RSA key to those for which administrators may have shares of a node sealed, in its node.toml.
     *
     * @return the fingerprint of the key
     */
    String allowShareBackup(Path config, Path publicKey);

    /** The same for those for whose holders a node makes emergency recovery data. */
    String allowRecovery(Path config, Path publicKey);

    /**
     * Makes {@code roster.toml}, which all nodes must share, and {@code cluster.toml} for users, from all cards in
     * any order.
     *
     * @return the cards, ascending by player
     */
    List<Card> assemble(List<Path> cards, int threshold, Path folder);
}
