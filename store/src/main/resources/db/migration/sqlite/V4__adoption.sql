-- Adoption of an older sharing, and what is given up by it (protocols.md 5.4).

-- R8: without a voice a record follows what others proved, or the repair of the share: PENDING to CLEAN, COMMITTED to
-- REVERTED. An adoption closes any open record as REVERTED.
DROP TRIGGER operation_moves_as_specified;

CREATE TRIGGER operation_moves_as_specified BEFORE UPDATE OF state ON operation
WHEN OLD.state <> NEW.state AND OLD.state || ' ' || NEW.state NOT IN (
    'PENDING COMMITTED', 'PENDING REFUSED', 'PENDING CLEAN', 'PENDING REVERTED', 'COMMITTED CLEAN', 'COMMITTED FROZEN',
    'COMMITTED REVERTED', 'FROZEN CLEAN', 'FROZEN REVERTED')
BEGIN SELECT RAISE(ABORT, 'no such transition of an operation'); END;

-- Signed approvals, this node's and others'. Kept for ever: a node that was away must learn of them.
CREATE TABLE adoption (
    key_id      TEXT    NOT NULL,
    op_id       BLOB    NOT NULL CHECK (length(op_id) = 32),
    party_index INTEGER NOT NULL CHECK (party_index BETWEEN 1 AND 32),
    bytes       BLOB    NOT NULL,
    stored_at   INTEGER NOT NULL,
    PRIMARY KEY (key_id, op_id, party_index)
) STRICT;

CREATE TRIGGER adoption_is_kept BEFORE DELETE ON adoption
BEGIN SELECT RAISE(ABORT, 'approvals are kept for ever'); END;

CREATE TRIGGER adoption_stays_as_it_is BEFORE UPDATE ON adoption
BEGIN SELECT RAISE(ABORT, 'approvals stay as they are'); END;

-- Shares that an adoption gave up: sealed as they were, never offered, erased after 90 days.
CREATE TABLE quarantine (
    key_id       TEXT    NOT NULL,
    share_id     BLOB    NOT NULL CHECK (length(share_id) = 32),
    epoch        INTEGER NOT NULL,
    n            INTEGER NOT NULL,
    degree       INTEGER NOT NULL,
    my_index     INTEGER NOT NULL,
    public_key   BLOB    NOT NULL,
    chain_code   BLOB    NOT NULL,
    commitments  BLOB    NOT NULL,
    roster       BLOB    NOT NULL,
    sealed_share BLOB    NOT NULL,
    since        INTEGER NOT NULL,
    PRIMARY KEY (key_id, share_id)
) STRICT;
