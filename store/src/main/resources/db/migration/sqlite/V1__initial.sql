-- The database of one node. Times are milliseconds since 1970 (UTC). Section numbers are those of protocols.md.

PRAGMA application_id = 0x51554F52;

-- Whose database this is, and which history it belongs to (15.1).
CREATE TABLE node (
    one                INTEGER PRIMARY KEY CHECK (one = 1),
    player             INTEGER NOT NULL CHECK (player BETWEEN 1 AND 65535),
    node_id            BLOB    NOT NULL CHECK (length(node_id) = 32),
    dbi                BLOB    NOT NULL CHECK (length(dbi) = 32),
    start_no           INTEGER NOT NULL CHECK (start_no >= 0),
    sealed_node_secret BLOB    NOT NULL,
    created_at         INTEGER NOT NULL
) STRICT;

CREATE TRIGGER start_no_only_grows BEFORE UPDATE OF start_no ON node
WHEN NEW.start_no < OLD.start_no
BEGIN SELECT RAISE(ABORT, 'start_no only grows'); END;

-- What opens it: the data key, which seals the rows, sealed under the operator's master key.
CREATE TABLE envelope (
    one                 INTEGER PRIMARY KEY CHECK (one = 1),
    fingerprint         TEXT    NOT NULL CHECK (length(fingerprint) = 16),
    argon2id_salt       BLOB             CHECK (length(argon2id_salt) = 16),
    argon2id_memory_kib INTEGER,
    argon2id_passes     INTEGER,
    argon2id_lanes      INTEGER,
    sealed_data_key     BLOB    NOT NULL,
    CHECK ((argon2id_salt IS NULL) = (argon2id_memory_kib IS NULL)
       AND (argon2id_salt IS NULL) = (argon2id_passes IS NULL)
       AND (argon2id_salt IS NULL) = (argon2id_lanes IS NULL))
) STRICT;

-- Which process is the node (15.2): read by every transaction that precedes a message.
CREATE TABLE owner (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    inc   BLOB    NOT NULL CHECK (length(inc) = 32),
    fence INTEGER NOT NULL CHECK (fence >= 1)
) STRICT;

CREATE TRIGGER fence_only_grows BEFORE UPDATE ON owner
WHEN NEW.fence <= OLD.fence
BEGIN SELECT RAISE(ABORT, 'fence only grows'); END;

-- NEW: not usable before its operation is CLEAN (1.1). STALE: its sharing was abandoned (5.4). ABSENT: the key exists, no share here.
CREATE TABLE key (
    key_id     TEXT    PRIMARY KEY CHECK (length(CAST(key_id AS BLOB)) BETWEEN 1 AND 64),
    scheme     TEXT    NOT NULL,
    curve      TEXT    NOT NULL,
    purpose    TEXT    NOT NULL,
    attributes BLOB    NOT NULL,
    state      TEXT    NOT NULL CHECK (state IN ('NEW', 'USABLE', 'STALE', 'ABSENT')),
    created_at INTEGER NOT NULL
) STRICT;

-- At most one sharing per role and key.
CREATE TABLE sharing (
    key_id       TEXT    NOT NULL REFERENCES key (key_id),
    share_id     BLOB    NOT NULL CHECK (length(share_id) = 32),
    role         TEXT    NOT NULL CHECK (role IN ('ACTIVE', 'PREVIOUS', 'PENDING')),
    epoch        INTEGER NOT NULL CHECK (epoch >= 0),
    n            INTEGER NOT NULL CHECK (n BETWEEN 2 AND 32),
    degree       INTEGER NOT NULL CHECK (degree BETWEEN 1 AND n - 1),
    my_index     INTEGER NOT NULL CHECK (my_index BETWEEN 1 AND n),
    public_key   BLOB    NOT NULL,
    chain_code   BLOB    NOT NULL CHECK (length(chain_code) = 32),
    commitments  BLOB    NOT NULL,
    roster       BLOB    NOT NULL,
    op_id        BLOB             CHECK (length(op_id) = 32),
    sealed_share BLOB    NOT NULL,
    stored_at    INTEGER NOT NULL,
    PRIMARY KEY (key_id, share_id),
    UNIQUE (key_id, role)
) STRICT;

