-- An address that somebody wants to be theirs, until a link that was sent there was followed. It is of no record: it may be changed and deleted.

-- The digest is of the secret in the link: empty until the letter is written. A newer wish of the same person takes the place of the older.
CREATE TABLE address_change (
    person TEXT NOT NULL CHECK (length(person) = 36),
    email TEXT NOT NULL CHECK (email <> ''),
    digest BLOB NOT NULL CHECK (length(digest) IN (0, 32)),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (person)
) STRICT;
