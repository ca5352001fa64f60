package quorate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static quorate.store.TestNode.generate;
import static quorate.store.TestNode.id;
import static quorate.store.TestNode.share;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ban counts for a pair state only if it is of the same pair: names of setups are known to everybody. */
class ForeignBansTest {
    private static final Bytes SHARING = id("k/0");
    private static final Bytes ME = id("node 2");
    private static final Bytes PEER = id("node 3");
    private static final Bytes STRANGER = id("node 1");

    @TempDir
    Path root;

    private Database database;

    @BeforeEach
    void open() {
        database = TestNode.prepared(root).open();
        generate(database, "k", 1);
        database.pairStates().add("k", SHARING, PEER, new NewPairState(3, id("s3"), 0, share(33)));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aBanByAStrangerLeavesThePairInUse() {
        keep(STRANGER, ME);
        keep(STRANGER, PEER);
        keep(ME, STRANGER);
        keep(PEER, STRANGER);
        keep(STRANGER, STRANGER);
        keep(ME, ME);

        assertThat(state().usable(PEER)).isTrue();
        assertThat(database.pairStates().isBanned("k", id("s3"), PEER)).isFalse();
    }

    @Test
    void aBanByThePeerCountsAmongThoseOfStrangers() {
        keep(STRANGER, ME);
        keep(PEER, ME);

        assertThat(state().banned(PEER)).isTrue();
        assertThat(state().usable(PEER)).isFalse();
        assertThat(database.pairStates().isBanned("k", id("s3"), PEER)).isTrue();
    }

    private void keep(Bytes accuser, Bytes accused) {
        assertThat(database.bans().keep("k", id("s3"), accuser, accused, "received", Bytes.of(new byte[] {1})))
                .isTrue();
    }

    private StoredPairState state() {
        return database.pairStates().of("k", SHARING).getFirst();
    }
}
