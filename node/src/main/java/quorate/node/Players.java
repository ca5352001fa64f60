package quorate.node;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import quorate.api.PlayerCard;
import quorate.api.ProblemCode;
import quorate.api.RegisteredPlayer;
import quorate.commit.Octets;
import quorate.node.config.Address;
import quorate.node.config.Card;
import quorate.node.config.ConfigException;
import quorate.node.config.Roster;
import quorate.node.identity.Bytes32;
import quorate.node.problem.ProblemException;
import quorate.store.Bytes;
import quorate.store.Database;

/**
 * The players as this process knows them now: those of the roster file, and those that administrators of this node have
 * registered since. What is known of a player never changes here: a registration only ever adds the next number.
 */
final class Players implements Supplier<Roster> {
    private record Known(Roster roster, Map<Octets, Card> byId) {}

    private final Database database;
    private final Clock clock;
    private final int me;
    private volatile Known known;

    private Players(Roster roster, Database database, Clock clock, int me) {
        this.database = database;
        this.clock = clock;
        this.me = me;
        this.known = known(roster);
    }

    /**
     * Reads what was registered in earlier runs.
     *
     * @param file the roster file
     * @throws ConfigException if the file contradicts what was registered
     */
    static Players load(Roster file, Database database, Clock clock, int me) throws ConfigException {
        var roster = file;
        for (var row : database.registeredPlayers().all()) {
            var card = card(row);
            if (card.player() > roster.size()) {
                roster = with(roster, card);
            } else if (!roster.player(card.player()).isSameNode(card)) {
                throw new ConfigException("the roster has other keys for player " + card.player()
                        + " than were registered on this node: the identity of a player never changes");
            }
        }
        return new Players(roster, database, clock, me);
    }

    private static Roster with(Roster roster, Card card) throws ConfigException {
        try {
            return roster.with(card);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    "player " + card.player() + " was registered on this node and does not fit its roster: "
                            + e.getMessage(),
                    e);
        }
    }

    private static Known known(Roster roster) {
        var byId = new HashMap<Octets, Card>();
        roster.players().forEach(card -> byId.put(Octets.of(card.id().bytes()), card));
        return new Known(roster, Map.copyOf(byId));
    }

    @Override
    public Roster get() {
        return known.roster;
    }

    /** The other players, by id. */
    Map<Octets, Integer> others() {
        var others = new HashMap<Octets, Integer>();
        known.byId.forEach((id, card) -> {
            if (card.player() != me) {
                others.put(id, card.player());
            }
        });
        return others;
    }

    /** The statement key of the player with this id. */
    Optional<byte[]> statementKey(Octets id) {
        return Optional.ofNullable(known.byId.get(id)).map(card -> card.statementKey().bytes());
    }

    /**
     * Makes a player known. Durable when it returns.
     *
     * @param by the name of the credential, for the audit
     * @param joined told of a player that is new
     * @throws ProblemException PLAYER_EXISTS or BAD_REQUEST; nothing has changed then
     */
    synchronized RegisteredPlayer register(String by, PlayerCard asked, Consumer<Card> joined) {
        var card = card(asked);
        var roster = known.roster;
        boolean added = card.player() > roster.size();
        if (added) {
            var more = with(roster, card, by);
            known = known(more);
            joined.accept(card);
        } else {
            requireSame(roster.player(card.player()), card);
        }
        return new RegisteredPlayer(
                me,
                card.player(),
                quorate.api.Bytes.of(card.id().bytes()),
                added,
                IntStream.rangeClosed(1, known.roster.size()).boxed().toList());
    }

    private Roster with(Roster roster, Card card, String by) {
        if (card.player() != roster.size() + 1) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "the next player is " + (roster.size() + 1) + ", not " + card.player());
        }
        Roster more;
        try {
            more = roster.with(card);
        } catch (IllegalArgumentException e) {
            throw exists(String.valueOf(e.getMessage()));
        }
        if (!database.registeredPlayers().add(row(card, by))) {
            throw exists("player " + card.player() + ", or a key or address of its card, was registered before");
        }
        database.events()
                .append("player-registered", "player " + card.player() + ", id " + card.id().grouped() + ", by " + by);
        return more;
    }

    private static void requireSame(Card known, Card asked) {
        if (!known.isSameNode(asked)) {
            throw exists("player " + asked.player() + " is node " + known.id().grouped() + " here, not "
                    + asked.id().grouped());
        }
        if (!known.equals(asked)) {
            throw exists("player " + asked.player() + " is known at " + known.mpc() + " and " + known.api()
                    + "; to move a node, change roster.toml on every node and start them again");
        }
    }

    private static ProblemException exists(String detail) {
        return new ProblemException(ProblemCode.PLAYER_EXISTS, detail);
    }

    private quorate.store.RegisteredPlayer row(Card card, String by) {
        return new quorate.store.RegisteredPlayer(
                card.player(),
                card.mpc().toString(),
                card.api().toString(),
                Bytes.of(card.tlsPin().bytes()),
                Bytes.of(card.statementKey().bytes()),
                Bytes.of(card.apiPin().bytes()),
                by,
                clock.instant());
    }

    private static Card card(quorate.store.RegisteredPlayer row) {
        return new Card(
                row.player(),
                Address.parse(row.mpc()),
                Address.parse(row.api()),
                Bytes32.of(row.tlsPin().toArray()),
                Bytes32.of(row.statementKey().toArray()),
                Bytes32.of(row.apiPin().toArray()));
    }

    private static Card card(PlayerCard asked) {
        try {
            return new Card(
                    asked.player(),
                    Address.parse(asked.mpc()),
                    Address.parse(asked.api()),
                    Bytes32.of(asked.tlsPin().toArray()),
                    Bytes32.of(asked.statementKey().toArray()),
                    Bytes32.of(asked.apiPin().toArray()));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.BAD_REQUEST, "the card is refused: " + e.getMessage());
        }
    }
}
