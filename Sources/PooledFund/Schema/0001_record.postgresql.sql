-- The record of the funds: the audit chain, the versions of what each fund's folder says, the journal.
-- Every table of the record is append-only. A row carries the fund, the event that recorded it, its place within that event
-- and a digest of its content; the event carries a digest of those. The current version of a record is the one of the latest event.

-- The same tables as in SQLite. Text compares by its bytes, whatever the locale of the database: the order of pages and of digests must not depend on it.

-- What the triggers of an append-only table do. The argument is what the caller is told.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'P0001';
END
$$;

CREATE FUNCTION refuse_deletion_without_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM audit_erasure WHERE fund = OLD.fund AND erased_event = OLD.sequence) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'P0001';
END
$$;

CREATE TABLE audit_event (
    fund TEXT COLLATE "C" NOT NULL CHECK (fund <> ''),
    sequence BIGINT NOT NULL CHECK (sequence > 0),
    recorded_at BIGINT NOT NULL,
    actor TEXT COLLATE "C" NOT NULL CHECK (actor <> ''),
    action TEXT COLLATE "C" NOT NULL CHECK (action <> ''),
    public_effect BIGINT NOT NULL CHECK (public_effect IN (0, 1)),
    row_count BIGINT NOT NULL CHECK (row_count >= 0),
    rows_digest BYTEA NOT NULL CHECK (length(rows_digest) = 32),
    body_digest BYTEA NOT NULL CHECK (length(body_digest) = 32),
    previous_hash BYTEA NOT NULL CHECK (length(previous_hash) = 32),
    hash BYTEA NOT NULL UNIQUE CHECK (length(hash) = 32),
    PRIMARY KEY (fund, sequence)
);

CREATE TRIGGER audit_event_is_never_updated BEFORE UPDATE ON audit_event FOR EACH ROW
    EXECUTE FUNCTION refuse_change('audit_event is append-only: corrections are new rows');
CREATE TRIGGER audit_event_is_never_deleted BEFORE DELETE ON audit_event FOR EACH ROW
    EXECUTE FUNCTION refuse_change('audit_event is append-only: nothing is deleted');
CREATE TRIGGER audit_event_is_never_emptied BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('audit_event is append-only: nothing is deleted');

-- What the action said, apart from its event so that a later event can erase it without breaking the chain.
CREATE TABLE audit_body (
    fund TEXT COLLATE "C" NOT NULL,
    sequence BIGINT NOT NULL,
    salt BYTEA NOT NULL CHECK (length(salt) = 32),
    body BYTEA NOT NULL,
    PRIMARY KEY (fund, sequence),
    FOREIGN KEY (fund, sequence) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);
CREATE TRIGGER audit_body_is_never_updated BEFORE UPDATE ON audit_body FOR EACH ROW
    EXECUTE FUNCTION refuse_change('audit_body is append-only: corrections are new rows');
CREATE TRIGGER audit_body_is_deleted_by_an_erasure_only BEFORE DELETE ON audit_body FOR EACH ROW
    EXECUTE FUNCTION refuse_deletion_without_erasure('a body is erased by an erasure on record only');
CREATE TRIGGER audit_body_is_never_emptied BEFORE TRUNCATE ON audit_body FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('a body is erased by an erasure on record only');

