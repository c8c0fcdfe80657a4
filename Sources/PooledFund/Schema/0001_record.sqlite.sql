-- The record of the funds: the audit chain, the versions of what each fund's folder says, the journal.
-- Every table of the record is append-only. A row carries the fund, the event that recorded it, its place within that event
-- and a digest of its content; the event carries a digest of those. The current version of a record is the one of the latest event.

CREATE TABLE audit_event (
    fund TEXT NOT NULL CHECK (fund <> ''),
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    recorded_at INTEGER NOT NULL,
    actor TEXT NOT NULL CHECK (actor <> ''),
    action TEXT NOT NULL CHECK (action <> ''),
    public_effect INTEGER NOT NULL CHECK (public_effect IN (0, 1)),
    row_count INTEGER NOT NULL CHECK (row_count >= 0),
    rows_digest BLOB NOT NULL CHECK (length(rows_digest) = 32),
    body_digest BLOB NOT NULL CHECK (length(body_digest) = 32),
    previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    PRIMARY KEY (fund, sequence)
) STRICT;

CREATE TRIGGER audit_event_is_never_updated BEFORE UPDATE ON audit_event BEGIN
    SELECT RAISE(ABORT, 'audit_event is append-only: corrections are new rows');
END;
CREATE TRIGGER audit_event_is_never_deleted BEFORE DELETE ON audit_event BEGIN
    SELECT RAISE(ABORT, 'audit_event is append-only: nothing is deleted');
END;

