package quorate.node.config;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import quorate.node.identity.Bytes32;
import quorate.node.identity.OwnerOnly;

/**
 * Configurations of scratch nodes: what nodes restored from backups for a drill run with (product.md 2.1). Each is the
 * node whose configuration is given, as a restore needs it, and can do nothing but sign for the drill:
 *
 * <ul>
 *   <li>identity and master key are read where they are, and never copied;
 *   <li>all players of the roster, also those that are not there, have addresses on loopback: there is no way from a
 *       scratch node to a live one, and a live node has nowhere to find a scratch node;
 *   <li>the only caller is a key user whose API keys were drawn for this drill: whoever may use the live nodes may not
 *       use these, and nobody administers them;
 *   <li>no presignatures are made, whatever standing orders the backup has.
 * </ul>
 *
 * @param credentials the API keys of that caller
 * @param nodes by player
 */
public record ScratchFiles(Path credentials, int threshold, SortedMap<Integer, Node> nodes) {
    private static final String HOST = "127.0.0.1";
    private static final String CALLER = "drill";

    public ScratchFiles {
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
    }

    /** One scratch node: its node.toml, where it answers, and the pin of its API key. */
    public record Node(Path config, Address api, Bytes32 apiPin) {}

    /** Where one player of the scratch cluster listens, or would if it were there. */
    public record Ports(int api, int mpc) {}

    /**
     * Fills {@code folder}, which exists and is its owner's alone.
     *
     * @param originals the configurations of the nodes to be, by player
     * @param ports for every player of the roster
     * @throws ConfigException if a configuration cannot be read, or they are not all of one cluster
     */
    public static ScratchFiles write(
            Path folder, SortedMap<Integer, Path> originals, SortedMap<Integer, Ports> ports, SecureRandom random)
            throws ConfigException {
        var live = roster(originals);
        var roster = new Roster(
                live.threshold(),
                live.players().stream()
                        .map(card -> moved(card, Optional.ofNullable(ports.get(card.player())).orElseThrow()))
                        .toList());
        try (var caller = new Credentials(CALLER, Role.KEY_USER)) {
            roster.write(folder.resolve(NodeFiles.ROSTER));
            var nodes = new TreeMap<Integer, Node>();
            for (var original : originals.entrySet()) {
                int player = original.getKey();
                var config = NodeConfig.load(original.getValue());
                var own = folder.resolve("node-" + player);
                OwnerOnly.createSubfolder(own);
                var card = roster.player(player);
                var text = text(config, card, NodeFiles.entry(caller.issue(player, random)));
                OwnerOnly.createFile(own.resolve(NodeFiles.CONFIG), NodeFiles.utf8(text));
                nodes.put(player, new Node(own.resolve(NodeFiles.CONFIG), card.api(), card.apiPin()));
            }
            var credentials = folder.resolve(NodeFiles.CREDENTIALS);
            OwnerOnly.createSubfolder(credentials);
            caller.write(credentials);
            return new ScratchFiles(credentials.resolve(CALLER + ".key"), roster.threshold(), nodes);
        } catch (IOException e) {
            throw ConfigException.of(e);
        }
    }

    /** The cluster of these configurations, which must be one. */
    public static Roster roster(SortedMap<Integer, Path> configs) throws ConfigException {
        var rosters = new ArrayList<Roster>();
        for (var entry : configs.entrySet()) {
            var config = NodeConfig.load(entry.getValue());
            var roster = Roster.load(config.roster());
            if (config.player() != entry.getKey()) {
                throw new ConfigException(
                        entry.getValue() + " is of player " + config.player() + ", not " + entry.getKey());
            }
            if (config.player() > roster.size()) {
                throw new ConfigException(
                        "player " + config.player() + " is not in the roster " + config.roster());
            }
            if (!rosters.isEmpty() && !rosters.getFirst().equals(roster)) {
                throw new ConfigException(config.roster() + " differs from the roster of the other nodes");
            }
            rosters.add(roster);
        }
        if (rosters.isEmpty()) {
            throw new ConfigException("there is no configuration of any node");
        }
        return rosters.getFirst();
    }

    private static Card moved(Card card, Ports ports) {
        return new Card(
                card.player(),
                new Address(HOST, ports.mpc()),
                new Address(HOST, ports.api()),
                card.tlsPin(),
                card.statementKey(),
                card.apiPin());
    }

    private static String text(NodeConfig original, Card card, String caller) throws ConfigException {
        return """
                # A scratch node of a backup drill. It is deleted when the drill ends.
                player = %d
                data = "data"
                identity = %s
                roster = "../%s"

                [api]
                address = "%s"

                [mpc]
                address = "%s"

                [master-key]
                %s

                [limits]
                session-deadline = "%ds"
                drain-timeout = "1s"
                presignatures-per-key = 0
                presignatures-per-node = 0
                %s""".formatted(
                        card.player(),
                        quoted(original.identity()),
                        NodeFiles.ROSTER,
                        card.api(),
                        card.mpc(),
                        masterKey(original.masterKey()),
                        Math.max(1, original.limits().sessionDeadline().toSeconds()),
                        caller);
    }

    private static String masterKey(MasterKeySource source) throws ConfigException {
        return switch (source) {
            case MasterKeySource.KeyFile(Path file) -> "key-file = " + quoted(file);
            case MasterKeySource.PasswordFile(Path file) -> "password-file = " + quoted(file);
        };
    }

    /** A path as a basic string of TOML. */
    private static String quoted(Path path) throws ConfigException {
        var text = path.toAbsolutePath().toString();
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new ConfigException("the path " + text.replaceAll("\\p{Cntrl}", "?") + " has control characters");
        }
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
