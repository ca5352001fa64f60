-- Pair states, bans and approvals of ECDSA keys (protocols.md 1.3, 3.6).

-- A pair state goes with its sharing. One that was made under another history of this database is suspended.
CREATE TABLE pair_state (
    key_id       TEXT    NOT NULL,
    share_id     BLOB    NOT NULL CHECK (length(share_id) = 32),
    peer         INTEGER NOT NULL CHECK (peer BETWEEN 1 AND 32),
    setup        BLOB    NOT NULL CHECK (length(setup) = 32),
    generation   INTEGER NOT NULL CHECK (generation >= 0),
    dbi          BLOB    NOT NULL CHECK (length(dbi) = 32),
    sealed_state BLOB    NOT NULL,
    made_at      INTEGER NOT NULL,
    sessions     INTEGER NOT NULL DEFAULT 0 CHECK (sessions >= 0),
    crashed      INTEGER NOT NULL DEFAULT 0 CHECK (crashed >= 0),
    PRIMARY KEY (key_id, share_id, peer, setup),
    UNIQUE (key_id, share_id, peer, generation),
    FOREIGN KEY (key_id, share_id) REFERENCES sharing (key_id, share_id) ON DELETE CASCADE
) STRICT;

-- What was used is not unused again.
CREATE TRIGGER sessions_only_grow BEFORE UPDATE OF sessions ON pair_state
WHEN NEW.sessions < OLD.sessions
BEGIN SELECT RAISE(ABORT, 'sessions only grow'); END;

-- Signed verdicts, our own and those that peers keep for us or we for them. A banned setup is never used again.
CREATE TABLE ban (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    key_id   TEXT    NOT NULL,
    setup    BLOB    NOT NULL CHECK (length(setup) = 32),
    accuser  BLOB    NOT NULL CHECK (length(accuser) = 32),
    accused  BLOB    NOT NULL CHECK (length(accused) = 32),
    reason   TEXT    NOT NULL,
    made_at  INTEGER NOT NULL,
    bytes    BLOB    NOT NULL,
    UNIQUE (key_id, setup, accuser, accused)
) STRICT;

CREATE TRIGGER ban_is_kept BEFORE DELETE ON ban
BEGIN SELECT RAISE(ABORT, 'bans are kept for ever'); END;

CREATE TRIGGER ban_stays_as_it_is BEFORE UPDATE ON ban
BEGIN SELECT RAISE(ABORT, 'bans stay as they are'); END;

-- What an administrator of this node allowed after a ban (PAIR-4): every ban up to this number.
CREATE TABLE pair_approval (
    key_id      TEXT    NOT NULL,
    peer        BLOB    NOT NULL CHECK (length(peer) = 32),
    bans        INTEGER NOT NULL CHECK (bans >= 0),
    approved_by TEXT    NOT NULL,
    approved_at INTEGER NOT NULL,
    PRIMARY KEY (key_id, peer, bans)
) STRICT;

CREATE TRIGGER approval_is_kept BEFORE DELETE ON pair_approval
BEGIN SELECT RAISE(ABORT, 'approvals are kept for ever'); END;