-- What the action said, apart from its event so that a later event can erase it without breaking the chain.
CREATE TABLE audit_body (
    fund TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    salt BLOB NOT NULL CHECK (length(salt) = 32),
    body BLOB NOT NULL,
    PRIMARY KEY (fund, sequence),
    FOREIGN KEY (fund, sequence) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE TRIGGER audit_body_is_never_updated BEFORE UPDATE ON audit_body BEGIN
    SELECT RAISE(ABORT, 'audit_body is append-only: corrections are new rows');
END;
CREATE TRIGGER audit_body_is_deleted_by_an_erasure_only BEFORE DELETE ON audit_body
WHEN NOT EXISTS (SELECT 1 FROM audit_erasure WHERE fund = OLD.fund AND erased_event = OLD.sequence) BEGIN
    SELECT RAISE(ABORT, 'a body is erased by an erasure on record only');
END;

CREATE TABLE audit_erasure (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    erased_event INTEGER NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (fund, erased_event, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER audit_erasure_is_never_updated BEFORE UPDATE ON audit_erasure BEGIN
    SELECT RAISE(ABORT, 'audit_erasure is append-only: corrections are new rows');
END;
CREATE TRIGGER audit_erasure_is_never_deleted BEFORE DELETE ON audit_erasure BEGIN
    SELECT RAISE(ABORT, 'audit_erasure is append-only: nothing is deleted');
END;

CREATE TABLE terms (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    document TEXT NOT NULL CHECK (length(document) > 0),
    PRIMARY KEY (fund, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER terms_is_never_updated BEFORE UPDATE ON terms BEGIN
    SELECT RAISE(ABORT, 'terms is append-only: corrections are new rows');
END;
CREATE TRIGGER terms_is_never_deleted BEFORE DELETE ON terms BEGIN
    SELECT RAISE(ABORT, 'terms is append-only: nothing is deleted');
END;

CREATE TABLE fund_text (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (fund, name, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER fund_text_is_never_updated BEFORE UPDATE ON fund_text BEGIN
    SELECT RAISE(ABORT, 'fund_text is append-only: corrections are new rows');
END;
CREATE TRIGGER fund_text_is_never_deleted BEFORE DELETE ON fund_text BEGIN
    SELECT RAISE(ABORT, 'fund_text is append-only: nothing is deleted');
END;

CREATE TABLE source (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    published_on TEXT NOT NULL CHECK (length(published_on) IN (0, 4, 7, 10)),
    address TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (fund, id, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER source_is_never_updated BEFORE UPDATE ON source BEGIN
    SELECT RAISE(ABORT, 'source is append-only: corrections are new rows');
END;
CREATE TRIGGER source_is_never_deleted BEFORE DELETE ON source BEGIN
    SELECT RAISE(ABORT, 'source is append-only: nothing is deleted');
END;

CREATE TABLE country (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    iso3 TEXT NOT NULL CHECK (length(iso3) = 3),
    iso2 TEXT NOT NULL CHECK (length(iso2) = 2),
    m49 TEXT NOT NULL CHECK (length(m49) = 3),
    name TEXT NOT NULL CHECK (name <> ''),
    region TEXT NOT NULL CHECK (region <> ''),
    PRIMARY KEY (fund, iso3, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER country_is_never_updated BEFORE UPDATE ON country BEGIN
    SELECT RAISE(ABORT, 'country is append-only: corrections are new rows');
END;
CREATE TRIGGER country_is_never_deleted BEFORE DELETE ON country BEGIN
    SELECT RAISE(ABORT, 'country is append-only: nothing is deleted');
END;

CREATE TABLE organization (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    id TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    short_name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('united-nations', 'government', 'local-authority', 'local-authority-network', 'civil-society', 'academia', 'private-sector', 'other')),
    country TEXT NOT NULL,
    aliases TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (fund, id, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER organization_is_never_updated BEFORE UPDATE ON organization BEGIN
    SELECT RAISE(ABORT, 'organization is append-only: corrections are new rows');
END;
CREATE TRIGGER organization_is_never_deleted BEFORE DELETE ON organization BEGIN
    SELECT RAISE(ABORT, 'organization is append-only: nothing is deleted');
END;

CREATE TABLE contributor (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    id TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('member-state', 'foundation', 'faith-based-organization', 'private-sector', 'local-authority', 'civil-society', 'other')),
    country TEXT NOT NULL,
    aliases TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (fund, id, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER contributor_is_never_updated BEFORE UPDATE ON contributor BEGIN
    SELECT RAISE(ABORT, 'contributor is append-only: corrections are new rows');
END;
CREATE TRIGGER contributor_is_never_deleted BEFORE DELETE ON contributor BEGIN
    SELECT RAISE(ABORT, 'contributor is append-only: nothing is deleted');
END;

CREATE TABLE programme (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    code TEXT NOT NULL,
    title TEXT NOT NULL CHECK (title <> ''),
    thematic_area TEXT NOT NULL,
    countries TEXT NOT NULL,
    regions TEXT NOT NULL,
    organizations TEXT NOT NULL,
    objectives TEXT NOT NULL,
    starts_on TEXT NOT NULL CHECK (length(starts_on) IN (0, 4, 7, 10)),
    ends_on TEXT NOT NULL CHECK (length(ends_on) IN (0, 4, 7, 10)),
    place TEXT NOT NULL,
    disclosure TEXT NOT NULL CHECK (disclosure IN ('public', 'withheld')),
    summary TEXT NOT NULL,
    source TEXT NOT NULL,
    unconfirmed TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (fund, code, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER programme_is_never_updated BEFORE UPDATE ON programme BEGIN
    SELECT RAISE(ABORT, 'programme is append-only: corrections are new rows');
END;
CREATE TRIGGER programme_is_never_deleted BEFORE DELETE ON programme BEGIN
    SELECT RAISE(ABORT, 'programme is append-only: nothing is deleted');
END;

CREATE TABLE programme_status (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    programme TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('pipeline', 'operational', 'operationally-closed', 'financially-closed')),
    effective_on TEXT NOT NULL CHECK (length(effective_on) IN (4, 7, 10)),
    source TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (fund, programme, effective_on, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER programme_status_is_never_updated BEFORE UPDATE ON programme_status BEGIN
    SELECT RAISE(ABORT, 'programme_status is append-only: corrections are new rows');
END;
CREATE TRIGGER programme_status_is_never_deleted BEFORE DELETE ON programme_status BEGIN
    SELECT RAISE(ABORT, 'programme_status is append-only: nothing is deleted');
END;

CREATE TABLE programme_budget (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    programme TEXT NOT NULL,
    amount TEXT NOT NULL CHECK (amount <> ''),
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    effective_on TEXT NOT NULL CHECK (length(effective_on) IN (4, 7, 10)),
    source TEXT NOT NULL,
    unconfirmed TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (fund, programme, effective_on, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER programme_budget_is_never_updated BEFORE UPDATE ON programme_budget BEGIN
    SELECT RAISE(ABORT, 'programme_budget is append-only: corrections are new rows');
END;
CREATE TRIGGER programme_budget_is_never_deleted BEFORE DELETE ON programme_budget BEGIN
    SELECT RAISE(ABORT, 'programme_budget is append-only: nothing is deleted');
END;

CREATE TABLE local_authority (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    id TEXT NOT NULL,
    programme TEXT NOT NULL,
    naming TEXT NOT NULL CHECK (naming IN ('named', 'described')),
    name TEXT NOT NULL CHECK (name <> ''),
    level TEXT NOT NULL CHECK (level IN ('', 'region', 'province', 'district', 'municipality', 'sub-municipal', 'several')),
    countries TEXT NOT NULL,
    place_class TEXT NOT NULL CHECK (place_class IN ('', 'public', 'sensitive')),
    evidence TEXT NOT NULL CHECK (evidence IN ('mention')),
    source TEXT NOT NULL,
    section TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (fund, id, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER local_authority_is_never_updated BEFORE UPDATE ON local_authority BEGIN
    SELECT RAISE(ABORT, 'local_authority is append-only: corrections are new rows');
END;
CREATE TRIGGER local_authority_is_never_deleted BEFORE DELETE ON local_authority BEGIN
    SELECT RAISE(ABORT, 'local_authority is append-only: nothing is deleted');
END;

CREATE TABLE published_statement (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    key TEXT NOT NULL,
    figure TEXT NOT NULL,
    qualifier TEXT NOT NULL CHECK (qualifier IN ('exactly', 'more-than', 'approximately')),
    stated TEXT NOT NULL CHECK (stated <> ''),
    unit TEXT NOT NULL,
    as_of TEXT NOT NULL CHECK (length(as_of) IN (4, 7, 10)),
    source TEXT NOT NULL,
    section TEXT NOT NULL,
    label TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (fund, key, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER published_statement_is_never_updated BEFORE UPDATE ON published_statement BEGIN
    SELECT RAISE(ABORT, 'published_statement is append-only: corrections are new rows');
END;
CREATE TRIGGER published_statement_is_never_deleted BEFORE DELETE ON published_statement BEGIN
    SELECT RAISE(ABORT, 'published_statement is append-only: nothing is deleted');
END;

-- The journal. `takes_effect_on` is the last day of a partial `effective_on`; `folder_row` is the contribution of the fund folder that the entry was made of.
CREATE TABLE entry (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    id TEXT NOT NULL CHECK (length(id) = 36),
    external_id TEXT NOT NULL CHECK (external_id <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('opening-contribution', 'reversal')),
    effective_on TEXT NOT NULL CHECK (length(effective_on) IN (4, 7, 10)),
    takes_effect_on TEXT NOT NULL CHECK (length(takes_effect_on) = 10),
    recorded_at INTEGER NOT NULL,
    reverses TEXT,
    folder_row TEXT,
    memo TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (fund, id),
    UNIQUE (fund, external_id),
    UNIQUE (fund, reverses),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, reverses) REFERENCES entry (fund, external_id),
    CHECK ((kind = 'reversal') = (reverses IS NOT NULL)),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX entry_by_date ON entry (fund, takes_effect_on, external_id);

CREATE TRIGGER entry_is_never_updated BEFORE UPDATE ON entry BEGIN
    SELECT RAISE(ABORT, 'entry is append-only: corrections are new rows');
END;
CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry BEGIN
    SELECT RAISE(ABORT, 'entry is append-only: nothing is deleted');
END;

CREATE TABLE posting (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    entry TEXT NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    account TEXT NOT NULL CHECK (account IN ('contributionsOnRecord', 'contributions')),
    amount INTEGER NOT NULL CHECK (amount <> 0),
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    contributor TEXT,
    organization TEXT,
    programme TEXT,
    PRIMARY KEY (fund, entry, number),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, entry) REFERENCES entry (fund, id),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX posting_by_account ON posting (fund, account, contributor);

CREATE TRIGGER posting_is_never_updated BEFORE UPDATE ON posting BEGIN
    SELECT RAISE(ABORT, 'posting is append-only: corrections are new rows');
END;
CREATE TRIGGER posting_is_never_deleted BEFORE DELETE ON posting BEGIN
    SELECT RAISE(ABORT, 'posting is append-only: nothing is deleted');
END;
