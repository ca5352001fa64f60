-- The RSA key pair for which other installations wrap shares that are meant for this node (protocols.md 7.3). Made once.
CREATE TABLE wrapping_key (
    one                INTEGER PRIMARY KEY CHECK (one = 1),
    spki               BLOB    NOT NULL,
    sealed_private_key BLOB    NOT NULL,
    created_at         INTEGER NOT NULL
) STRICT;

CREATE TRIGGER wrapping_key_is_kept BEFORE DELETE ON wrapping_key
BEGIN SELECT RAISE(ABORT, 'what was wrapped for this key has no other way to be opened'); END;

CREATE TRIGGER wrapping_key_stays_as_it_is BEFORE UPDATE OF one, spki, created_at ON wrapping_key
BEGIN SELECT RAISE(ABORT, 'a node has one wrapping key'); END;

-- Which exports were imported here, by which operation (IMP-3). Kept for ever.
CREATE TABLE import_record (
    export_id   BLOB    NOT NULL CHECK (length(export_id) = 32),
    key_id      TEXT    NOT NULL,
    op_id       BLOB    NOT NULL CHECK (length(op_id) = 32),
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (export_id, key_id, op_id)
) STRICT;

CREATE TRIGGER import_record_is_kept BEFORE DELETE ON import_record
BEGIN SELECT RAISE(ABORT, 'records of imports are kept for ever'); END;

CREATE TRIGGER import_record_stays_as_it_is BEFORE UPDATE ON import_record
BEGIN SELECT RAISE(ABORT, 'records of imports stay as they are'); END;
