package quorate.node.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quorate.commit.Octets;
import quorate.pair.PairOffers;
import quorate.rounds.Agreement;
import quorate.rounds.Check;
import quorate.rounds.Disagreement;
import quorate.rounds.Entry;
import quorate.rounds.Operation;
import quorate.store.StoredPairState;

class PairBookTest {
    private static final Duration GRACE = Duration.ofSeconds(24);

    @TempDir
    Path folder;

    private PairNode node;
    private PairBook book;

    @BeforeEach
    void openNode() throws Exception {
        node = new PairNode(folder);
        book = bookAt(Duration.ZERO);
        node.add(2, 0);
        node.add(2, 1);
        node.add(3, 0);
    }

    @AfterEach
    void closeNode() {
        node.close();
    }

    private PairBook bookAt(Duration later) {
        return new PairBook(node.database, Clock.offset(Clock.system(ZoneOffset.UTC), later), GRACE);
    }

    @Test
    void listsTheTwoNewestOfEachPartyOfTheSession() {
        assertThat(book.offers(List.of(node.key), Set.of(1, 2)).setups())
                .containsOnlyKeys(2)
                .containsEntry(2, List.of(PairNode.setup(2, 1), PairNode.setup(2, 0)));
    }

    @Test
    void usesTheNewestThatBothList() throws Exception {
        assertThat(book.choose(node.key, agreement(PairNode.setup(2, 0)))).containsEntry(2, PairNode.setup(2, 0));
        assertThat(book.choose(node.key, agreement(PairNode.setup(2, 0), PairNode.setup(2, 1))))
                .containsEntry(2, PairNode.setup(2, 1));
    }

    @Test
    void namesThePartyWithoutACommonSetup() {
        assertThatExceptionOfType(Disagreement.class)
                .isThrownBy(() -> book.choose(node.key, agreement(PairNode.setup(2, 9))))
                .withMessageContaining("[2]")
                .satisfies(diverged -> assertThat(diverged.check()).isEqualTo(Check.PAIR_2));
    }

    @Test
    void wipesTheFormerOnceThePeerListsTheNewestAndNoSessionCanNeedTheFormer() throws Exception {
        var later = bookAt(GRACE.plusSeconds(1));
        book.choose(node.key, agreement(PairNode.setup(2, 1)));
        assertThat(generations()).as("a session may have begun with it").containsExactly(1L, 0L);
        later.choose(node.key, agreement(PairNode.setup(2, 0)));
        assertThat(generations()).as("the peer has not listed the newest").containsExactly(1L, 0L);

        later.choose(node.key, agreement(PairNode.setup(2, 1)));

        assertThat(generations()).containsExactly(1L);
    }

    @Test
    void aStateThatIsGoneSinceItWasChosenIsADivergence() throws Exception {
        var chosen = book.choose(node.key, agreement(PairNode.setup(2, 0)));
        node.database.pairStates().forgetBefore(PairNode.KEY, PairBook.shareId(node.key), 2, 1);

        assertThatExceptionOfType(Disagreement.class)
                .isThrownBy(() -> book.open(node.key, chosen, node.secrets))
                .satisfies(gone -> assertThat(gone.check()).isEqualTo(Check.PAIR_2));
        assertThatExceptionOfType(Disagreement.class)
                .isThrownBy(() -> book.begin(node.key, chosen.values(), 1))
                .satisfies(gone -> assertThat(gone.check()).isEqualTo(Check.PAIR_2));
    }

    @Test
    void countsASessionUntilItEnds() throws Exception {
        var chosen = book.choose(node.key, agreement(PairNode.setup(2, 1)));
        try (var use = book.begin(node.key, chosen.values(), 64)) {
            assertThat(newest().crashed()).as("it runs").isZero();
            assertThat(newest().sessions()).isEqualTo(64);
            assertThat(use).isNotNull();
        }
        assertThat(newest().crashed()).isZero();
        assertThat(newest().sessions()).isEqualTo(64);
    }

    @Test
    void offersNothingOfAnotherHistoryOfTheDatabase() {
        node.database.newDatabaseIncarnation();

        assertThat(book.offers(List.of(node.key), Set.of(1, 2, 3)).setups()).isEmpty();
        assertThat(book.usablePeers(node.key)).isEmpty();
        assertThat(book.generation(node.key, 2)).as("PAIR-3").isEqualTo(1);
    }

    private StoredPairState newest() {
        return book.usable(node.key).getFirst();
    }

    private List<Long> generations() {
        return node.database.pairStates().of(PairNode.KEY, PairBook.shareId(node.key)).stream()
                .filter(state -> state.peer() == 2)
                .map(StoredPairState::generation)
                .toList();
    }

    private Agreement agreement(Octets... listedByTwo) {
        var theirs = new TreeMap<Integer, List<Octets>>();
        theirs.put(1, List.of(listedByTwo));
        var pairs = new TreeMap<Integer, byte[]>();
        pairs.put(1, book.offers(List.of(node.key), Set.of(1, 2)).encode());
        pairs.put(2, new PairOffers(theirs).encode());
        var sharing = node.key.sharing();
        return new Agreement(
                new byte[32],
                Operation.ECDSA_INTERACTIVE.protocolId(),
                sharing.group(),
                sharing.scheme().code(),
                sharing.keyId(),
                sharing.players(),
                sharing.degree(),
                node.key.committee().digest(),
                List.of(entry(1), entry(2)),
                1,
                sharing.epoch(),
                sharing.shareId(),
                new byte[32],
                pairs);
    }

    private Entry entry(int party) {
        return new quorate.node.key.Self(node.identity(party), node.self.incarnation(), node.self.database())
                .entry(party);
    }
}
