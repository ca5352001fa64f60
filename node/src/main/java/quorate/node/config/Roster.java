package quorate.node.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import quorate.node.identity.NodeIdentity;
import quorate.node.identity.OwnerOnly;

/**
 * The public cluster file, the same on every node: who the players are, and how many it takes to sign.
 *
 * @param threshold how many players sign, t + 1 of protocols.md
 * @param players ascending, 1 to n without a gap, every key and address once
 */
public record Roster(int threshold, List<Card> players) {
    /** protocols.md 0.1: n <= 32. */
    public static final int MOST_PLAYERS = 32;

    public static final int FEWEST_PLAYERS = 2;

    /** protocols.md 0.1: t >= 1. */
    public static final int LEAST_THRESHOLD = 2;

    public Roster {
        players = List.copyOf(players);
        int n = players.size();
        if (n < FEWEST_PLAYERS || n > MOST_PLAYERS) {
            throw new IllegalArgumentException("a roster has 2 to 32 players, not " + n);
        }
        if (threshold < LEAST_THRESHOLD || threshold > n) {
            throw new IllegalArgumentException("threshold must be 2 to " + n + ", is " + threshold);
        }
        Map<Object, String> seen = new HashMap<>();
        for (int i = 0; i < n; i++) {
            var card = players.get(i);
            if (card.player() != i + 1) {
                var found = players.stream().map(each -> String.valueOf(each.player()));
                throw new IllegalArgumentException("players must be 1 to " + n + ", each once, ascending; found "
                        + found.collect(Collectors.joining(", ")));
            }
            requireOwn(seen, card, "mpc address", card.mpc());
            requireOwn(seen, card, "api address", card.api());
            requireOwn(seen, card, "TLS key", card.tlsPin());
            requireOwn(seen, card, "API key", card.apiPin());
            requireOwn(seen, card, "statement key", card.statementKey());
        }
    }

    private static void requireOwn(Map<Object, String> seen, Card card, String name, Object value) {
        var mine = name + " of player " + card.player();
        var other = seen.putIfAbsent(value, mine);
        if (other != null) {
            throw new IllegalArgumentException(mine + " is also the " + other + ": every key and address is used once");
        }
    }

    /** The roster of these cards, in any order. */
    public static Roster assemble(List<Card> cards, int threshold) throws ConfigException {
        try {
            return new Roster(threshold, cards.stream().sorted(Comparator.comparingInt(Card::player)).toList());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()), e);
        }
    }

    public static Roster load(Path file) throws ConfigException {
        return Settings.read(file, settings -> {
            int threshold = settings.number("threshold", LEAST_THRESHOLD, MOST_PLAYERS);
            var players = new ArrayList<Card>();
            for (var table : settings.tables("player")) {
                players.add(Card.read(table));
            }
            try {
                return new Roster(threshold, players);
            } catch (IllegalArgumentException e) {
                throw new ConfigException(file + ": " + e.getMessage(), e);
            }
        });
    }

    /** Writes the file, never over an existing one. */
    public void write(Path file) throws IOException {
        OwnerOnly.createPublicFile(file, toToml().getBytes(StandardCharsets.UTF_8));
    }

    public String toToml() {
        var text = new StringBuilder("# The cluster, all public. Every node has the same file.\n");
        text.append("threshold = ").append(threshold).append('\n');
        players.forEach(card -> text.append("\n[[player]]\n").append(card.entry()));
        return text.toString();
    }

    /**
     * The same with one more player.
     *
     * @throws IllegalArgumentException if it is not the next one, or has a key or address of another
     */
    public Roster with(Card card) {
        var more = new ArrayList<>(players);
        more.add(card);
        return new Roster(threshold, more);
    }

    public int size() {
        return players.size();
    }

    public Card player(int player) {
        return players.get(player - 1);
    }

    /** Refuses an identity that is not the one of its player's entry. */
    public void requireMember(NodeIdentity identity) throws ConfigException {
        int player = identity.player();
        if (player > size()) {
            throw new ConfigException("player " + player + " is not in the roster of " + size() + " players");
        }
        var card = player(player);
        if (!card.equals(Card.of(identity, card.mpc(), card.api()))) {
            throw new ConfigException("the roster has other keys for player " + player + " than its identity folder;"
                    + " use the folder of this player, or make the roster again from the current cards");
        }
    }
}
