-- What administrators of this node approved: one session that gives the node `target` its share of a key back (REP-0).
CREATE TABLE repair_approval (
    session_id  BLOB    PRIMARY KEY CHECK (length(session_id) = 32),
    key_id      TEXT    NOT NULL,
    target      BLOB    NOT NULL CHECK (length(target) = 32),
    approved_by TEXT    NOT NULL,
    approved_at INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL CHECK (expires_at > approved_at)
) STRICT;

CREATE TRIGGER repair_approval_is_kept BEFORE DELETE ON repair_approval
BEGIN SELECT RAISE(ABORT, 'approvals are kept for ever'); END;

CREATE TRIGGER repair_approval_stays_as_it_is BEFORE UPDATE ON repair_approval
BEGIN SELECT RAISE(ABORT, 'approvals stay as they are'); END;
