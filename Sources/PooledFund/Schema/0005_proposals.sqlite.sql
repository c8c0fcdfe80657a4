-- Proposals: the concept note and, at the second gate, the joint programme document of what asks the fund for money.
-- What is being written is not of the record; a submission makes a version that never changes, and what becomes of a proposal is a row for each step.

-- A proposal, from the day on which its lead organization began it. The code is kept for good: the programme that comes of it has the same.
CREATE TABLE proposal (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    code TEXT NOT NULL CHECK (code <> ''),
    call TEXT NOT NULL,
    lead TEXT NOT NULL CHECK (lead <> ''),
    PRIMARY KEY (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER proposal_is_never_updated BEFORE UPDATE ON proposal BEGIN
    SELECT RAISE(ABORT, 'proposal is append-only: corrections are new rows');
END;
CREATE TRIGGER proposal_is_never_deleted BEFORE DELETE ON proposal BEGIN
    SELECT RAISE(ABORT, 'proposal is append-only: nothing is deleted');
END;

-- An organization that takes part in a proposal, or no longer does; the latest row counts.
CREATE TABLE proposal_organization (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    organization TEXT NOT NULL CHECK (organization <> ''),
    part TEXT NOT NULL CHECK (part IN ('lead', 'participating', 'left')),
    PRIMARY KEY (fund, proposal, organization, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER proposal_organization_is_never_updated BEFORE UPDATE ON proposal_organization BEGIN
    SELECT RAISE(ABORT, 'proposal_organization is append-only: corrections are new rows');
END;
CREATE TRIGGER proposal_organization_is_never_deleted BEFORE DELETE ON proposal_organization BEGIN
    SELECT RAISE(ABORT, 'proposal_organization is append-only: nothing is deleted');
END;

-- What was submitted: a version of a document, as JSON, with what lists and rules ask of it beside. Lists are separated by semicolons.
CREATE TABLE proposal_version (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    document TEXT NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    number INTEGER NOT NULL CHECK (number > 0),
    content TEXT NOT NULL,
    content_digest BLOB NOT NULL CHECK (length(content_digest) = 32),
    title TEXT NOT NULL CHECK (title <> ''),
    thematic_area INTEGER,
    objectives TEXT NOT NULL,
    countries TEXT NOT NULL,
    regions TEXT NOT NULL,
    local_authorities TEXT NOT NULL,
    duration_months INTEGER CHECK (duration_months > 0),
    budget INTEGER NOT NULL CHECK (budget >= 0),
    PRIMARY KEY (fund, proposal, document, number),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER proposal_version_is_never_updated BEFORE UPDATE ON proposal_version BEGIN
    SELECT RAISE(ABORT, 'proposal_version is append-only: corrections are new rows');
END;
CREATE TRIGGER proposal_version_is_never_deleted BEFORE DELETE ON proposal_version BEGIN
    SELECT RAISE(ABORT, 'proposal_version is append-only: nothing is deleted');
END;

-- The part of a version's budget that an organization would receive, in minor units of the fund's currency.
CREATE TABLE proposal_amount (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    document TEXT NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    number INTEGER NOT NULL CHECK (number > 0),
    organization TEXT NOT NULL CHECK (organization <> ''),
    amount INTEGER NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (fund, proposal, document, number, organization),
    FOREIGN KEY (fund, proposal, document, number) REFERENCES proposal_version (fund, proposal, document, number),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER proposal_amount_is_never_updated BEFORE UPDATE ON proposal_amount BEGIN
    SELECT RAISE(ABORT, 'proposal_amount is append-only: corrections are new rows');
END;
CREATE TRIGGER proposal_amount_is_never_deleted BEFORE DELETE ON proposal_amount BEGIN
    SELECT RAISE(ABORT, 'proposal_amount is append-only: nothing is deleted');
END;

-- What became of a proposal: the stage that it came to, with the version concerned (0 for none) and the words that its proposers are told.
CREATE TABLE proposal_stage (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    stage TEXT NOT NULL CHECK (stage <> ''),
    document TEXT NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    version INTEGER NOT NULL CHECK (version >= 0),
    reason TEXT NOT NULL,
    PRIMARY KEY (fund, proposal, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX proposal_stage_by_stage ON proposal_stage (fund, stage, event);

CREATE TRIGGER proposal_stage_is_never_updated BEFORE UPDATE ON proposal_stage BEGIN
    SELECT RAISE(ABORT, 'proposal_stage is append-only: corrections are new rows');
END;
CREATE TRIGGER proposal_stage_is_never_deleted BEFORE DELETE ON proposal_stage BEGIN
    SELECT RAISE(ABORT, 'proposal_stage is append-only: nothing is deleted');
END;