CREATE TABLE audit_erasure (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    erased_event BIGINT NOT NULL,
    reason TEXT COLLATE "C" NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (fund, erased_event, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER audit_erasure_is_never_updated BEFORE UPDATE ON audit_erasure FOR EACH ROW
    EXECUTE FUNCTION refuse_change('audit_erasure is append-only: corrections are new rows');
CREATE TRIGGER audit_erasure_is_never_deleted BEFORE DELETE ON audit_erasure FOR EACH ROW
    EXECUTE FUNCTION refuse_change('audit_erasure is append-only: nothing is deleted');
CREATE TRIGGER audit_erasure_is_never_emptied BEFORE TRUNCATE ON audit_erasure FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('audit_erasure is append-only: nothing is deleted');

CREATE TABLE terms (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    document TEXT COLLATE "C" NOT NULL CHECK (length(document) > 0),
    PRIMARY KEY (fund, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER terms_is_never_updated BEFORE UPDATE ON terms FOR EACH ROW
    EXECUTE FUNCTION refuse_change('terms is append-only: corrections are new rows');
CREATE TRIGGER terms_is_never_deleted BEFORE DELETE ON terms FOR EACH ROW
    EXECUTE FUNCTION refuse_change('terms is append-only: nothing is deleted');
CREATE TRIGGER terms_is_never_emptied BEFORE TRUNCATE ON terms FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('terms is append-only: nothing is deleted');

CREATE TABLE fund_text (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    name TEXT COLLATE "C" NOT NULL,
    content TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, name, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER fund_text_is_never_updated BEFORE UPDATE ON fund_text FOR EACH ROW
    EXECUTE FUNCTION refuse_change('fund_text is append-only: corrections are new rows');
CREATE TRIGGER fund_text_is_never_deleted BEFORE DELETE ON fund_text FOR EACH ROW
    EXECUTE FUNCTION refuse_change('fund_text is append-only: nothing is deleted');
CREATE TRIGGER fund_text_is_never_emptied BEFORE TRUNCATE ON fund_text FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('fund_text is append-only: nothing is deleted');

CREATE TABLE source (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    id TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    publisher TEXT COLLATE "C" NOT NULL,
    published_on TEXT COLLATE "C" NOT NULL CHECK (length(published_on) IN (0, 4, 7, 10)),
    address TEXT COLLATE "C" NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, id, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER source_is_never_updated BEFORE UPDATE ON source FOR EACH ROW
    EXECUTE FUNCTION refuse_change('source is append-only: corrections are new rows');
CREATE TRIGGER source_is_never_deleted BEFORE DELETE ON source FOR EACH ROW
    EXECUTE FUNCTION refuse_change('source is append-only: nothing is deleted');
CREATE TRIGGER source_is_never_emptied BEFORE TRUNCATE ON source FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('source is append-only: nothing is deleted');

CREATE TABLE country (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    iso3 TEXT COLLATE "C" NOT NULL CHECK (length(iso3) = 3),
    iso2 TEXT COLLATE "C" NOT NULL CHECK (length(iso2) = 2),
    m49 TEXT COLLATE "C" NOT NULL CHECK (length(m49) = 3),
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    region TEXT COLLATE "C" NOT NULL CHECK (region <> ''),
    PRIMARY KEY (fund, iso3, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER country_is_never_updated BEFORE UPDATE ON country FOR EACH ROW
    EXECUTE FUNCTION refuse_change('country is append-only: corrections are new rows');
CREATE TRIGGER country_is_never_deleted BEFORE DELETE ON country FOR EACH ROW
    EXECUTE FUNCTION refuse_change('country is append-only: nothing is deleted');
CREATE TRIGGER country_is_never_emptied BEFORE TRUNCATE ON country FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('country is append-only: nothing is deleted');

CREATE TABLE organization (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    id TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    short_name TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('united-nations', 'government', 'local-authority', 'local-authority-network', 'civil-society', 'academia', 'private-sector', 'other')),
    country TEXT COLLATE "C" NOT NULL,
    aliases TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, id, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER organization_is_never_updated BEFORE UPDATE ON organization FOR EACH ROW
    EXECUTE FUNCTION refuse_change('organization is append-only: corrections are new rows');
CREATE TRIGGER organization_is_never_deleted BEFORE DELETE ON organization FOR EACH ROW
    EXECUTE FUNCTION refuse_change('organization is append-only: nothing is deleted');
CREATE TRIGGER organization_is_never_emptied BEFORE TRUNCATE ON organization FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('organization is append-only: nothing is deleted');

CREATE TABLE contributor (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    id TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('member-state', 'foundation', 'faith-based-organization', 'private-sector', 'local-authority', 'civil-society', 'other')),
    country TEXT COLLATE "C" NOT NULL,
    aliases TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, id, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER contributor_is_never_updated BEFORE UPDATE ON contributor FOR EACH ROW
    EXECUTE FUNCTION refuse_change('contributor is append-only: corrections are new rows');
CREATE TRIGGER contributor_is_never_deleted BEFORE DELETE ON contributor FOR EACH ROW
    EXECUTE FUNCTION refuse_change('contributor is append-only: nothing is deleted');
CREATE TRIGGER contributor_is_never_emptied BEFORE TRUNCATE ON contributor FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('contributor is append-only: nothing is deleted');

CREATE TABLE programme (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    code TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL CHECK (title <> ''),
    thematic_area TEXT COLLATE "C" NOT NULL,
    countries TEXT COLLATE "C" NOT NULL,
    regions TEXT COLLATE "C" NOT NULL,
    organizations TEXT COLLATE "C" NOT NULL,
    objectives TEXT COLLATE "C" NOT NULL,
    starts_on TEXT COLLATE "C" NOT NULL CHECK (length(starts_on) IN (0, 4, 7, 10)),
    ends_on TEXT COLLATE "C" NOT NULL CHECK (length(ends_on) IN (0, 4, 7, 10)),
    place TEXT COLLATE "C" NOT NULL,
    disclosure TEXT COLLATE "C" NOT NULL CHECK (disclosure IN ('public', 'withheld')),
    summary TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    unconfirmed TEXT COLLATE "C" NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, code, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER programme_is_never_updated BEFORE UPDATE ON programme FOR EACH ROW
    EXECUTE FUNCTION refuse_change('programme is append-only: corrections are new rows');
CREATE TRIGGER programme_is_never_deleted BEFORE DELETE ON programme FOR EACH ROW
    EXECUTE FUNCTION refuse_change('programme is append-only: nothing is deleted');
CREATE TRIGGER programme_is_never_emptied BEFORE TRUNCATE ON programme FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('programme is append-only: nothing is deleted');

CREATE TABLE programme_status (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    programme TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('pipeline', 'operational', 'operationally-closed', 'financially-closed')),
    effective_on TEXT COLLATE "C" NOT NULL CHECK (length(effective_on) IN (4, 7, 10)),
    source TEXT COLLATE "C" NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, programme, effective_on, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER programme_status_is_never_updated BEFORE UPDATE ON programme_status FOR EACH ROW
    EXECUTE FUNCTION refuse_change('programme_status is append-only: corrections are new rows');
CREATE TRIGGER programme_status_is_never_deleted BEFORE DELETE ON programme_status FOR EACH ROW
    EXECUTE FUNCTION refuse_change('programme_status is append-only: nothing is deleted');
CREATE TRIGGER programme_status_is_never_emptied BEFORE TRUNCATE ON programme_status FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('programme_status is append-only: nothing is deleted');

CREATE TABLE programme_budget (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    programme TEXT COLLATE "C" NOT NULL,
    amount TEXT COLLATE "C" NOT NULL CHECK (amount <> ''),
    currency TEXT COLLATE "C" NOT NULL CHECK (length(currency) = 3),
    effective_on TEXT COLLATE "C" NOT NULL CHECK (length(effective_on) IN (4, 7, 10)),
    source TEXT COLLATE "C" NOT NULL,
    unconfirmed TEXT COLLATE "C" NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, programme, effective_on, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER programme_budget_is_never_updated BEFORE UPDATE ON programme_budget FOR EACH ROW
    EXECUTE FUNCTION refuse_change('programme_budget is append-only: corrections are new rows');
CREATE TRIGGER programme_budget_is_never_deleted BEFORE DELETE ON programme_budget FOR EACH ROW
    EXECUTE FUNCTION refuse_change('programme_budget is append-only: nothing is deleted');
CREATE TRIGGER programme_budget_is_never_emptied BEFORE TRUNCATE ON programme_budget FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('programme_budget is append-only: nothing is deleted');

CREATE TABLE local_authority (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    id TEXT COLLATE "C" NOT NULL,
    programme TEXT COLLATE "C" NOT NULL,
    naming TEXT COLLATE "C" NOT NULL CHECK (naming IN ('named', 'described')),
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    level TEXT COLLATE "C" NOT NULL CHECK (level IN ('', 'region', 'province', 'district', 'municipality', 'sub-municipal', 'several')),
    countries TEXT COLLATE "C" NOT NULL,
    place_class TEXT COLLATE "C" NOT NULL CHECK (place_class IN ('', 'public', 'sensitive')),
    evidence TEXT COLLATE "C" NOT NULL CHECK (evidence IN ('mention')),
    source TEXT COLLATE "C" NOT NULL,
    section TEXT COLLATE "C" NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, id, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER local_authority_is_never_updated BEFORE UPDATE ON local_authority FOR EACH ROW
    EXECUTE FUNCTION refuse_change('local_authority is append-only: corrections are new rows');
CREATE TRIGGER local_authority_is_never_deleted BEFORE DELETE ON local_authority FOR EACH ROW
    EXECUTE FUNCTION refuse_change('local_authority is append-only: nothing is deleted');
CREATE TRIGGER local_authority_is_never_emptied BEFORE TRUNCATE ON local_authority FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('local_authority is append-only: nothing is deleted');

CREATE TABLE published_statement (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    key TEXT COLLATE "C" NOT NULL,
    figure TEXT COLLATE "C" NOT NULL,
    qualifier TEXT COLLATE "C" NOT NULL CHECK (qualifier IN ('exactly', 'more-than', 'approximately')),
    stated TEXT COLLATE "C" NOT NULL CHECK (stated <> ''),
    unit TEXT COLLATE "C" NOT NULL,
    as_of TEXT COLLATE "C" NOT NULL CHECK (length(as_of) IN (4, 7, 10)),
    source TEXT COLLATE "C" NOT NULL,
    section TEXT COLLATE "C" NOT NULL,
    label TEXT COLLATE "C" NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, key, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER published_statement_is_never_updated BEFORE UPDATE ON published_statement FOR EACH ROW
    EXECUTE FUNCTION refuse_change('published_statement is append-only: corrections are new rows');
CREATE TRIGGER published_statement_is_never_deleted BEFORE DELETE ON published_statement FOR EACH ROW
    EXECUTE FUNCTION refuse_change('published_statement is append-only: nothing is deleted');
CREATE TRIGGER published_statement_is_never_emptied BEFORE TRUNCATE ON published_statement FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('published_statement is append-only: nothing is deleted');

-- The journal. `takes_effect_on` is the last day of a partial `effective_on`; `folder_row` is the contribution of the fund folder that the entry was made of.
CREATE TABLE entry (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    id TEXT COLLATE "C" NOT NULL CHECK (length(id) = 36),
    external_id TEXT COLLATE "C" NOT NULL CHECK (external_id <> ''),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('opening-contribution', 'reversal')),
    effective_on TEXT COLLATE "C" NOT NULL CHECK (length(effective_on) IN (4, 7, 10)),
    takes_effect_on TEXT COLLATE "C" NOT NULL CHECK (length(takes_effect_on) = 10),
    recorded_at BIGINT NOT NULL,
    reverses TEXT COLLATE "C",
    folder_row TEXT COLLATE "C",
    memo TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    UNIQUE (fund, external_id),
    UNIQUE (fund, reverses),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, reverses) REFERENCES entry (fund, external_id),
    CHECK ((kind = 'reversal') = (reverses IS NOT NULL)),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX entry_by_date ON entry (fund, takes_effect_on, external_id);
-- Made last: until there are statistics, the planner takes the last of several indexes that look alike, and every posting asks for its entry by this one.
ALTER TABLE entry ADD PRIMARY KEY (fund, id);

CREATE TRIGGER entry_is_never_updated BEFORE UPDATE ON entry FOR EACH ROW
    EXECUTE FUNCTION refuse_change('entry is append-only: corrections are new rows');
CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry FOR EACH ROW
    EXECUTE FUNCTION refuse_change('entry is append-only: nothing is deleted');
CREATE TRIGGER entry_is_never_emptied BEFORE TRUNCATE ON entry FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('entry is append-only: nothing is deleted');

CREATE TABLE posting (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    entry TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL CHECK (number > 0),
    account TEXT COLLATE "C" NOT NULL CHECK (account IN ('contributionsOnRecord', 'contributions')),
    amount BIGINT NOT NULL CHECK (amount <> 0),
    currency TEXT COLLATE "C" NOT NULL CHECK (length(currency) = 3),
    contributor TEXT COLLATE "C",
    organization TEXT COLLATE "C",
    programme TEXT COLLATE "C",
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, entry) REFERENCES entry (fund, id),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX posting_by_account ON posting (fund, account, contributor);
-- Made last for the same reason: an entry's postings are found by this one.
ALTER TABLE posting ADD PRIMARY KEY (fund, entry, number);

CREATE TRIGGER posting_is_never_updated BEFORE UPDATE ON posting FOR EACH ROW
    EXECUTE FUNCTION refuse_change('posting is append-only: corrections are new rows');
CREATE TRIGGER posting_is_never_deleted BEFORE DELETE ON posting FOR EACH ROW
    EXECUTE FUNCTION refuse_change('posting is append-only: nothing is deleted');
CREATE TRIGGER posting_is_never_emptied BEFORE TRUNCATE ON posting FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('posting is append-only: nothing is deleted');
