package quorate.node.config;

import quorate.node.identity.Bytes32;
import quorate.node.identity.NodeIdentity;
import quorate.node.identity.Statements;

/**
 * What a node tells the world about itself, all public: its entry in the roster.
 *
 * @param player the node's number, from 1
 * @param mpc where peers reach it
 * @param api where callers reach it
 * @param tlsPin SHA-256 of the SubjectPublicKeyInfo of its link key
 * @param statementKey Ed25519
 * @param apiPin SHA-256 of the SubjectPublicKeyInfo of its API key
 */
public record Card(int player, Address mpc, Address api, Bytes32 tlsPin, Bytes32 statementKey, Bytes32 apiPin) {
    public Card {
        if (player < 1 || player > Roster.MOST_PLAYERS) {
            throw new IllegalArgumentException("player must be 1 to " + Roster.MOST_PLAYERS + ", is " + player);
        }
        if (!Statements.isKey(statementKey.bytes())) {
            throw new IllegalArgumentException("statement-key of player " + player + " is not an Ed25519 key");
        }
    }

    public static Card of(NodeIdentity identity, Address mpc, Address api) {
        return new Card(
                identity.player(),
                mpc,
                api,
                identity.tls().pin(),
                identity.statements().publicKey(),
                identity.api().pin());
    }

    /** id of protocols.md 0.4: what two operators compare by reading it aloud ({@link Bytes32#grouped}). */
    public Bytes32 id() {
        return NodeIdentity.id(player, tlsPin, statementKey);
    }

    /** Whether this is the same node, wherever it is reached. */
    public boolean isSameNode(Card other) {
        return player == other.player
                && tlsPin.equals(other.tlsPin)
                && statementKey.equals(other.statementKey)
                && apiPin.equals(other.apiPin);
    }

    /** The card as a file: a roster entry, and the id, so that a damaged card is found. */
    public String toToml() {
        return """
                # Card of node %d, all public. Compare the id by voice before you trust it:
                # %s
                id = "%s"
                %s""".formatted(player, id().grouped(), id(), entry());
    }

    /** The keys of a roster entry. */
    String entry() {
        return """
                player = %d
                mpc = "%s"
                api = "%s"
                tls-sha256 = "%s"
                statement-key = "%s"
                api-sha256 = "%s"
                """.formatted(player, mpc, api, tlsPin, statementKey, apiPin);
    }

    /** The same members as JSON, one object. */
    public String toJson() {
        return """
                {"id": "%s", "player": %d, "mpc": "%s", "api": "%s", "tls-sha256": "%s", "statement-key": "%s", \
                "api-sha256": "%s"}""".formatted(id(), player, mpc, api, tlsPin, statementKey, apiPin);
    }

    /** The inverse of {@link #toToml} and {@link #toJson}. {@code source} names the text in refusals. */
    public static Card parse(String source, String text) throws ConfigException {
        return Settings.parse(source, text, settings -> {
            var card = read(settings);
            if (!settings.bytes32("id").equals(card.id())) {
                throw settings.wrong("id", "does not belong to the rest of the card: the card was changed");
            }
            return card;
        });
    }

    static Card read(Settings settings) throws ConfigException {
        int player = settings.number("player", 1, Roster.MOST_PLAYERS);
        var mpc = settings.address("mpc");
        var api = settings.address("api");
        var tlsPin = settings.bytes32("tls-sha256");
        var statementKey = settings.bytes32("statement-key");
        var apiPin = settings.bytes32("api-sha256");
        try {
            return new Card(player, mpc, api, tlsPin, statementKey, apiPin);
        } catch (IllegalArgumentException e) {
            throw settings.wrong("statement-key", e);
        }
    }
}
