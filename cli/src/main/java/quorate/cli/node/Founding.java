package quorate.cli.node;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import quorate.api.Bytes;
import quorate.api.PlayerCard;
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
     * @param asPlayer the same for nodes that shall know it
     */
    record Card(int player, String fingerprint, String text, JsonNode json, PlayerCard asPlayer) {}

    /** A whole cluster for this machine: configurations, identities, credentials, cluster.toml. */
    List<Founded> cluster(Path folder, int nodes, int threshold, int basePort);

    /** One node, for an organisation of its own; its roster is made later from all cards. */
    Card node(Path folder, int player, String mpc, String api);

    /** One more node in a cluster for this machine; those that run do not know it yet. */
    Founded add(Path folder);

    /** A card that another operator gave. */
    Card read(Path card);

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
     * Adds a node of another installation to those to which keys may move, in a node.toml.
     *
     * @param index that it has there
     * @param spki its wrapping key
     * @return the fingerprint of that key
     */
    String allowDestination(Path config, int index, Bytes spki);

    /** Adds an RSA key to those whose holders may be given whole keys. */
    String allowCustodian(Path config, Path publicKey);

    /**
     * Makes {@code roster.toml}, which all nodes must share, and {@code cluster.toml} for users, from all cards in
     * any order.
     *
     * @return the cards, ascending by player
     */
    List<Card> assemble(List<Path> cards, int threshold, Path folder);
}