-- The commit records of 5.4. Rows stay: a closed operation answers for ever.
CREATE TABLE operation (
    key_id        TEXT    NOT NULL,
    op_id         BLOB    NOT NULL CHECK (length(op_id) = 32),
    protocol_id   INTEGER NOT NULL CHECK (protocol_id BETWEEN 1 AND 255),
    part          TEXT    NOT NULL CHECK (part IN ('NEW_KEY', 'IMPORTED_KEY', 'STAYS', 'JOINS', 'LEAVES')),
    state         TEXT    NOT NULL CHECK (state IN ('PENDING', 'COMMITTED', 'FROZEN', 'CLEAN', 'REFUSED', 'REVERTED')),
    base_share_id BLOB             CHECK (length(base_share_id) = 32),
    new_share_id  BLOB             CHECK (length(new_share_id) = 32),
    new_epoch     INTEGER NOT NULL CHECK (new_epoch >= 0),
    subject       BLOB    NOT NULL,
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    PRIMARY KEY (key_id, op_id),
    CHECK ((base_share_id IS NULL) = (part IN ('NEW_KEY', 'IMPORTED_KEY'))),
    CHECK (new_share_id IS NOT NULL OR state = 'REFUSED')
) STRICT;

-- R0: one open operation per key.
CREATE UNIQUE INDEX one_open_operation ON operation (key_id) WHERE state IN ('PENDING', 'COMMITTED', 'FROZEN');

-- The table of 5.4, and nothing beside it.
CREATE TRIGGER operation_moves_as_specified BEFORE UPDATE OF state ON operation
WHEN OLD.state <> NEW.state AND OLD.state || ' ' || NEW.state NOT IN (
    'PENDING COMMITTED', 'PENDING REFUSED', 'COMMITTED CLEAN', 'COMMITTED FROZEN', 'FROZEN CLEAN', 'FROZEN REVERTED')
BEGIN SELECT RAISE(ABORT, 'no such transition of an operation'); END;

CREATE TRIGGER operation_is_kept BEFORE DELETE ON operation
BEGIN SELECT RAISE(ABORT, 'operations are kept for ever'); END;

-- Participants that were declared dead here for one operation (R6). Never undone.
CREATE TABLE declared_dead (
    key_id      TEXT    NOT NULL,
    op_id       BLOB    NOT NULL,
    role        INTEGER NOT NULL,
    party_index INTEGER NOT NULL,
    declared_at INTEGER NOT NULL,
    PRIMARY KEY (key_id, op_id, role, party_index),
    FOREIGN KEY (key_id, op_id) REFERENCES operation (key_id, op_id)
) STRICT;

CREATE TRIGGER declared_dead_is_kept BEFORE DELETE ON declared_dead
BEGIN SELECT RAISE(ABORT, 'a declaration of death is never undone'); END;

-- Signed statements of 5.4, our own too; also of operations that this database does not know. Kept for ever (R7).
-- The digest (SHA-256 of bytes) is in the key because a dishonest signer may say one verb in several ways.
CREATE TABLE statement (
    key_id      TEXT    NOT NULL,
    op_id       BLOB    NOT NULL CHECK (length(op_id) = 32),
    role        INTEGER NOT NULL CHECK (role IN (0, 1)),
    party_index INTEGER NOT NULL CHECK (party_index BETWEEN 1 AND 65535),
    verb        TEXT    NOT NULL CHECK (verb IN ('PREPARED', 'COMMITTED', 'REFUSED', 'FROZEN', 'CLEAN')),
    digest      BLOB    NOT NULL CHECK (length(digest) = 32),
    bytes       BLOB    NOT NULL,
    stored_at   INTEGER NOT NULL,
    PRIMARY KEY (key_id, op_id, role, party_index, verb, digest)
) STRICT;

