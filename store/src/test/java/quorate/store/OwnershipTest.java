package quorate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quorate.store.TestNode.RANDOM;
import static quorate.store.TestNode.generate;
import static quorate.store.TestNode.id;
import static quorate.store.TestNode.key;
import static quorate.store.TestNode.keygen;
import static quorate.store.TestNode.says;
import static quorate.store.TestNode.share;
import static quorate.store.TestNode.sharing;
import static quorate.store.TestNode.startReshare;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PSG-3: a process that lost the database writes nothing and learns of it within a second. */
class OwnershipTest {
    @TempDir
    Path root;

    private TestNode node;
    private Database database;

    @BeforeEach
    void open() {
        node = TestNode.prepared(root);
        database = node.open();
        generate(database, "k", 1);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void noWriteOfAFormerOwnerHappens() {
        var op = startReshare(database, "k", 1, 2);
        takeOver();
        var writes = List.<Consumer<Database>>of(
                d -> d.operations()
                        .writePending(key("m"), keygen("m", "op", "m/0"), sharing("m/0", 0), share(3), List.of()),
                d -> d.operations().commit("k", op, says(Verb.COMMITTED)),
                d -> d.operations().refuse("k", op, says(Verb.REFUSED)),
                d -> d.operations().clean("k", op, List.of()),
                d -> d.operations().freeze("k", op, List.of()),
                d -> d.operations().revert("k", op, List.of()),
                d -> d.operations().refuseUnseen(keygen("m", "op", "m/0"), List.of()),
                d -> d.operations().declareDead("k", op, new Participant(0, 1)),
                d -> d.statements().keep("k", op, says(1, Verb.PREPARED)),
                d -> d.shares().delete("l", Optional.empty()),
                d -> d.shares().markStale("k", id("k/0")),
                d -> d.shares().install(key("m"), sharing("m/0", 0), share(3), Optional.empty()),
                d -> d.pauses().pause("alice", "", Optional.empty()),
                d -> d.sessions().use(id("s")),
                d -> d.events().append("KIND", ""),
                Database::newDatabaseIncarnation);
        for (var write : writes) {
            assertThatThrownBy(() -> write.accept(database))
                    .isInstanceOfSatisfying(NotOwner.class, refusal -> {
                        assertThat(refusal.code()).isEqualTo("NOT_OWNER");
                        assertThat(refusal.check()).contains("PSG-3");
                    })
                    .hasMessageContaining("taken over by another process");
        }
        assertThat(database.operations().find("k", op).orElseThrow().state()).isEqualTo(OperationState.PENDING);
        assertThat(database.statements().of("k", op)).hasSize(1);
        assertThat(database.keys().all()).hasSize(1);
        assertThat(database.events().latest(1)).isEmpty();
        assertThat(database.pauses().current()).isEmpty();
    }

    @Test
    void checkNoticesAnotherOwner() {
        database.checkOwner();
        takeOver();
        assertThatThrownBy(database::checkOwner)
                .isInstanceOf(NotOwner.class)
                .hasMessageContaining("taken over by another process");
    }

    @Test
    void checkNoticesThatTheDatabaseFileWasReplaced() throws Exception {
        var copy = root.resolve("copy.db");
        database.writeSnapshot(copy);
        Files.move(node.database(), root.resolve("moved.db"));
        assertThatThrownBy(database::checkOwner).isInstanceOf(NotOwner.class).hasMessageContaining("is gone");
        Disk.copy(copy, node.database());
        assertThatThrownBy(database::checkOwner)
                .isInstanceOf(NotOwner.class)
                .hasMessageContaining("was replaced");
    }

    @Test
    void checkNoticesThatALockFileWasRemoved() throws Exception {
        Files.delete(root.resolve("data/quorate.db.lock"));
        assertThatThrownBy(database::checkOwner)
                .isInstanceOf(NotOwner.class)
                .hasMessageContaining("was removed or replaced; this process is no longer the node and must stop");
    }

    @Test
    void fenceOnlyGrowsAndStartsAreNeverTakenBack() {
        assertThatThrownBy(() -> node.tamper("UPDATE owner SET fence = fence"))
                .hasStackTraceContaining("fence only grows");
        assertThatThrownBy(() -> node.tamper("UPDATE node SET start_no = start_no - 1"))
                .hasStackTraceContaining("start_no only grows");
    }

    @Test
    void nothingOfATransactionThatFailsIsKept() {
        assertThatThrownBy(() -> database.storage().<Integer>write(t -> {
                    t.change("DELETE FROM sharing");
                    t.change("DELETE FROM key");
                    throw new IllegalStateException("crash before the commit");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(database.keys().offers("k")).hasSize(1);
        database.close();
        database = node.open();
        assertThat(TestNode.shareOf(database, "k", "k/0")).isEqualTo(share(1));
    }

    private void takeOver() {
        try (var other = Sqlite.WRITER.open(node.database())) {
            other.write(t -> Owner.take(t, Bytes.random(32, RANDOM)));
        }
    }
}
