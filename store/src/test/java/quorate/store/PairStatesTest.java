package quorate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quorate.store.TestNode.generate;
import static quorate.store.TestNode.id;
import static quorate.store.TestNode.key;
import static quorate.store.TestNode.keygen;
import static quorate.store.TestNode.says;
import static quorate.store.TestNode.share;
import static quorate.store.TestNode.sharing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairStatesTest {
    private static final Bytes SHARING = id("k/0");
    private static final Bytes ME = id("node 2");
    private static final Bytes PEER = id("node 3");
    private static final Bytes OTHER = id("node 1");

    @TempDir
    Path root;

    private TestNode node;
    private Database database;
    private PairStates pairs;
    private Bans bans;

    @BeforeEach
    void open() {
        node = TestNode.prepared(root);
        start();
        generate(database, "k", 1);
    }

    private void start() {
        database = node.open();
        pairs = database.pairStates();
        bans = database.bans();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void keepsThePairStatesOfAKeyThatIsMade() {
        database.operations()
                .writePending(
                        key("l"),
                        keygen("l", "op", "l/0"),
                        sharing("l/0", 0),
                        share(2),
                        List.of(state(1, "s1", 0, 11), state(3, "s3", 0, 33)),
                        says(Verb.PREPARED));

        assertThat(pairs.of("l", id("l/0"))).extracting(StoredPairState::peer).containsExactly(1, 3);
        assertThat(secretOf("l", "l/0", 3, "s3")).isEqualTo(share(33));
    }

    @Test
    void losesThePairStatesOfAKeyThatIsRefused() {
        database.operations()
                .writePending(
                        key("l"),
                        keygen("l", "op", "l/0"),
                        sharing("l/0", 0),
                        share(2),
                        List.of(state(1, "s1", 0, 11)),
                        says(Verb.PREPARED));

        database.operations().refuse("l", id("op"), says(Verb.REFUSED));

        assertThat(pairs.all()).isEmpty();
    }

    @Test
    void losesThePairStatesOfAShareThatIsDeleted() {
        pairs.add("k", SHARING, PEER, state(3, "s3", 0, 33));

        database.shares().delete("k", Optional.empty());

        assertThat(pairs.all()).isEmpty();
    }

    @Test
    void listsTheNewestOfAPeerFirstAndForgetsTheOlderOnRequest() {
        pairs.add("k", SHARING, PEER, state(3, "old", 0, 1));
        pairs.add("k", SHARING, PEER, state(3, "new", 1, 2));
        pairs.add("k", SHARING, OTHER, state(1, "other", 0, 3));
        assertThat(pairs.of("k", SHARING)).extracting(StoredPairState::setup).containsExactly(id("other"), id("new"), id("old"));

        pairs.forgetBefore("k", SHARING, 3, 1);

        assertThat(pairs.of("k", SHARING)).extracting(StoredPairState::setup).containsExactly(id("other"), id("new"));
    }

    @Test
    void refusesAPairStateWithoutItsSharing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pairs.add("k", id("another"), PEER, state(3, "s3", 0, 1)))
                .withMessageContaining("this node holds no sharing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> secretOf("k", "k/0", 3, "none"))
                .withMessageContaining("this node holds no pair state");
    }

    @Test
    void opensNoPairStateThatWasMoved() {
        pairs.add("k", SHARING, PEER, state(3, "s3", 0, 33));
        pairs.add("k", SHARING, OTHER, state(1, "s1", 0, 11));

        node.tamper("UPDATE pair_state SET sealed_state = (SELECT sealed_state FROM pair_state WHERE peer = 1) WHERE peer = 3");

        assertThatThrownBy(() -> secretOf("k", "k/0", 3, "s3"))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("pair_state");
    }

    @Test
    void countsUsesAndSessionsThatDidNotEnd() {
        pairs.add("k", SHARING, PEER, state(3, "s3", 0, 33));

        pairs.began("k", SHARING, List.of(id("s3")), 64);
        pairs.began("k", SHARING, List.of(id("s3")), 1);
        pairs.ended("k", SHARING, List.of(id("s3")));

        var counted = pairs.of("k", SHARING).getFirst();
        assertThat(counted.sessions()).isEqualTo(65);
        assertThat(counted.crashed()).as("one still runs").isZero();
        close();
        start();
        counted = pairs.of("k", SHARING).getFirst();
        assertThat(counted.crashed()).isEqualTo(1);
        assertThat(counted.usable(PEER)).isTrue();
    }

    @Test
    void tellsTheDatabaseOfEndsAfterAWhile() throws SQLException {
        pairs.add("k", SHARING, PEER, state(3, "s3", 0, 33));
        for (int session = 0; session < 100; session++) {
            pairs.began("k", SHARING, List.of(id("s3")), 1);
        }
        for (int session = 0; session < 100; session++) {
            pairs.ended("k", SHARING, List.of(id("s3")));
            assertThat(crashedInDatabase()).isBetween(100 - session - 1, 100 - session - 1 + 16);
            assertThat(pairs.of("k", SHARING).getFirst().crashed()).isZero();
        }

        pairs.settle();

        assertThat(crashedInDatabase()).isZero();
        pairs.began("k", SHARING, List.of(id("s3")), 1);
        pairs.ended("k", SHARING, List.of(id("s3")));
        pairs.began("k", SHARING, List.of(id("s3")), 1);
        assertThat(crashedInDatabase()).as("a begin tells of the ends before").isEqualTo(1);
    }

    private int crashedInDatabase() throws SQLException {
        try (var connection = TestNode.connect(node.database());
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT crashed FROM pair_state")) {
            assertThat(row.next()).isTrue();
            return row.getInt(1);
        }
    }

    @Test
    void countingIsNoChangeOfWhatIsRemembered() {
        pairs.add("k", SHARING, PEER, state(3, "s3", 0, 33));
        long changes = database.changes();

        pairs.began("k", SHARING, List.of(id("s3")), 1);
        pairs.ended("k", SHARING, List.of(id("s3")));
        pairs.settle();

        assertThat(database.changes()).isEqualTo(changes);
    }

    @Test
    void suspendsASetUpAfterTooManyCrashes() {
        pairs.add("k", SHARING, PEER, state(3, "s3", 0, 33));
        for (int session = 0; session <= StoredPairState.MAX_CRASHED; session++) {
            assertThat(pairs.of("k", SHARING).getFirst().usable(PEER)).isTrue();
            pairs.began("k", SHARING, List.of(id("s3")), 1);
            if (session == StoredPairState.MAX_CRASHED - 1) {
                close();
                start();
            }
        }
        assertThat(pairs.of("k", SHARING).getFirst().usable(PEER)).as("the last still runs").isTrue();
        close();
        start();

        assertThat(pairs.of("k", SHARING).getFirst().usable(PEER)).isFalse();
    }

    @Test
    void suspendsAllSetUpsWhenTheDatabaseHasANewHistory() {
        pairs.add("k", SHARING, PEER, state(3, "s3", 0, 33));

        database.newDatabaseIncarnation();

        assertThat(pairs.of("k", SHARING).getFirst().current()).isFalse();
        assertThat(pairs.of("k", SHARING).getFirst().usable(PEER)).isFalse();
    }

    @Test
    void aBanWipesThePairStateAndStays() throws Exception {
        pairs.add("k", SHARING, PEER, state(3, "s3", 0, 0x5a));
        pairs.add("k", SHARING, OTHER, state(1, "s1", 0, 11));

        bans.raise("k", SHARING, 3, id("s3"), ME, PEER, "OTE-2", Bytes.of(new byte[] {1}));

        var left = pairs.of("k", SHARING).getLast();
        assertThat(left.wiped()).isTrue();
        assertThat(left.usable(PEER)).isFalse();
        assertThatThrownBy(() -> secretOf("k", "k/0", 3, "s3")).isInstanceOf(Damaged.class);
        assertThat(bans.names("k", id("s3"))).isTrue();
        close();
        start();
        assertThat(bans.all()).singleElement().satisfies(ban -> {
            assertThat(ban.accuser()).isEqualTo(ME);
            assertThat(ban.accused()).isEqualTo(PEER);
            assertThat(ban.reason()).isEqualTo("OTE-2");
        });
        assertThatThrownBy(() -> node.tamper("DELETE FROM ban")).hasStackTraceContaining("bans are kept for ever");
        assertThat(Files.exists(node.database())).isTrue();
    }

    @Test
    void aSetUpThatAPeerBannedIsNotUsable() {
        pairs.add("k", SHARING, PEER, state(3, "s3", 0, 33));

        assertThat(bans.keep("k", id("s3"), PEER, ME, "received", Bytes.of(new byte[] {1}))).isTrue();
        assertThat(bans.keep("k", id("s3"), PEER, ME, "received", Bytes.of(new byte[] {1}))).isFalse();

        assertThat(pairs.of("k", SHARING).getFirst().banned(PEER)).isTrue();
        assertThat(pairs.of("k", SHARING).getFirst().usable(PEER)).isFalse();
        assertThat(bans.by(PEER)).hasSize(1);
        assertThat(bans.by(ME)).isEmpty();
    }

    @Test
    void anApprovalCoversTheBansBeforeItOnly() {
        bans.raise("k", SHARING, 3, id("s3"), ME, PEER, "VOLE-2", Bytes.of(new byte[] {1}));
        assertThat(bans.unapproved("k", PEER)).hasSize(1);
        assertThat(bans.approver("k", PEER)).isEmpty();

        bans.approve("k", PEER, "alice");
        bans.approve("k", PEER, "alice");

        assertThat(bans.unapproved("k", PEER)).isEmpty();
        assertThat(bans.approver("k", PEER)).contains("alice");

        bans.keep("k", id("later"), PEER, ME, "received", Bytes.of(new byte[] {2}));
        assertThat(bans.unapproved("k", PEER)).extracting(StoredBan::setup).containsExactly(id("later"));
        assertThat(bans.unapproved("l", PEER)).isEmpty();
        assertThat(bans.unapproved("k", OTHER)).isEmpty();
    }

    @Test
    void bansBetweenTwoOtherNodesConcernNoPairOfThisNode() {
        bans.keep("k", id("s3"), PEER, OTHER, "received", Bytes.of(new byte[] {1}));

        assertThat(bans.unapproved("k", PEER)).isEmpty();
        assertThat(bans.unapproved("k", OTHER)).isEmpty();
        assertThat(bans.knows("k", id("s3"), PEER, OTHER)).isTrue();
        assertThat(bans.knows("k", id("s3"), OTHER, PEER)).isFalse();
    }

    @Test
    void storesNoPairStateOverABanThatNobodyApproved() {
        bans.keep("k", id("s3"), PEER, ME, "received", Bytes.of(new byte[] {1}));
        assertThat(pairs.add("k", SHARING, PEER, state(3, "new", 1, 1))).isFalse();
        assertThat(pairs.all()).isEmpty();

        bans.approve("k", PEER, "alice");

        assertThat(pairs.add("k", SHARING, PEER, state(3, "new", 1, 1))).isTrue();
        assertThat(pairs.of("k", SHARING).getFirst().usable(PEER)).isTrue();
    }

    @Test
    void aNewStateWipesBannedOnesAndAllButTheLastUsable() {
        for (int generation = 0; generation < 3; generation++) {
            pairs.add("k", SHARING, PEER, state(3, "g" + generation, generation, 1));
        }
        assertThat(pairs.of("k", SHARING)).extracting(StoredPairState::setup).containsExactly(id("g2"), id("g1"));

        bans.raise("k", SHARING, 3, id("g2"), ME, PEER, "OTE-2", Bytes.of(new byte[] {1}));
        assertThat(pairs.isBanned("k", id("g1"), PEER)).as("a ban wipes every setup of the pair").isTrue();
        bans.approve("k", PEER, "alice");
        pairs.add("k", SHARING, PEER, state(3, "g3", 3, 1));

        assertThat(pairs.of("k", SHARING)).extracting(StoredPairState::setup).containsExactly(id("g3"));
        assertThat(pairs.isBanned("k", id("g3"), PEER)).isFalse();
        assertThat(pairs.isBanned("k", id("g2"), PEER)).isTrue();
    }

    @Test
    void findsWhatHasServedLongEnough() {
        pairs.add("k", SHARING, PEER, state(3, "s3", 0, 33));
        var madeAt = pairs.all().getFirst().madeAt();
        pairs.began("k", SHARING, List.of(id("s3")), 64);

        assertThat(pairs.worn(64, madeAt)).hasSize(1);
        assertThat(pairs.worn(65, madeAt)).isEmpty();
        assertThat(pairs.worn(65, madeAt.plusMillis(1))).hasSize(1);
    }

    @Test
    void countsNoSessionOnAStateThatIsGone() {
        pairs.add("k", SHARING, PEER, state(3, "s3", 0, 33));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> pairs.began("k", SHARING, List.of(id("s3"), id("gone")), 1));

        assertThat(pairs.of("k", SHARING).getFirst().sessions()).isZero();
    }

    private byte[] secretOf(String keyId, String shareId, int peer, String setup) {
        return pairs.<byte[], RuntimeException>use(keyId, id(shareId), peer, id(setup), byte[]::clone);
    }

    private static NewPairState state(int peer, String setup, long generation, int filler) {
        return new NewPairState(peer, id(setup), generation, share(filler));
    }
}
