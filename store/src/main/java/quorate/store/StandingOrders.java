package quorate.store;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The table {@code standing_order}: which pools of presignatures are refilled. They go with their key. */
public final class StandingOrders {
    private static final String SEPARATOR = ",";

    private final Storage storage;

    StandingOrders(Storage storage) {
        this.storage = storage;
    }

    /** Keeps an order, in place of an earlier one for the same players. */
    public void put(StandingOrder order) {
        storage.write(t -> t.change(
                """
                INSERT INTO standing_order (key_id, players, level, ordered_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (key_id, players) DO UPDATE SET level = excluded.level, ordered_at = excluded.ordered_at
                """,
                order.keyId(),
                encode(order.players()),
                order.level(),
                storage.now()));
    }

    /** False if there was none. */
    public boolean remove(String keyId, Collection<Integer> players) {
        return storage.write(t -> t.change(
                        "DELETE FROM standing_order WHERE key_id = ? AND players = ?", keyId, encode(players))
                == 1);
    }

    public List<StandingOrder> all() {
        return storage.read(t -> t.rows(
                "SELECT key_id, players, level FROM standing_order ORDER BY key_id, players", StandingOrders::order));
    }

    private static String encode(Collection<Integer> players) {
        return players.stream().sorted().map(String::valueOf).collect(Collectors.joining(SEPARATOR));
    }

    private static StandingOrder order(Row row) throws SQLException {
        return new StandingOrder(
                row.text("key_id"),
                Arrays.stream(row.text("players").split(SEPARATOR, -1)).map(Integer::valueOf).toList(),
                row.smallNumber("level"));
    }
}
