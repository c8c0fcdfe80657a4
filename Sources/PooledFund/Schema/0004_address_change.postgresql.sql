-- An address that somebody wants to be theirs, until a link that was sent there was followed. It is of no record: it may be changed and deleted.

-- The digest is of the secret in the link: empty until the letter is written. A newer wish of the same person takes the place of the older.
CREATE TABLE address_change (
    person TEXT COLLATE "C" NOT NULL CHECK (length(person) = 36),
    email TEXT COLLATE "C" NOT NULL CHECK (email <> ''),
    digest BYTEA NOT NULL CHECK (length(digest) IN (0, 32)),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (person)
);
