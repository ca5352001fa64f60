package quorate.store;

import java.util.List;

/** The players that were registered while the node ran. Rows are only ever added. */
public final class RegisteredPlayers {
    private static final String COLUMNS =
            "player, mpc, api, tls_pin, statement_key, api_pin, registered_by, registered_at";

    private final Storage storage;

    RegisteredPlayers(Storage storage) {
        this.storage = storage;
    }

    /** Durable when it returns; false, and nothing changed, if the number, an address or a key is registered already. */
    public boolean add(RegisteredPlayer player) {
        return storage.write(t -> t.change(
                        "INSERT INTO registered_player (" + COLUMNS
                                + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                        player.player(),
                        player.mpc(),
                        player.api(),
                        player.tlsPin(),
                        player.statementKey(),
                        player.apiPin(),
                        player.by(),
                        player.at())
                == 1);
    }

    /** All of them, ascending by player. */
    public List<RegisteredPlayer> all() {
        return storage.read(t -> t.rows(
                "SELECT " + COLUMNS + " FROM registered_player ORDER BY player",
                row -> new RegisteredPlayer(
                        row.smallNumber("player"),
                        row.text("mpc"),
                        row.text("api"),
                        row.bytes("tls_pin"),
                        row.bytes("statement_key"),
                        row.bytes("api_pin"),
                        row.text("registered_by"),
                        row.time("registered_at"))));
    }
}
