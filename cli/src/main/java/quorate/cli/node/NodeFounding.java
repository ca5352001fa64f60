package quorate.cli.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import quorate.api.Bytes;
import quorate.api.PlayerCard;
import quorate.api.ProblemCode;
import quorate.cli.terminal.CommandFailed;
import quorate.node.config.Address;
import quorate.node.config.AllowedKeys;
import quorate.node.config.ClusterFiles;
import quorate.node.config.ClusterGrowth;
import quorate.node.config.ConfigException;
import quorate.node.config.ExportTargets;
import quorate.node.config.NodeConfig;
import quorate.node.config.NodeFiles;
import quorate.node.config.Roster;
import quorate.node.identity.NodeIdentity;

/** Makes identities and configurations with the node module. */
public final class NodeFounding implements Founding {
    private static final int LARGEST_CARD = 16 << 10;

    private final SecureRandom random;

    public NodeFounding(SecureRandom random) {
        this.random = random;
    }

    @Override
    public List<Founded> cluster(Path folder, int nodes, int threshold, int basePort) {
        try {
            return ClusterFiles.initialise(folder, nodes, threshold, basePort, random).nodes().stream()
                    .map(NodeFounding::founded)
                    .toList();
        } catch (ConfigException e) {
            throw failed(e);
        }
    }

    private static Founded founded(ClusterFiles.Node node) {
        return new Founded(node.index(), node.config(), "https://" + node.api(), node.mpc().toString());
    }

    @Override
    public Founded add(Path folder) {
        try {
            return founded(ClusterGrowth.add(folder, random));
        } catch (ConfigException e) {
            throw failed(e);
        }
    }

    @Override
    public Card node(Path folder, int player, String mpc, String api) {
        try {
            return card(NodeFiles.init(folder, player, address("mpc", mpc), address("api", api), random));
        } catch (ConfigException e) {
            throw failed(e);
        }
    }

    @Override
    public Card card(Path config) {
        try {
            var settings = NodeConfig.load(config);
            var identity = NodeIdentity.load(settings.identity(), settings.player());
            return card(quorate.node.config.Card.of(identity, settings.mpc(), settings.api()));
        } catch (ConfigException e) {
            throw failed(e);
        } catch (IOException e) {
            throw new CommandFailed(ProblemCode.CONFIGURATION, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String allowShareBackup(Path config, Path publicKey) {
        return allow(AllowedKeys.SHARE_BACKUP, config, publicKey);
    }

    @Override
    public String allowRecovery(Path config, Path publicKey) {
        return allow(AllowedKeys.RECOVERY, config, publicKey);
    }

    private static String allow(AllowedKeys list, Path config, Path publicKey) {
        try {
            return list.add(config, publicKey).hex();
        } catch (ConfigException e) {
            throw failed(e);
        }
    }

    @Override
    public String allowDestination(Path config, int index, Bytes spki) {
        try {
            return ExportTargets.addDestination(config, index, spki.toArray()).hex();
        } catch (ConfigException e) {
            throw failed(e);
        }
    }

    @Override
    public String allowCustodian(Path config, Path publicKey) {
        try {
            return ExportTargets.addCustodian(config, publicKey).hex();
        } catch (ConfigException e) {
            throw failed(e);
        }
    }

    @Override
    public List<Card> assemble(List<Path> files, int threshold, Path folder) {
        try {
            var cards = new ArrayList<quorate.node.config.Card>();
            for (var file : files) {
                cards.add(parse(file));
            }
            var roster = Roster.assemble(cards, threshold);
            ClusterFiles.assemble(folder, roster, random);
            return roster.players().stream().map(NodeFounding::card).toList();
        } catch (ConfigException e) {
            throw failed(e);
        }
    }

    @Override
    public Card read(Path file) {
        try {
            return card(parse(file));
        } catch (ConfigException e) {
            throw failed(e);
        }
    }

    private static quorate.node.config.Card parse(Path file) throws ConfigException {
        try {
            if (Files.size(file) > LARGEST_CARD) {
                throw new CommandFailed(ProblemCode.CONFIGURATION, file + " is too long for a card");
            }
            return quorate.node.config.Card.parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new CommandFailed(ProblemCode.CONFIGURATION, file + " cannot be read: " + e.getMessage());
        }
    }

    private static Card card(quorate.node.config.Card card) {
        try {
            var json = JsonMapper.builder().build().readTree(card.toJson());
            var asPlayer = new PlayerCard(
                    card.player(),
                    card.mpc().toString(),
                    card.api().toString(),
                    Bytes.of(card.tlsPin().bytes()),
                    Bytes.of(card.statementKey().bytes()),
                    Bytes.of(card.apiPin().bytes()));
            return new Card(card.player(), card.id().grouped(), card.toToml(), json, asPlayer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a card is not JSON", e);
        }
    }

    private static Address address(String what, String text) {
        try {
            return Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(ProblemCode.USAGE, what + " address " + text + ": " + e.getMessage());
        }
    }

    private static CommandFailed failed(ConfigException e) {
        return new CommandFailed(ProblemCode.CONFIGURATION, String.valueOf(e.getMessage()));
    }
}
