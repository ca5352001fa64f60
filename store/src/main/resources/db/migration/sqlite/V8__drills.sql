-- product.md 2.1: what drills of backups came to, by the word of administrators. Also of backups that this node does
-- not know, such as those made before its own database was restored. Append-only.
CREATE TABLE drill (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    backup_id   TEXT    NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by TEXT    NOT NULL,
    ok          INTEGER NOT NULL CHECK (ok IN (0, 1)),
    keys        INTEGER NOT NULL CHECK (keys >= 0),
    signed      INTEGER NOT NULL CHECK (signed BETWEEN 0 AND keys),
    detail      TEXT    NOT NULL
) STRICT;

CREATE TRIGGER drill_is_kept BEFORE DELETE ON drill
BEGIN SELECT RAISE(ABORT, 'drills are append-only'); END;

CREATE TRIGGER drill_stays_as_it_is BEFORE UPDATE ON drill
BEGIN SELECT RAISE(ABORT, 'drills are append-only'); END;

-- No release ever wrote these.
ALTER TABLE backup_record DROP COLUMN drilled_at;
ALTER TABLE backup_record DROP COLUMN drilled_ok;
ALTER TABLE backup_record DROP COLUMN drilled;
