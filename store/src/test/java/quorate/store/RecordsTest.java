package quorate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static quorate.store.TestNode.bytes;
import static quorate.store.TestNode.id;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small tables: links, session ids, backups, events. */
class RecordsTest {
    @TempDir
    Path root;

    private TestNode node;
    private Database database;

    @BeforeEach
    void open() {
        node = TestNode.prepared(root);
        database = node.open();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void remembersOnlyTheHighestLinkOfAHistory() {
        var links = database.links();
        var first = link("dbi", "inc a", 4, 1);
        assertThat(links.remember(first)).isTrue();
        assertThat(links.remember(first)).isFalse();
        assertThat(links.remember(link("dbi", "inc a", 3, 9))).isFalse();
        assertThat(links.remember(link("dbi", "inc b", 4, 9))).isFalse();
        assertThat(links.of(1)).containsExactly(first);

        var nextLink = link("dbi", "inc a", 4, 2);
        assertThat(links.remember(nextLink)).isTrue();
        var nextStart = link("dbi", "inc c", 5, 1);
        assertThat(links.remember(nextStart)).isTrue();
        assertThat(links.of(1)).containsExactly(nextStart);
        assertThat(links.of(3)).isEmpty();
    }

    @Test
    void anApprovalOfARepairIsForOneSessionOneKeyOneNodeAndEnds() {
        var approvals = database.repairApprovals();
        var given = approvals.give(id("session"), "key", id("node"), "olga", Duration.ofSeconds(2));
        assertThat(given).hasValueSatisfying(approval -> {
            assertThat(approval.by()).isEqualTo("olga");
            assertThat(approval.expiresAt()).isEqualTo(approval.approvedAt().plusSeconds(2));
        });
        assertThat(approvals.give(id("session"), "other", id("node"), "ivan", Duration.ofSeconds(2))).isEmpty();
        assertThat(approvals.all()).containsExactly(given.orElseThrow());

        assertThat(approvals.holds(id("session"), "key", id("node"))).isTrue();
        assertThat(approvals.holds(id("other"), "key", id("node"))).isFalse();
        assertThat(approvals.holds(id("session"), "other", id("node"))).isFalse();
        assertThat(approvals.holds(id("session"), "key", id("other"))).isFalse();
        node.clock.advance(Duration.ofSeconds(2));
        assertThat(approvals.holds(id("session"), "key", id("node"))).isFalse();
        assertThatThrownBy(() -> database.storage().write(t -> t.change("DELETE FROM repair_approval")))
                .hasMessageContaining("kept for ever");
    }

    @Test
    void whatIsKnownOfAPlayerNeverChanges() {
        var players = database.registeredPlayers();
        var four = player(4, "four", "n4:9201");
        assertThat(players.add(four)).isTrue();
        assertThat(players.add(player(4, "other", "n5:9201"))).isFalse();
        assertThat(players.add(player(5, "four", "n5:9201"))).isFalse();
        assertThat(players.add(player(5, "five", "n4:9201"))).isFalse();
        assertThat(players.add(player(5, "five", "n5:9201"))).isTrue();

        assertThat(players.all()).extracting(RegisteredPlayer::player).containsExactly(4, 5);
        assertThat(players.all()).first().isEqualTo(four);
        assertThatThrownBy(() -> database.storage()
                        .write(t -> t.change("UPDATE registered_player SET tls_pin = zeroblob(32)")))
                .hasMessageContaining("never changes");
        assertThatThrownBy(() -> database.storage().write(t -> t.change("DELETE FROM registered_player")))
                .hasMessageContaining("kept for ever");
    }

    private static RegisteredPlayer player(int player, String keys, String mpc) {
        return new RegisteredPlayer(
                player, mpc, "api." + mpc, id(keys + " tls"), id(keys + " statements"), id(keys + " api"), "olga",
                Instant.ofEpochMilli(7));
    }

    @Test
    void keepsOneOrderForEachSetOfPlayers() {
        TestNode.generate(database, "key", 1);
        var orders = database.standingOrders();
        orders.put(new StandingOrder("key", List.of(3, 1), 5));
        orders.put(new StandingOrder("key", List.of(1, 3), 7));
        orders.put(new StandingOrder("key", List.of(1, 2), 1));

        assertThat(orders.all())
                .containsExactly(
                        new StandingOrder("key", List.of(1, 2), 1), new StandingOrder("key", List.of(1, 3), 7));
        assertThat(orders.remove("key", List.of(2, 1))).isTrue();
        assertThat(orders.remove("key", List.of(2, 1))).isFalse();
        assertThat(orders.all()).hasSize(1);
    }

    @Test
    void countsChanges() {
        long before = database.changes();
        assertThat(database.changes()).isEqualTo(before);
        database.events().append("kind", "detail");
        assertThat(database.changes()).isGreaterThan(before);
    }

    @Test
    void remembersTheLastSixteenHistories() {
        for (int history = 0; history < 20; history++) {
            database.links().remember(link("dbi " + history, "inc", 1, 1));
            node.clock.advance(Duration.ofSeconds(1));
        }
        var seen = database.links().of(1);
        assertThat(seen).hasSize(16);
        assertThat(seen.getFirst().dbi()).isEqualTo(id("dbi 19"));
        assertThat(seen.getLast().dbi()).isEqualTo(id("dbi 4"));
    }

    @Test
    void aSessionIdIsUsedOnceUntilItIsForgotten() {
        var sessions = database.sessions();
        assertThat(sessions.use(id("s"))).isTrue();
        assertThat(sessions.use(id("s"))).isFalse();
        assertThat(sessions.isUsed(id("s"))).isTrue();
        assertThat(sessions.isUsed(id("t"))).isFalse();
        node.clock.advance(Duration.ofDays(1));
        sessions.use(id("t"));
        assertThat(sessions.forget(node.clock.instant())).isEqualTo(1);
        assertThat(sessions.isUsed(id("s"))).isFalse();
        assertThat(sessions.isUsed(id("t"))).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sessions.use(bytes("short")))
                .withMessage("session id has 5 bytes, needs 32");
    }

