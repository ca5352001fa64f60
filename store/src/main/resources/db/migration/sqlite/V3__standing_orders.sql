-- Which presignatures a user wants this node to keep (protocols.md 15.4); the presignatures themselves are nowhere here.
CREATE TABLE standing_order (
    key_id     TEXT    NOT NULL REFERENCES key (key_id) ON DELETE CASCADE,
    players    TEXT    NOT NULL CHECK (length(players) BETWEEN 1 AND 256),
    level      INTEGER NOT NULL CHECK (level BETWEEN 1 AND 10000),
    ordered_at INTEGER NOT NULL,
    PRIMARY KEY (key_id, players)
) STRICT;
