package quorate.node.pair;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.node.identity.Statements;
import quorate.pair.Ban;

class BanExchangeTest {
    @TempDir
    Path folder;

    private PairNode node;
    private BanExchange exchange;
    private final List<PairFrame> sent = new ArrayList<>();
    private final List<Ban> learned = new ArrayList<>();
    private final List<String> rolledBack = new ArrayList<>();

    @BeforeEach
    void openNode() throws Exception {
        node = new PairNode(folder);
        node.add(2, 0);
        exchange = new BanExchange(
                node.database,
                node.self,
                node::roster,
                new Statements(),
                (player, frame) -> sent.add(PairFrameTest.decoded(frame)),
                learned::add,
                detail -> {
                    assertThat(node.database.bans().by(node.id(1))).as("detected before it is known").isEmpty();
                    rolledBack.add(detail);
                });
    }

    @AfterEach
    void closeNode() {
        node.close();
    }

    @Test
    void obeysItsOwnBanThatItsDatabaseForgot() {
        var ban = node.ban(1, 1, 2);

        exchange.shown(3, ban);
        exchange.shown(3, ban);

        assertThat(rolledBack).singleElement().asString().contains("BAN-1");
        assertThat(learned).containsExactly(ban);
        assertThat(node.database.bans().names(PairNode.KEY, PairNode.named(2, 0))).isTrue();
        assertThat(node.database.bans().unapproved(PairNode.KEY, node.id(2))).hasSize(1);
    }

    @Test
    void ignoresABanInItsNameThatItDidNotSign() {
        exchange.shown(2, node.ban(2, 1, 2));

        assertNothingHappened();
    }

    @Test
    void ignoresABanThatItsAccuserDidNotSign() {
        exchange.shown(3, node.ban(3, 2, 1));

        assertNothingHappened();
    }

    @Test
    void keepsWhatAPeerShowsAndGivesItBack() {
        var ban = node.ban(2, 2, 1);
        exchange.shown(3, ban);
        exchange.shown(2, ban);
        assertThat(learned).containsExactly(ban);
        assertThat(rolledBack).isEmpty();

        exchange.linkUp(2);

        assertThat(sent).containsExactly(new PairFrame.Shown(ban));
    }

    @Test
    void showsItsOwnBansToEverybody() {
        var ban = node.ban(1, 1, 2);
        exchange.show(ban, List.of(2, 3));
        assertThat(sent).containsExactly(new PairFrame.Shown(ban), new PairFrame.Shown(ban));
    }

    @Test
    void keepsOnlySoManyOfAnAccuser() {
        for (int number = 0; number < BanExchange.BANS_PER_ACCUSER + 5; number++) {
            exchange.shown(2, node.banOf(2, 1, number));
        }

        assertThat(node.database.bans().by(node.id(2))).hasSize(BanExchange.BANS_PER_ACCUSER);
        exchange.shown(3, node.banOf(3, 1, 0));
        assertThat(node.database.bans().by(node.id(3))).hasSize(1);
    }

    private void assertNothingHappened() {
        assertThat(node.database.bans().all()).isEmpty();
        assertThat(learned).isEmpty();
        assertThat(rolledBack).isEmpty();
    }
}
