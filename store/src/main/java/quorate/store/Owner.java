package quorate.store;

import java.sql.SQLException;

/** The one-row table {@code owner}: which process is the node (protocols.md 15.2, PSG-3). */
final class Owner {
    private Owner() {}

    /** Makes this process the owner. Whoever was it before fails at its next transaction. Returns the fence number. */
    static long take(Transaction transaction, Bytes inc) throws SQLException {
        transaction.change(
                """
                INSERT INTO owner (one, inc, fence) VALUES (1, ?, 1)
                ON CONFLICT (one) DO UPDATE SET inc = excluded.inc, fence = fence + 1
                """,
                inc);
        return transaction
                .row("SELECT fence FROM owner", row -> row.number("fence"))
                .orElseThrow();
    }

    static void require(Transaction transaction, Bytes inc) throws SQLException {
        var owner = transaction.row("SELECT inc FROM owner", row -> row.bytes("inc"));
        if (owner.isEmpty() || !owner.get().equals(inc)) {
            throw new NotOwner("the database was taken over by another process");
        }
    }
}
