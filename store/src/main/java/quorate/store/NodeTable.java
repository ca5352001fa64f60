package quorate.store;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;

/** The one-row table {@code node}: name, history and secret of the node whose database this is. */
final class NodeTable {
    private static final int INCARNATION_BYTES = 32;
    private static final int NODE_SECRET_BYTES = 32;

    private NodeTable() {}

    /** Writes the row of a new database, with a fresh incarnation and a fresh node secret (protocols.md 0.6). */
    static void create(Transaction transaction, NodeName name, Vault vault, Instant now, SecureRandom random)
            throws SQLException {
        var secret = new byte[NODE_SECRET_BYTES];
        random.nextBytes(secret);
        try {
            transaction.changeOne(
                    """
                    INSERT INTO node (one, player, node_id, dbi, start_no, sealed_node_secret, created_at)
                    VALUES (1, ?, ?, ?, 0, ?, ?)
                    """,
                    name.player(),
                    name.id(),
                    Bytes.random(INCARNATION_BYTES, random),
                    vault.sealNodeSecret(secret),
                    now);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    static NodeRecord read(Transaction transaction) throws SQLException {
        var envelope = Envelope.read(transaction);
        return transaction
                .row(
                        "SELECT player, node_id, dbi, start_no, created_at FROM node",
                        row -> new NodeRecord(
                                new NodeName(row.smallNumber("player"), row.bytes("node_id")),
                                row.bytes("dbi"),
                                row.number("start_no"),
                                envelope.fingerprint(),
                                envelope.derivation(),
                                row.time("created_at")))
                .orElseThrow(() -> new Damaged("the table node is empty; restore a backup"));
    }

    /** Refuses the database of another node. */
    static void require(Path database, NodeName found, NodeName wanted) {
        if (!found.equals(wanted)) {
            throw new ForeignDatabase(
                    database,
                    "belongs to player %d with node id %s, configured is player %d with node id %s"
                            .formatted(found.player(), found.id(), wanted.player(), wanted.id()));
        }
    }

    static Bytes sealedSecret(Transaction transaction) throws SQLException {
        return transaction
                .row("SELECT sealed_node_secret FROM node", row -> row.bytes("sealed_node_secret"))
                .orElseThrow();
    }

    static void countStart(Transaction transaction) throws SQLException {
        transaction.changeOne("UPDATE node SET start_no = start_no + 1");
    }

    /** A new incarnation of the database (protocols.md 15.1). */
    static Bytes renew(Transaction transaction, SecureRandom random) throws SQLException {
        var dbi = Bytes.random(INCARNATION_BYTES, random);
        transaction.changeOne("UPDATE node SET dbi = ?", dbi);
        return dbi;
    }
}
