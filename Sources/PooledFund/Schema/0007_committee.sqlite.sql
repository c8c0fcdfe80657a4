-- The Steering Committee: its meetings, the interests of its members, the money that there is, what it might choose, and what it decided.

-- A meeting of the committee, or a decision by no-objection, for which a window is open; the latest row counts.
CREATE TABLE committee_meeting (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    id TEXT NOT NULL CHECK (id <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('meeting', 'no-objection')),
    title TEXT NOT NULL CHECK (title <> ''),
    held_on TEXT NOT NULL CHECK (held_on <> ''),
    place TEXT NOT NULL,
    note TEXT NOT NULL,
    closes_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (fund, id, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER committee_meeting_is_never_updated BEFORE UPDATE ON committee_meeting BEGIN
    SELECT RAISE(ABORT, 'committee_meeting is append-only: corrections are new rows');
END;
CREATE TRIGGER committee_meeting_is_never_deleted BEFORE DELETE ON committee_meeting BEGIN
    SELECT RAISE(ABORT, 'committee_meeting is append-only: nothing is deleted');
END;

-- A proposal on the agenda of a meeting, with the version that is decided on, or no longer on it; the latest row counts.
CREATE TABLE committee_item (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    meeting TEXT NOT NULL CHECK (meeting <> ''),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    document TEXT NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    version INTEGER NOT NULL CHECK (version > 0),
    position INTEGER NOT NULL CHECK (position > 0),
    state TEXT NOT NULL CHECK (state IN ('on', 'off')),
    PRIMARY KEY (fund, meeting, proposal, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER committee_item_is_never_updated BEFORE UPDATE ON committee_item BEGIN
    SELECT RAISE(ABORT, 'committee_item is append-only: corrections are new rows');
END;
CREATE TRIGGER committee_item_is_never_deleted BEFORE DELETE ON committee_item BEGIN
    SELECT RAISE(ABORT, 'committee_item is append-only: nothing is deleted');
END;

-- A paper of a meeting; without a proposal it is of the whole meeting. Its content stands beside, by the digest.
CREATE TABLE committee_paper (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    id TEXT NOT NULL CHECK (id <> ''),
    meeting TEXT NOT NULL CHECK (meeting <> ''),
    proposal TEXT NOT NULL,
    title TEXT NOT NULL CHECK (title <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    media_type TEXT NOT NULL CHECK (media_type <> ''),
    size INTEGER NOT NULL CHECK (size > 0),
    content_digest BLOB NOT NULL CHECK (length(content_digest) = 32),
    PRIMARY KEY (fund, id),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER committee_paper_is_never_updated BEFORE UPDATE ON committee_paper BEGIN
    SELECT RAISE(ABORT, 'committee_paper is append-only: corrections are new rows');
END;
CREATE TRIGGER committee_paper_is_never_deleted BEFORE DELETE ON committee_paper BEGIN
    SELECT RAISE(ABORT, 'committee_paper is append-only: nothing is deleted');
END;

-- Who sat on a seat at a meeting; the latest row of a seat counts.
CREATE TABLE committee_attendance (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    meeting TEXT NOT NULL CHECK (meeting <> ''),
    seat TEXT NOT NULL CHECK (seat <> ''),
    person TEXT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('member', 'alternate', 'absent')),
    PRIMARY KEY (fund, meeting, seat, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER committee_attendance_is_never_updated BEFORE UPDATE ON committee_attendance BEGIN
    SELECT RAISE(ABORT, 'committee_attendance is append-only: corrections are new rows');
END;
CREATE TRIGGER committee_attendance_is_never_deleted BEFORE DELETE ON committee_attendance BEGIN
    SELECT RAISE(ABORT, 'committee_attendance is append-only: nothing is deleted');
END;

-- That a meeting was closed, with what there is to say of it.
CREATE TABLE committee_closure (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    meeting TEXT NOT NULL CHECK (meeting <> ''),
    note TEXT NOT NULL,
    PRIMARY KEY (fund, meeting),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER committee_closure_is_never_updated BEFORE UPDATE ON committee_closure BEGIN
    SELECT RAISE(ABORT, 'committee_closure is append-only: corrections are new rows');
END;
CREATE TRIGGER committee_closure_is_never_deleted BEFORE DELETE ON committee_closure BEGIN
    SELECT RAISE(ABORT, 'committee_closure is append-only: nothing is deleted');
END;

-- What the holder of a seat answers on an item, in or between meetings; the latest row of a seat counts.
CREATE TABLE committee_answer (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    meeting TEXT NOT NULL CHECK (meeting <> ''),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    seat TEXT NOT NULL CHECK (seat <> ''),
    person TEXT NOT NULL CHECK (person <> ''),
    answer TEXT NOT NULL CHECK (answer IN ('agrees', 'abstains', 'objects')),
    reason TEXT NOT NULL,
    PRIMARY KEY (fund, meeting, proposal, seat, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER committee_answer_is_never_updated BEFORE UPDATE ON committee_answer BEGIN
    SELECT RAISE(ABORT, 'committee_answer is append-only: corrections are new rows');
END;
CREATE TRIGGER committee_answer_is_never_deleted BEFORE DELETE ON committee_answer BEGIN
    SELECT RAISE(ABORT, 'committee_answer is append-only: nothing is deleted');
END;

-- An interest in a proposal that a member of the committee declared, or took back; the latest row counts.
CREATE TABLE declared_interest (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    person TEXT NOT NULL CHECK (person <> ''),
    state TEXT NOT NULL CHECK (state IN ('declared', 'taken-back')),
    statement TEXT NOT NULL,
    PRIMARY KEY (fund, proposal, person, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER declared_interest_is_never_updated BEFORE UPDATE ON declared_interest BEGIN
    SELECT RAISE(ABORT, 'declared_interest is append-only: corrections are new rows');
END;
CREATE TRIGGER declared_interest_is_never_deleted BEFORE DELETE ON declared_interest BEGIN
    SELECT RAISE(ABORT, 'declared_interest is append-only: nothing is deleted');
END;

-- What the Administrative Agent states of the fund's cash as of a day, in minor units of the fund's currency; the latest row counts.
CREATE TABLE cash_statement (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    as_of TEXT NOT NULL CHECK (as_of <> ''),
    deposits INTEGER NOT NULL CHECK (deposits >= 0),
    income INTEGER NOT NULL CHECK (income >= 0),
    fees INTEGER NOT NULL CHECK (fees >= 0),
    transferred INTEGER NOT NULL CHECK (transferred >= 0),
    reserved INTEGER NOT NULL CHECK (reserved >= 0),
    note TEXT NOT NULL,
    document_digest BLOB NOT NULL CHECK (length(document_digest) = 32),
    PRIMARY KEY (fund, as_of, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER cash_statement_is_never_updated BEFORE UPDATE ON cash_statement BEGIN
    SELECT RAISE(ABORT, 'cash_statement is append-only: corrections are new rows');
END;
CREATE TRIGGER cash_statement_is_never_deleted BEFORE DELETE ON cash_statement BEGIN
    SELECT RAISE(ABORT, 'cash_statement is append-only: nothing is deleted');
END;

-- An agreement with a contributor that is signed and not paid in full: what is still to be paid when a statement was made.
CREATE TABLE cash_agreement (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    agreement TEXT NOT NULL CHECK (agreement <> ''),
    contributor TEXT NOT NULL CHECK (contributor <> ''),
    amount INTEGER NOT NULL CHECK (amount > 0),
    PRIMARY KEY (fund, agreement, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER cash_agreement_is_never_updated BEFORE UPDATE ON cash_agreement BEGIN
    SELECT RAISE(ABORT, 'cash_agreement is append-only: corrections are new rows');
END;
CREATE TRIGGER cash_agreement_is_never_deleted BEFORE DELETE ON cash_agreement BEGIN
    SELECT RAISE(ABORT, 'cash_agreement is append-only: nothing is deleted');
END;

-- How much of what was approved for a proposal was transferred when a statement was made.
CREATE TABLE cash_transfer (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    amount INTEGER NOT NULL CHECK (amount > 0),
    PRIMARY KEY (fund, proposal, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER cash_transfer_is_never_updated BEFORE UPDATE ON cash_transfer BEGIN
    SELECT RAISE(ABORT, 'cash_transfer is append-only: corrections are new rows');
END;
CREATE TRIGGER cash_transfer_is_never_deleted BEFORE DELETE ON cash_transfer BEGIN
    SELECT RAISE(ABORT, 'cash_transfer is append-only: nothing is deleted');
END;

-- A selection of proposals that members of the committee look at; the latest row counts, with the amounts of its event.
CREATE TABLE slate (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    id TEXT NOT NULL CHECK (id <> ''),
    title TEXT NOT NULL CHECK (title <> ''),
    note TEXT NOT NULL,
    PRIMARY KEY (fund, id, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER slate_is_never_updated BEFORE UPDATE ON slate BEGIN
    SELECT RAISE(ABORT, 'slate is append-only: corrections are new rows');
END;
CREATE TRIGGER slate_is_never_deleted BEFORE DELETE ON slate BEGIN
    SELECT RAISE(ABORT, 'slate is append-only: nothing is deleted');
END;

-- What an organization would receive for a proposal by a slate.
CREATE TABLE slate_amount (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    slate TEXT NOT NULL CHECK (slate <> ''),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    organization TEXT NOT NULL CHECK (organization <> ''),
    amount INTEGER NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (fund, slate, proposal, organization, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER slate_amount_is_never_updated BEFORE UPDATE ON slate_amount BEGIN
    SELECT RAISE(ABORT, 'slate_amount is append-only: corrections are new rows');
END;
CREATE TRIGGER slate_amount_is_never_deleted BEFORE DELETE ON slate_amount BEGIN
    SELECT RAISE(ABORT, 'slate_amount is append-only: nothing is deleted');
END;

-- The slate that is proposed to a meeting, as it was saved by an event.
CREATE TABLE slate_for_meeting (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    meeting TEXT NOT NULL CHECK (meeting <> ''),
    slate TEXT NOT NULL CHECK (slate <> ''),
    saved_by INTEGER NOT NULL CHECK (saved_by > 0),
    PRIMARY KEY (fund, meeting),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER slate_for_meeting_is_never_updated BEFORE UPDATE ON slate_for_meeting BEGIN
    SELECT RAISE(ABORT, 'slate_for_meeting is append-only: corrections are new rows');
END;
CREATE TRIGGER slate_for_meeting_is_never_deleted BEFORE DELETE ON slate_for_meeting BEGIN
    SELECT RAISE(ABORT, 'slate_for_meeting is append-only: nothing is deleted');
END;

-- What a contributor would like its money to be used for, which the committee takes into account as far as it can; the latest row counts.
CREATE TABLE soft_earmark (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    id TEXT NOT NULL CHECK (id <> ''),
    contributor TEXT NOT NULL CHECK (contributor <> ''),
    dimension TEXT NOT NULL CHECK (dimension IN ('thematic-area', 'region')),
    target TEXT NOT NULL CHECK (target <> ''),
    amount INTEGER NOT NULL CHECK (amount >= 0),
    note TEXT NOT NULL,
    PRIMARY KEY (fund, id, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER soft_earmark_is_never_updated BEFORE UPDATE ON soft_earmark BEGIN
    SELECT RAISE(ABORT, 'soft_earmark is append-only: corrections are new rows');
END;
CREATE TRIGGER soft_earmark_is_never_deleted BEFORE DELETE ON soft_earmark BEGIN
    SELECT RAISE(ABORT, 'soft_earmark is append-only: nothing is deleted');
END;

-- What the committee decided on an item: on that version, by the digest of its content.
CREATE TABLE decision (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    meeting TEXT NOT NULL CHECK (meeting <> ''),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    document TEXT NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    version INTEGER NOT NULL CHECK (version > 0),
    content_digest BLOB NOT NULL CHECK (length(content_digest) = 32),
    outcome TEXT NOT NULL CHECK (outcome IN ('approved', 'pipeline', 'deferred', 'returned', 'not-selected')),
    taken_by TEXT NOT NULL CHECK (taken_by IN ('consensus', 'no-objection')),
    basis TEXT NOT NULL CHECK (basis IN ('', 'cash', 'agreement')),
    agreement TEXT NOT NULL,
    rationale TEXT NOT NULL CHECK (rationale <> ''),
    minutes_digest BLOB CHECK (length(minutes_digest) = 32),
    PRIMARY KEY (fund, meeting, proposal),
    FOREIGN KEY (fund, proposal, document, version) REFERENCES proposal_version (fund, proposal, document, number),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER decision_is_never_updated BEFORE UPDATE ON decision BEGIN
    SELECT RAISE(ABORT, 'decision is append-only: corrections are new rows');
END;
CREATE TRIGGER decision_is_never_deleted BEFORE DELETE ON decision BEGIN
    SELECT RAISE(ABORT, 'decision is append-only: nothing is deleted');
END;

-- What an organization receives by an approval, in minor units of the fund's currency.
CREATE TABLE decision_amount (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    meeting TEXT NOT NULL CHECK (meeting <> ''),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    organization TEXT NOT NULL CHECK (organization <> ''),
    amount INTEGER NOT NULL CHECK (amount > 0),
    PRIMARY KEY (fund, meeting, proposal, organization),
    FOREIGN KEY (fund, meeting, proposal) REFERENCES decision (fund, meeting, proposal),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER decision_amount_is_never_updated BEFORE UPDATE ON decision_amount BEGIN
    SELECT RAISE(ABORT, 'decision_amount is append-only: corrections are new rows');
END;
CREATE TRIGGER decision_amount_is_never_deleted BEFORE DELETE ON decision_amount BEGIN
    SELECT RAISE(ABORT, 'decision_amount is append-only: nothing is deleted');
END;

-- A condition of a decision: what is to be done, by whom and until when.
CREATE TABLE decision_condition (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    meeting TEXT NOT NULL CHECK (meeting <> ''),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    number INTEGER NOT NULL CHECK (number > 0),
    condition TEXT NOT NULL CHECK (condition <> ''),
    owner TEXT NOT NULL CHECK (owner <> ''),
    due TEXT NOT NULL,
    PRIMARY KEY (fund, meeting, proposal, number),
    FOREIGN KEY (fund, meeting, proposal) REFERENCES decision (fund, meeting, proposal),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER decision_condition_is_never_updated BEFORE UPDATE ON decision_condition BEGIN
    SELECT RAISE(ABORT, 'decision_condition is append-only: corrections are new rows');
END;
CREATE TRIGGER decision_condition_is_never_deleted BEFORE DELETE ON decision_condition BEGIN
    SELECT RAISE(ABORT, 'decision_condition is append-only: nothing is deleted');
END;

-- How a seat with an interest, or one that abstained, took part in a decision.
CREATE TABLE decision_part (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    meeting TEXT NOT NULL CHECK (meeting <> ''),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    seat TEXT NOT NULL CHECK (seat <> ''),
    part TEXT NOT NULL CHECK (part IN ('disclosed', 'abstained', 'left')),
    reason TEXT NOT NULL,
    PRIMARY KEY (fund, meeting, proposal, seat),
    FOREIGN KEY (fund, meeting, proposal) REFERENCES decision (fund, meeting, proposal),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER decision_part_is_never_updated BEFORE UPDATE ON decision_part BEGIN
    SELECT RAISE(ABORT, 'decision_part is append-only: corrections are new rows');
END;
CREATE TRIGGER decision_part_is_never_deleted BEFORE DELETE ON decision_part BEGIN
    SELECT RAISE(ABORT, 'decision_part is append-only: nothing is deleted');
END;

-- That an entry of the pipeline was confirmed anew, or costed anew.
CREATE TABLE pipeline_review (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('confirmed', 'costed')),
    note TEXT NOT NULL,
    PRIMARY KEY (fund, proposal, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER pipeline_review_is_never_updated BEFORE UPDATE ON pipeline_review BEGIN
    SELECT RAISE(ABORT, 'pipeline_review is append-only: corrections are new rows');
END;
CREATE TRIGGER pipeline_review_is_never_deleted BEFORE DELETE ON pipeline_review BEGIN
    SELECT RAISE(ABORT, 'pipeline_review is append-only: nothing is deleted');
END;

-- What an organization would receive by the latest costing of an entry of the pipeline.
CREATE TABLE pipeline_cost (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    organization TEXT NOT NULL CHECK (organization <> ''),
    amount INTEGER NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (fund, proposal, organization, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER pipeline_cost_is_never_updated BEFORE UPDATE ON pipeline_cost BEGIN
    SELECT RAISE(ABORT, 'pipeline_cost is append-only: corrections are new rows');
END;
CREATE TRIGGER pipeline_cost_is_never_deleted BEFORE DELETE ON pipeline_cost BEGIN
    SELECT RAISE(ABORT, 'pipeline_cost is append-only: nothing is deleted');
END;

-- Whether those who propose agree that an entry of the pipeline is published; the latest row counts.
CREATE TABLE publication_consent (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    state TEXT NOT NULL CHECK (state IN ('given', 'taken-back')),
    PRIMARY KEY (fund, proposal, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER publication_consent_is_never_updated BEFORE UPDATE ON publication_consent BEGIN
    SELECT RAISE(ABORT, 'publication_consent is append-only: corrections are new rows');
END;
CREATE TRIGGER publication_consent_is_never_deleted BEFORE DELETE ON publication_consent BEGIN
    SELECT RAISE(ABORT, 'publication_consent is append-only: nothing is deleted');
END;

-- What is said of an item among the committee and the secretariat.
CREATE TABLE committee_comment (
    id TEXT NOT NULL,
    fund TEXT NOT NULL,
    meeting TEXT NOT NULL,
    proposal TEXT NOT NULL,
    author TEXT NOT NULL,
    remark TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX committee_comment_by_item ON committee_comment (fund, meeting, proposal, written_at);
