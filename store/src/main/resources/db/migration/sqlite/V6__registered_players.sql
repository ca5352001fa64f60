-- Players that administrators of this node registered while it ran; those of the roster file are not here. What is known of a
-- player never changes.
CREATE TABLE registered_player (
    player        INTEGER PRIMARY KEY CHECK (player BETWEEN 1 AND 32),
    mpc           TEXT    NOT NULL UNIQUE,
    api           TEXT    NOT NULL UNIQUE,
    tls_pin       BLOB    NOT NULL UNIQUE CHECK (length(tls_pin) = 32),
    statement_key BLOB    NOT NULL UNIQUE CHECK (length(statement_key) = 32),
    api_pin       BLOB    NOT NULL UNIQUE CHECK (length(api_pin) = 32),
    registered_by TEXT    NOT NULL,
    registered_at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER registered_player_is_kept BEFORE DELETE ON registered_player
BEGIN SELECT RAISE(ABORT, 'registered players are kept for ever'); END;

CREATE TRIGGER registered_player_stays_as_it_is BEFORE UPDATE ON registered_player
BEGIN SELECT RAISE(ABORT, 'what is known of a player never changes'); END;
