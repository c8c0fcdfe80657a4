-- Proposals: the concept note and, at the second gate, the joint programme document of what asks the fund for money.
-- What is being written is not of the record; a submission makes a version that never changes, and what becomes of a proposal is a row for each step.

-- A proposal, from the day on which its lead organization began it. The code is kept for good: the programme that comes of it has the same.
CREATE TABLE proposal (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    call TEXT COLLATE "C" NOT NULL,
    lead TEXT COLLATE "C" NOT NULL CHECK (lead <> ''),
    PRIMARY KEY (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER proposal_is_never_updated BEFORE UPDATE ON proposal FOR EACH ROW
    EXECUTE FUNCTION refuse_change('proposal is append-only: corrections are new rows');
CREATE TRIGGER proposal_is_never_deleted BEFORE DELETE ON proposal FOR EACH ROW
    EXECUTE FUNCTION refuse_change('proposal is append-only: nothing is deleted');
CREATE TRIGGER proposal_is_never_emptied BEFORE TRUNCATE ON proposal FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('proposal is append-only: nothing is deleted');

-- An organization that takes part in a proposal, or no longer does; the latest row counts.
CREATE TABLE proposal_organization (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    organization TEXT COLLATE "C" NOT NULL CHECK (organization <> ''),
    part TEXT COLLATE "C" NOT NULL CHECK (part IN ('lead', 'participating', 'left')),
    PRIMARY KEY (fund, proposal, organization, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER proposal_organization_is_never_updated BEFORE UPDATE ON proposal_organization FOR EACH ROW
    EXECUTE FUNCTION refuse_change('proposal_organization is append-only: corrections are new rows');
CREATE TRIGGER proposal_organization_is_never_deleted BEFORE DELETE ON proposal_organization FOR EACH ROW
    EXECUTE FUNCTION refuse_change('proposal_organization is append-only: nothing is deleted');
CREATE TRIGGER proposal_organization_is_never_emptied BEFORE TRUNCATE ON proposal_organization FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('proposal_organization is append-only: nothing is deleted');

-- What was submitted: a version of a document, as JSON, with what lists and rules ask of it beside. Lists are separated by semicolons.
CREATE TABLE proposal_version (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    document TEXT COLLATE "C" NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    number BIGINT NOT NULL CHECK (number > 0),
    content TEXT COLLATE "C" NOT NULL,
    content_digest BYTEA NOT NULL CHECK (length(content_digest) = 32),
    title TEXT COLLATE "C" NOT NULL CHECK (title <> ''),
    thematic_area BIGINT,
    objectives TEXT COLLATE "C" NOT NULL,
    countries TEXT COLLATE "C" NOT NULL,
    regions TEXT COLLATE "C" NOT NULL,
    local_authorities TEXT COLLATE "C" NOT NULL,
    duration_months BIGINT CHECK (duration_months > 0),
    budget BIGINT NOT NULL CHECK (budget >= 0),
    PRIMARY KEY (fund, proposal, document, number),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER proposal_version_is_never_updated BEFORE UPDATE ON proposal_version FOR EACH ROW
    EXECUTE FUNCTION refuse_change('proposal_version is append-only: corrections are new rows');
CREATE TRIGGER proposal_version_is_never_deleted BEFORE DELETE ON proposal_version FOR EACH ROW
    EXECUTE FUNCTION refuse_change('proposal_version is append-only: nothing is deleted');
CREATE TRIGGER proposal_version_is_never_emptied BEFORE TRUNCATE ON proposal_version FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('proposal_version is append-only: nothing is deleted');

-- The part of a version's budget that an organization would receive, in minor units of the fund's currency.
CREATE TABLE proposal_amount (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    document TEXT COLLATE "C" NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    number BIGINT NOT NULL CHECK (number > 0),
    organization TEXT COLLATE "C" NOT NULL CHECK (organization <> ''),
    amount BIGINT NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (fund, proposal, document, number, organization),
    FOREIGN KEY (fund, proposal, document, number) REFERENCES proposal_version (fund, proposal, document, number),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER proposal_amount_is_never_updated BEFORE UPDATE ON proposal_amount FOR EACH ROW
    EXECUTE FUNCTION refuse_change('proposal_amount is append-only: corrections are new rows');
CREATE TRIGGER proposal_amount_is_never_deleted BEFORE DELETE ON proposal_amount FOR EACH ROW
    EXECUTE FUNCTION refuse_change('proposal_amount is append-only: nothing is deleted');
CREATE TRIGGER proposal_amount_is_never_emptied BEFORE TRUNCATE ON proposal_amount FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('proposal_amount is append-only: nothing is deleted');

-- What became of a proposal: the stage that it came to, with the version concerned (0 for none) and the words that its proposers are told.
CREATE TABLE proposal_stage (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    stage TEXT COLLATE "C" NOT NULL CHECK (stage <> ''),
    document TEXT COLLATE "C" NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    version BIGINT NOT NULL CHECK (version >= 0),
    reason TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, proposal, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX proposal_stage_by_stage ON proposal_stage (fund, stage, event);

CREATE TRIGGER proposal_stage_is_never_updated BEFORE UPDATE ON proposal_stage FOR EACH ROW
    EXECUTE FUNCTION refuse_change('proposal_stage is append-only: corrections are new rows');
CREATE TRIGGER proposal_stage_is_never_deleted BEFORE DELETE ON proposal_stage FOR EACH ROW
    EXECUTE FUNCTION refuse_change('proposal_stage is append-only: nothing is deleted');
CREATE TRIGGER proposal_stage_is_never_emptied BEFORE TRUNCATE ON proposal_stage FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('proposal_stage is append-only: nothing is deleted');

-- A call for proposals, or a window that stays open; the latest row counts. What closes never has no end.
CREATE TABLE proposal_call (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    code TEXT COLLATE "C" NOT NULL CHECK (code <> ''),
    title TEXT COLLATE "C" NOT NULL CHECK (title <> ''),
    summary TEXT COLLATE "C" NOT NULL,
    opens_at BIGINT NOT NULL,
    closes_at BIGINT CHECK (closes_at > opens_at),
    reason TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, code, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER proposal_call_is_never_updated BEFORE UPDATE ON proposal_call FOR EACH ROW
    EXECUTE FUNCTION refuse_change('proposal_call is append-only: corrections are new rows');
CREATE TRIGGER proposal_call_is_never_deleted BEFORE DELETE ON proposal_call FOR EACH ROW
    EXECUTE FUNCTION refuse_change('proposal_call is append-only: nothing is deleted');
CREATE TRIGGER proposal_call_is_never_emptied BEFORE TRUNCATE ON proposal_call FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('proposal_call is append-only: nothing is deleted');

-- What somebody wants to know of a call before they submit.
CREATE TABLE call_question (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    id TEXT COLLATE "C" NOT NULL CHECK (id <> ''),
    call TEXT COLLATE "C" NOT NULL CHECK (call <> ''),
    question TEXT COLLATE "C" NOT NULL CHECK (question <> ''),
    PRIMARY KEY (fund, id),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER call_question_is_never_updated BEFORE UPDATE ON call_question FOR EACH ROW
    EXECUTE FUNCTION refuse_change('call_question is append-only: corrections are new rows');
CREATE TRIGGER call_question_is_never_deleted BEFORE DELETE ON call_question FOR EACH ROW
    EXECUTE FUNCTION refuse_change('call_question is append-only: nothing is deleted');
CREATE TRIGGER call_question_is_never_emptied BEFORE TRUNCATE ON call_question FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('call_question is append-only: nothing is deleted');

-- What the secretariat answers, to all; the latest row counts.
CREATE TABLE call_answer (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    question TEXT COLLATE "C" NOT NULL CHECK (question <> ''),
    answer TEXT COLLATE "C" NOT NULL CHECK (answer <> ''),
    PRIMARY KEY (fund, question, event),
    FOREIGN KEY (fund, question) REFERENCES call_question (fund, id),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER call_answer_is_never_updated BEFORE UPDATE ON call_answer FOR EACH ROW
    EXECUTE FUNCTION refuse_change('call_answer is append-only: corrections are new rows');
CREATE TRIGGER call_answer_is_never_deleted BEFORE DELETE ON call_answer FOR EACH ROW
    EXECUTE FUNCTION refuse_change('call_answer is append-only: nothing is deleted');
CREATE TRIGGER call_answer_is_never_emptied BEFORE TRUNCATE ON call_answer FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('call_answer is append-only: nothing is deleted');

-- A file that belongs to a proposal, or no longer does; the latest row of an id counts. Its content stands beside, by the digest.
CREATE TABLE proposal_attachment (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    id TEXT COLLATE "C" NOT NULL CHECK (id <> ''),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    document TEXT COLLATE "C" NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    field TEXT COLLATE "C" NOT NULL CHECK (field <> ''),
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('kept', 'removed')),
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    media_type TEXT COLLATE "C" NOT NULL CHECK (media_type <> ''),
    size BIGINT NOT NULL CHECK (size > 0),
    content_digest BYTEA NOT NULL CHECK (length(content_digest) = 32),
    PRIMARY KEY (fund, id, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX proposal_attachment_by_proposal ON proposal_attachment (fund, proposal);

CREATE TRIGGER proposal_attachment_is_never_updated BEFORE UPDATE ON proposal_attachment FOR EACH ROW
    EXECUTE FUNCTION refuse_change('proposal_attachment is append-only: corrections are new rows');
CREATE TRIGGER proposal_attachment_is_never_deleted BEFORE DELETE ON proposal_attachment FOR EACH ROW
    EXECUTE FUNCTION refuse_change('proposal_attachment is append-only: nothing is deleted');
CREATE TRIGGER proposal_attachment_is_never_emptied BEFORE TRUNCATE ON proposal_attachment FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('proposal_attachment is append-only: nothing is deleted');

-- That a party signed off a version: the digest is that of the version's content, the page that of what was signed on paper.
CREATE TABLE proposal_sign_off (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    document TEXT COLLATE "C" NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    number BIGINT NOT NULL CHECK (number > 0),
    party TEXT COLLATE "C" NOT NULL CHECK (party <> ''),
    organization TEXT COLLATE "C" NOT NULL CHECK (organization <> ''),
    content_digest BYTEA NOT NULL CHECK (length(content_digest) = 32),
    page_digest BYTEA CHECK (length(page_digest) = 32),
    PRIMARY KEY (fund, proposal, document, number, party, organization),
    FOREIGN KEY (fund, proposal, document, number) REFERENCES proposal_version (fund, proposal, document, number),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER proposal_sign_off_is_never_updated BEFORE UPDATE ON proposal_sign_off FOR EACH ROW
    EXECUTE FUNCTION refuse_change('proposal_sign_off is append-only: corrections are new rows');
CREATE TRIGGER proposal_sign_off_is_never_deleted BEFORE DELETE ON proposal_sign_off FOR EACH ROW
    EXECUTE FUNCTION refuse_change('proposal_sign_off is append-only: nothing is deleted');
CREATE TRIGGER proposal_sign_off_is_never_emptied BEFORE TRUNCATE ON proposal_sign_off FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('proposal_sign_off is append-only: nothing is deleted');

-- What is being written, a section of a form each. It is not of the record: submitting seals it.
CREATE TABLE proposal_draft (
    fund TEXT COLLATE "C" NOT NULL,
    proposal TEXT COLLATE "C" NOT NULL,
    document TEXT COLLATE "C" NOT NULL,
    section TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL CHECK (revision > 0),
    answers TEXT COLLATE "C" NOT NULL,
    author TEXT COLLATE "C" NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (fund, proposal, document, section)
);

-- What somebody wrote while somebody else saved the section: kept until its author has looked at both.
CREATE TABLE proposal_draft_aside (
    fund TEXT COLLATE "C" NOT NULL,
    proposal TEXT COLLATE "C" NOT NULL,
    document TEXT COLLATE "C" NOT NULL,
    section TEXT COLLATE "C" NOT NULL,
    author TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL,
    answers TEXT COLLATE "C" NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (fund, proposal, document, section, author)
);

-- Who looks after a section.
CREATE TABLE proposal_section_owner (
    fund TEXT COLLATE "C" NOT NULL,
    proposal TEXT COLLATE "C" NOT NULL,
    document TEXT COLLATE "C" NOT NULL,
    section TEXT COLLATE "C" NOT NULL,
    owner TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, proposal, document, section)
);

-- What is said of a section, among the writers or to the secretariat.
CREATE TABLE proposal_comment (
    id TEXT COLLATE "C" NOT NULL,
    fund TEXT COLLATE "C" NOT NULL,
    proposal TEXT COLLATE "C" NOT NULL,
    document TEXT COLLATE "C" NOT NULL,
    section TEXT COLLATE "C" NOT NULL,
    audience TEXT COLLATE "C" NOT NULL CHECK (audience IN ('writers', 'secretariat')),
    author TEXT COLLATE "C" NOT NULL,
    remark TEXT COLLATE "C" NOT NULL,
    written_at BIGINT NOT NULL,
    settled_at BIGINT,
    PRIMARY KEY (id)
);
CREATE INDEX proposal_comment_by_proposal ON proposal_comment (fund, proposal, document, written_at);