    @Test
    void aBackupIsIncompleteUntilItIsCompleted() {
        var backups = database.backups();
        var content = new BackupRecord.Content(id("file"), 123_456_789_012L, 7);
        assertThat(backups.complete("b1", content)).isFalse();
        assertThat(backups.begin("b1")).isTrue();
        assertThat(backups.begin("b1")).isFalse();
        assertThat(backups.all().getFirst().isComplete()).isFalse();
        assertThat(backups.complete("b1", content)).isTrue();
        assertThat(backups.complete("b1", content)).isFalse();

        node.clock.advance(Duration.ofHours(1));
        assertThat(backups.verified("b1", false, "key k: epoch 1 of 2")).isTrue();
        assertThat(backups.verified("b2", true, "")).isFalse();
        backups.begin("b2");

        var now = node.clock.instant();
        assertThat(backups.all())
                .containsExactly(
                        new BackupRecord("b2", now, Optional.empty(), Optional.empty()),
                        new BackupRecord(
                                "b1",
                                now.minus(Duration.ofHours(1)),
                                Optional.of(content),
                                Optional.of(new BackupRecord.Finding(now, false, "key k: epoch 1 of 2"))));
    }

    @Test
    void drillsAreAppendedAndStay() {
        var drills = database.drills();
        assertThat(drills.last()).isEmpty();
        var first = drills.record("b1", "alice", false, 7, 6, "key k: SIGNATURE_INVALID");
        node.clock.advance(Duration.ofHours(1));
        var second = drills.record("of another database", "bob", true, 7, 7, "");

        assertThat(drills.latest(10)).containsExactly(second, first);
        assertThat(drills.last()).hasValue(new Drill(
                "of another database", node.clock.instant(), "bob", true, 7, 7, ""));
        assertThatThrownBy(() -> node.tamper("DELETE FROM drill")).hasStackTraceContaining("append-only");
        assertThatThrownBy(() -> node.tamper("UPDATE drill SET ok = 1")).hasStackTraceContaining("append-only");
        assertThatThrownBy(() -> drills.record("b1", "alice", true, 7, 8, ""))
                .hasStackTraceContaining("CHECK constraint failed");
    }

    @Test
    void eventsAreAppendedAndStay() {
        var events = database.events();
        var first = events.append("STALE", "key k");
        node.clock.advance(Duration.ofSeconds(5));
        var second = events.append("ROLLED_BACK", "peer 3");
        assertThat(second).isGreaterThan(first);
        var expected = new Event(second, node.clock.instant(), "ROLLED_BACK", "peer 3");
        assertThat(events.after(first, 10)).containsExactly(expected);
        assertThat(events.latest(1)).containsExactly(expected);
        assertThat(events.after(0, 1)).extracting(Event::id).containsExactly(first);
        assertThatThrownBy(() -> node.tamper("DELETE FROM event")).hasStackTraceContaining("append-only");
        assertThatThrownBy(() -> node.tamper("UPDATE event SET kind = ''")).hasStackTraceContaining("append-only");
    }

    @Test
    void bytesPrintAsHexAndCompareByContent() {
        assertThat(Bytes.fromHex("00ff")).isEqualTo(Bytes.of(new byte[] {0, -1})).hasToString("00ff");
        assertThat(Bytes.of(new byte[33])).hasToString("00".repeat(32) + "... (33 bytes)");
        var array = new byte[] {1};
        var bytes = Bytes.of(array);
        array[0] = 2;
        bytes.toArray()[0] = 3;
        assertThat(bytes.hex()).isEqualTo("01");
    }

    private static LinkSeen link(String dbi, String inc, long startNo, long linkNo) {
        return new LinkSeen(1, id(dbi), id(inc), startNo, linkNo, bytes("LINK " + startNo + "/" + linkNo));
    }
}