CREATE TRIGGER statement_is_kept BEFORE DELETE ON statement
BEGIN SELECT RAISE(ABORT, 'statements are kept for ever'); END;

CREATE TRIGGER statement_stays_as_it_is BEFORE UPDATE ON statement
BEGIN SELECT RAISE(ABORT, 'statements stay as they are'); END;

-- What was deleted, here or on a peer that may be restored one day (5.4). Kept for ever.
CREATE TABLE tombstone (
    player      INTEGER NOT NULL CHECK (player BETWEEN 1 AND 65535),
    key_id      TEXT    NOT NULL,
    public_key  BLOB    NOT NULL,
    deleted_at  INTEGER NOT NULL,
    certificate BLOB,
    PRIMARY KEY (player, key_id, public_key, deleted_at)
) STRICT;

CREATE TRIGGER tombstone_is_kept BEFORE DELETE ON tombstone
BEGIN SELECT RAISE(ABORT, 'tombstones are kept for ever'); END;

CREATE TRIGGER tombstone_stays_as_it_is BEFORE UPDATE ON tombstone
BEGIN SELECT RAISE(ABORT, 'tombstones stay as they are'); END;

-- The highest LINK of each peer and of each history of its database (15.1).
CREATE TABLE link_seen (
    player   INTEGER NOT NULL CHECK (player BETWEEN 1 AND 65535),
    dbi      BLOB    NOT NULL CHECK (length(dbi) = 32),
    inc      BLOB    NOT NULL CHECK (length(inc) = 32),
    start_no INTEGER NOT NULL,
    link_no  INTEGER NOT NULL,
    bytes    BLOB    NOT NULL,
    seen_at  INTEGER NOT NULL,
    PRIMARY KEY (player, dbi)
) STRICT;

CREATE TABLE session_used (
    session_id BLOB    PRIMARY KEY CHECK (length(session_id) = 32),
    seen_at    INTEGER NOT NULL
) STRICT;

CREATE INDEX session_used_by_age ON session_used (seen_at);

-- product.md 2.1. The number grows with every pause, so that whoever paused can end exactly that pause.
CREATE TABLE pause (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    number    INTEGER NOT NULL,
    paused    INTEGER NOT NULL CHECK (paused IN (0, 1)),
    paused_by TEXT    NOT NULL,
    reason    TEXT    NOT NULL,
    since     INTEGER NOT NULL,
    until     INTEGER
) STRICT;

INSERT INTO pause (one, number, paused, paused_by, reason, since) VALUES (1, 0, 0, '', '', 0);

CREATE TABLE backup_record (
    backup_id    TEXT    PRIMARY KEY,
    created_at   INTEGER NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('INCOMPLETE', 'COMPLETE')),
    digest       BLOB             CHECK (length(digest) = 32),
    size         INTEGER,
    keys         INTEGER,
    verified_at  INTEGER,
    verified_ok  INTEGER          CHECK (verified_ok IN (0, 1)),
    verified     TEXT,
    drilled_at   INTEGER,
    drilled_ok   INTEGER          CHECK (drilled_ok IN (0, 1)),
    drilled      TEXT,
    CHECK (state = 'INCOMPLETE' OR (digest IS NOT NULL AND size IS NOT NULL AND keys IS NOT NULL))
) STRICT;

-- What an operator should know and status shows: rollbacks, stale shares, alarms. Append-only.
CREATE TABLE event (
    event_id INTEGER PRIMARY KEY AUTOINCREMENT,
    time     INTEGER NOT NULL,
    kind     TEXT    NOT NULL,
    detail   TEXT    NOT NULL
) STRICT;

CREATE TRIGGER event_is_kept BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

CREATE TRIGGER event_stays_as_it_is BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
