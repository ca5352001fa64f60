package quorate.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.node.identity.Bytes32;
import quorate.node.identity.NodeIdentity;

class RosterTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final List<Card> CARDS = IntStream.rangeClosed(1, 3).mapToObj(RosterTest::card).toList();

    @TempDir
    private Path folder;

    @Test
    void comesBackFromItsFile() throws Exception {
        var roster = new Roster(2, CARDS);
        roster.write(folder.resolve("roster.toml"));
        assertThat(Roster.load(folder.resolve("roster.toml"))).isEqualTo(roster);
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertRefused(1, CARDS, "threshold must be 2 to 3, is 1");
        assertRefused(4, CARDS, "threshold must be 2 to 3, is 4");
        assertRefused(2, CARDS.subList(0, 1), "a roster has 2 to 32 players, not 1");
        assertRefused(2, IntStream.rangeClosed(0, 32).mapToObj(i -> CARDS.getFirst()).toList(),
                "a roster has 2 to 32 players, not 33");
    }

    @Test
    void refusesGapsAndDoublePlayers() {
        var found = "players must be 1 to 2, each once, ascending; found ";
        assertRefused(2, List.of(CARDS.get(0), CARDS.get(2)), found + "1, 3");
        assertRefused(2, List.of(CARDS.get(0), CARDS.get(0)), found + "1, 1");
        assertRefused(2, List.of(CARDS.get(1), CARDS.get(2)), found + "2, 3");
    }

    @Test
    void refusesAKeyOrAddressThatIsUsedTwice() {
        var one = CARDS.get(0);
        var two = CARDS.get(1);
        assertTwice(new Card(2, one.mpc(), two.api(), two.tlsPin(), two.statementKey(), two.apiPin()), "mpc address");
        assertTwice(new Card(2, two.mpc(), one.api(), two.tlsPin(), two.statementKey(), two.apiPin()), "api address");
        assertTwice(new Card(2, two.mpc(), two.api(), one.tlsPin(), two.statementKey(), two.apiPin()), "TLS key");
        assertTwice(new Card(2, two.mpc(), two.api(), two.tlsPin(), one.statementKey(), two.apiPin()), "statement key");
        assertTwice(new Card(2, two.mpc(), two.api(), two.tlsPin(), two.statementKey(), one.apiPin()), "API key");
        assertRefused(
                2,
                List.of(one, new Card(2, two.mpc(), two.api(), two.tlsPin(), two.statementKey(), one.tlsPin())),
                "API key of player 2 is also the TLS key of player 1: every key and address is used once");
    }

    @Test
    void refusesAStatementKeyThatIsNone() {
        var card = CARDS.getFirst();
        assertThatThrownBy(() -> new Card(
                        1, card.mpc(), card.api(), card.tlsPin(), new Bytes32("00".repeat(32)), card.apiPin()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("statement-key of player 1 is not an Ed25519 key");
    }

    @Test
    void readsCardsInBothForms() throws ConfigException {
        for (var card : CARDS) {
            assertThat(Card.parse("card", card.toToml())).isEqualTo(card);
            assertThat(Card.parse("card", card.toJson())).isEqualTo(card);
        }
    }

    @Test
    void refusesACardThatWasChanged() {
        var text = CARDS.getFirst().toToml();
        var changed = text.replace("player = 1", "player = 2");
        assertThatThrownBy(() -> Card.parse("card", changed))
                .isInstanceOf(ConfigException.class)
                .hasMessage("card:3: id: does not belong to the rest of the card: the card was changed");
    }

    @Test
    void readsNothingElseAsACard() {
        var json = CARDS.getFirst().toJson();
        for (int length = 0; length < json.length(); length++) {
            var cut = json.substring(0, length);
            assertThatThrownBy(() -> Card.parse("card", cut)).isInstanceOf(ConfigException.class);
        }
        var deep = List.of("[".repeat(100_000), "x = " + "[".repeat(100_000), "{\"a\":".repeat(5000));
        var other = List.of("[]", "{}", "null", "5", "\"x\"", json + json);
        for (var text : Stream.concat(deep.stream(), other.stream()).toList()) {
            assertThatThrownBy(() -> Card.parse("card", text)).isInstanceOf(ConfigException.class);
        }
    }

    @Test
    void showsTheIdToBeReadAloud() {
        var card = CARDS.getFirst();
        assertThat(card.id().grouped()).matches("([0-9a-f]{4} ){15}[0-9a-f]{4}");
        assertThat(card.toToml()).contains(card.id().grouped());
    }

    @Test
    void knowsAddressesAndNothingElse() {
        for (var text : List.of("127.0.0.1:1", "node-1.example.org:65535", "[::1]:9201", "[2001:db8::1]:80", "a:9")) {
            assertThat(Address.parse(text)).hasToString(text);
        }
        var wrong = List.of(
                "", ":1", "a", "a:", "a:x", "a:65536", "a:123456", "a b:1", "::1:9", "a\":1", "-a:1", "[x]:1");
        for (var text : wrong) {
            assertThatThrownBy(() -> Address.parse(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void assertTwice(Card second, String what) {
        assertRefused(2, List.of(CARDS.getFirst(), second),
                what + " of player 2 is also the " + what + " of player 1: every key and address is used once");
    }

    private static void assertRefused(int threshold, List<Card> cards, String message) {
        assertThatThrownBy(() -> Roster.assemble(cards, threshold))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    private static Card card(int player) {
        var identity = NodeIdentity.generate(player, List.of(), RANDOM);
        return Card.of(identity, new Address("127.0.0.1", 9200 + player), new Address("127.0.0.1", 9100 + player));
    }
}
