package quorate.store;

import java.sql.SQLException;
import java.util.List;

/** What this node has durably seen of its peers' links, to tell a peer that it was rolled back (protocols.md 15.1). */
public final class Links {
    /** A dbi changes at a restore. A peer that names ever new ones does not fill the disk. */
    private static final int MAX_HISTORIES = 16;

    private static final String COLUMNS = "player, dbi, inc, start_no, link_no, bytes";

    private final Storage storage;

    Links(Storage storage) {
        this.storage = storage;
    }

    /**
     * Keeps a verified LINK if it is higher than the one kept for this player and dbi: by startNo, then, of one
     * process, by linkNo. False: it is not, and nothing changed. Of one player the 16 histories seen last are kept.
     */
    public boolean remember(LinkSeen link) {
        return storage.write(t -> {
            var remembered = t.change(
                            """
                            INSERT INTO link_seen (player, dbi, inc, start_no, link_no, bytes, seen_at)
                            VALUES (?, ?, ?, ?, ?, ?, ?)
                            ON CONFLICT (player, dbi) DO UPDATE SET inc = excluded.inc, start_no = excluded.start_no,
                                link_no = excluded.link_no, bytes = excluded.bytes, seen_at = excluded.seen_at
                            WHERE excluded.start_no > start_no
                               OR (excluded.start_no = start_no AND excluded.inc = inc AND excluded.link_no > link_no)
                            """,
                            link.player(),
                            link.dbi(),
                            link.inc(),
                            link.startNo(),
                            link.linkNo(),
                            link.bytes(),
                            storage.now())
                    == 1;
            forgetOldHistories(t, link.player());
            return remembered;
        });
    }

    /** What was seen of that player, the history seen last first. */
    public List<LinkSeen> of(int player) {
        return storage.read(t -> t.rows(
                "SELECT " + COLUMNS + " FROM link_seen WHERE player = ? ORDER BY seen_at DESC, rowid DESC",
                row -> new LinkSeen(
                        row.smallNumber("player"),
                        row.bytes("dbi"),
                        row.bytes("inc"),
                        row.number("start_no"),
                        row.number("link_no"),
                        row.bytes("bytes")),
                player));
    }

    private static void forgetOldHistories(Transaction t, int player) throws SQLException {
        t.change(
                """
                DELETE FROM link_seen WHERE player = ? AND dbi NOT IN (
                    SELECT dbi FROM link_seen WHERE player = ? ORDER BY seen_at DESC, rowid DESC LIMIT ?)
                """,
                player,
                player,
                MAX_HISTORIES);
    }
}
