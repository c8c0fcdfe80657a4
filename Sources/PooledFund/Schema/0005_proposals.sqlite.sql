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

-- A call for proposals, or a window that stays open; the latest row counts. What closes never has no end.
CREATE TABLE proposal_call (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    code TEXT NOT NULL CHECK (code <> ''),
    title TEXT NOT NULL CHECK (title <> ''),
    summary TEXT NOT NULL,
    opens_at INTEGER NOT NULL,
    closes_at INTEGER CHECK (closes_at > opens_at),
    reason TEXT NOT NULL,
    PRIMARY KEY (fund, code, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER proposal_call_is_never_updated BEFORE UPDATE ON proposal_call BEGIN
    SELECT RAISE(ABORT, 'proposal_call is append-only: corrections are new rows');
END;
CREATE TRIGGER proposal_call_is_never_deleted BEFORE DELETE ON proposal_call BEGIN
    SELECT RAISE(ABORT, 'proposal_call is append-only: nothing is deleted');
END;

-- What somebody wants to know of a call before they submit.
CREATE TABLE call_question (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    id TEXT NOT NULL CHECK (id <> ''),
    call TEXT NOT NULL CHECK (call <> ''),
    question TEXT NOT NULL CHECK (question <> ''),
    PRIMARY KEY (fund, id),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER call_question_is_never_updated BEFORE UPDATE ON call_question BEGIN
    SELECT RAISE(ABORT, 'call_question is append-only: corrections are new rows');
END;
CREATE TRIGGER call_question_is_never_deleted BEFORE DELETE ON call_question BEGIN
    SELECT RAISE(ABORT, 'call_question is append-only: nothing is deleted');
END;

-- What the secretariat answers, to all; the latest row counts.
CREATE TABLE call_answer (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    question TEXT NOT NULL CHECK (question <> ''),
    answer TEXT NOT NULL CHECK (answer <> ''),
    PRIMARY KEY (fund, question, event),
    FOREIGN KEY (fund, question) REFERENCES call_question (fund, id),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER call_answer_is_never_updated BEFORE UPDATE ON call_answer BEGIN
    SELECT RAISE(ABORT, 'call_answer is append-only: corrections are new rows');
END;
CREATE TRIGGER call_answer_is_never_deleted BEFORE DELETE ON call_answer BEGIN
    SELECT RAISE(ABORT, 'call_answer is append-only: nothing is deleted');
END;

-- A file that belongs to a proposal, or no longer does; the latest row of an id counts. Its content stands beside, by the digest.
CREATE TABLE proposal_attachment (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    id TEXT NOT NULL CHECK (id <> ''),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    document TEXT NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    field TEXT NOT NULL CHECK (field <> ''),
    state TEXT NOT NULL CHECK (state IN ('kept', 'removed')),
    name TEXT NOT NULL CHECK (name <> ''),
    media_type TEXT NOT NULL CHECK (media_type <> ''),
    size INTEGER NOT NULL CHECK (size > 0),
    content_digest BLOB NOT NULL CHECK (length(content_digest) = 32),
    PRIMARY KEY (fund, id, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX proposal_attachment_by_proposal ON proposal_attachment (fund, proposal);

CREATE TRIGGER proposal_attachment_is_never_updated BEFORE UPDATE ON proposal_attachment BEGIN
    SELECT RAISE(ABORT, 'proposal_attachment is append-only: corrections are new rows');
END;
CREATE TRIGGER proposal_attachment_is_never_deleted BEFORE DELETE ON proposal_attachment BEGIN
    SELECT RAISE(ABORT, 'proposal_attachment is append-only: nothing is deleted');
END;

-- That a party signed off a version: the digest is that of the version's content, the page that of what was signed on paper.
CREATE TABLE proposal_sign_off (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    document TEXT NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    number INTEGER NOT NULL CHECK (number > 0),
    party TEXT NOT NULL CHECK (party <> ''),
    organization TEXT NOT NULL CHECK (organization <> ''),
    content_digest BLOB NOT NULL CHECK (length(content_digest) = 32),
    page_digest BLOB CHECK (length(page_digest) = 32),
    PRIMARY KEY (fund, proposal, document, number, party, organization),
    FOREIGN KEY (fund, proposal, document, number) REFERENCES proposal_version (fund, proposal, document, number),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER proposal_sign_off_is_never_updated BEFORE UPDATE ON proposal_sign_off BEGIN
    SELECT RAISE(ABORT, 'proposal_sign_off is append-only: corrections are new rows');
END;
CREATE TRIGGER proposal_sign_off_is_never_deleted BEFORE DELETE ON proposal_sign_off BEGIN
    SELECT RAISE(ABORT, 'proposal_sign_off is append-only: nothing is deleted');
END;

-- What is being written, a section of a form each. It is not of the record: submitting seals it.
CREATE TABLE proposal_draft (
    fund TEXT NOT NULL,
    proposal TEXT NOT NULL,
    document TEXT NOT NULL,
    section TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    answers TEXT NOT NULL,
    author TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (fund, proposal, document, section)
) STRICT;

-- What somebody wrote while somebody else saved the section: kept until its author has looked at both.
CREATE TABLE proposal_draft_aside (
    fund TEXT NOT NULL,
    proposal TEXT NOT NULL,
    document TEXT NOT NULL,
    section TEXT NOT NULL,
    author TEXT NOT NULL,
    revision INTEGER NOT NULL,
    answers TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (fund, proposal, document, section, author)
) STRICT;

-- Who looks after a section.
CREATE TABLE proposal_section_owner (
    fund TEXT NOT NULL,
    proposal TEXT NOT NULL,
    document TEXT NOT NULL,
    section TEXT NOT NULL,
    owner TEXT NOT NULL,
    PRIMARY KEY (fund, proposal, document, section)
) STRICT;

-- What is said of a section, among the writers or to the secretariat.
CREATE TABLE proposal_comment (
    id TEXT NOT NULL,
    fund TEXT NOT NULL,
    proposal TEXT NOT NULL,
    document TEXT NOT NULL,
    section TEXT NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('writers', 'secretariat')),
    author TEXT NOT NULL,
    remark TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    settled_at INTEGER,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX proposal_comment_by_proposal ON proposal_comment (fund, proposal, document, written_at);
