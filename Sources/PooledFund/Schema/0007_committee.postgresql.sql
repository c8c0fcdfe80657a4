-- The Steering Committee: its meetings, the interests of its members, the money that there is, what it might choose, and what it decided.

-- A meeting of the committee, or a decision by no-objection, for which a window is open; the latest row counts.
CREATE TABLE committee_meeting (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    id TEXT COLLATE "C" NOT NULL CHECK (id <> ''),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('meeting', 'no-objection')),
    title TEXT COLLATE "C" NOT NULL CHECK (title <> ''),
    held_on TEXT COLLATE "C" NOT NULL CHECK (held_on <> ''),
    place TEXT COLLATE "C" NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    closes_at BIGINT NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, id, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER committee_meeting_is_never_updated BEFORE UPDATE ON committee_meeting FOR EACH ROW
    EXECUTE FUNCTION refuse_change('committee_meeting is append-only: corrections are new rows');
CREATE TRIGGER committee_meeting_is_never_deleted BEFORE DELETE ON committee_meeting FOR EACH ROW
    EXECUTE FUNCTION refuse_change('committee_meeting is append-only: nothing is deleted');
CREATE TRIGGER committee_meeting_is_never_emptied BEFORE TRUNCATE ON committee_meeting FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('committee_meeting is append-only: nothing is deleted');

-- A proposal on the agenda of a meeting, with the version that is decided on, or no longer on it; the latest row counts.
CREATE TABLE committee_item (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    meeting TEXT COLLATE "C" NOT NULL CHECK (meeting <> ''),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    document TEXT COLLATE "C" NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    version BIGINT NOT NULL CHECK (version > 0),
    position BIGINT NOT NULL CHECK (position > 0),
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('on', 'off')),
    PRIMARY KEY (fund, meeting, proposal, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER committee_item_is_never_updated BEFORE UPDATE ON committee_item FOR EACH ROW
    EXECUTE FUNCTION refuse_change('committee_item is append-only: corrections are new rows');
CREATE TRIGGER committee_item_is_never_deleted BEFORE DELETE ON committee_item FOR EACH ROW
    EXECUTE FUNCTION refuse_change('committee_item is append-only: nothing is deleted');
CREATE TRIGGER committee_item_is_never_emptied BEFORE TRUNCATE ON committee_item FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('committee_item is append-only: nothing is deleted');

-- A paper of a meeting; without a proposal it is of the whole meeting. Its content stands beside, by the digest.
CREATE TABLE committee_paper (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    id TEXT COLLATE "C" NOT NULL CHECK (id <> ''),
    meeting TEXT COLLATE "C" NOT NULL CHECK (meeting <> ''),
    proposal TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL CHECK (title <> ''),
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    media_type TEXT COLLATE "C" NOT NULL CHECK (media_type <> ''),
    size BIGINT NOT NULL CHECK (size > 0),
    content_digest BYTEA NOT NULL CHECK (length(content_digest) = 32),
    PRIMARY KEY (fund, id),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER committee_paper_is_never_updated BEFORE UPDATE ON committee_paper FOR EACH ROW
    EXECUTE FUNCTION refuse_change('committee_paper is append-only: corrections are new rows');
CREATE TRIGGER committee_paper_is_never_deleted BEFORE DELETE ON committee_paper FOR EACH ROW
    EXECUTE FUNCTION refuse_change('committee_paper is append-only: nothing is deleted');
CREATE TRIGGER committee_paper_is_never_emptied BEFORE TRUNCATE ON committee_paper FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('committee_paper is append-only: nothing is deleted');

-- Who sat on a seat at a meeting; the latest row of a seat counts.
CREATE TABLE committee_attendance (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    meeting TEXT COLLATE "C" NOT NULL CHECK (meeting <> ''),
    seat TEXT COLLATE "C" NOT NULL CHECK (seat <> ''),
    person TEXT COLLATE "C" NOT NULL,
    part TEXT COLLATE "C" NOT NULL CHECK (part IN ('member', 'alternate', 'absent')),
    PRIMARY KEY (fund, meeting, seat, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER committee_attendance_is_never_updated BEFORE UPDATE ON committee_attendance FOR EACH ROW
    EXECUTE FUNCTION refuse_change('committee_attendance is append-only: corrections are new rows');
CREATE TRIGGER committee_attendance_is_never_deleted BEFORE DELETE ON committee_attendance FOR EACH ROW
    EXECUTE FUNCTION refuse_change('committee_attendance is append-only: nothing is deleted');
CREATE TRIGGER committee_attendance_is_never_emptied BEFORE TRUNCATE ON committee_attendance FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('committee_attendance is append-only: nothing is deleted');

-- That a meeting was closed, with what there is to say of it.
CREATE TABLE committee_closure (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    meeting TEXT COLLATE "C" NOT NULL CHECK (meeting <> ''),
    note TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, meeting),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER committee_closure_is_never_updated BEFORE UPDATE ON committee_closure FOR EACH ROW
    EXECUTE FUNCTION refuse_change('committee_closure is append-only: corrections are new rows');
CREATE TRIGGER committee_closure_is_never_deleted BEFORE DELETE ON committee_closure FOR EACH ROW
    EXECUTE FUNCTION refuse_change('committee_closure is append-only: nothing is deleted');
CREATE TRIGGER committee_closure_is_never_emptied BEFORE TRUNCATE ON committee_closure FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('committee_closure is append-only: nothing is deleted');

-- What the holder of a seat answers on an item, in or between meetings; the latest row of a seat counts.
CREATE TABLE committee_answer (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    meeting TEXT COLLATE "C" NOT NULL CHECK (meeting <> ''),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    seat TEXT COLLATE "C" NOT NULL CHECK (seat <> ''),
    person TEXT COLLATE "C" NOT NULL CHECK (person <> ''),
    answer TEXT COLLATE "C" NOT NULL CHECK (answer IN ('agrees', 'abstains', 'objects')),
    reason TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, meeting, proposal, seat, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER committee_answer_is_never_updated BEFORE UPDATE ON committee_answer FOR EACH ROW
    EXECUTE FUNCTION refuse_change('committee_answer is append-only: corrections are new rows');
CREATE TRIGGER committee_answer_is_never_deleted BEFORE DELETE ON committee_answer FOR EACH ROW
    EXECUTE FUNCTION refuse_change('committee_answer is append-only: nothing is deleted');
CREATE TRIGGER committee_answer_is_never_emptied BEFORE TRUNCATE ON committee_answer FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('committee_answer is append-only: nothing is deleted');

-- An interest in a proposal that a member of the committee declared, or took back; the latest row counts.
CREATE TABLE declared_interest (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    person TEXT COLLATE "C" NOT NULL CHECK (person <> ''),
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('declared', 'taken-back')),
    statement TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, proposal, person, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER declared_interest_is_never_updated BEFORE UPDATE ON declared_interest FOR EACH ROW
    EXECUTE FUNCTION refuse_change('declared_interest is append-only: corrections are new rows');
CREATE TRIGGER declared_interest_is_never_deleted BEFORE DELETE ON declared_interest FOR EACH ROW
    EXECUTE FUNCTION refuse_change('declared_interest is append-only: nothing is deleted');
CREATE TRIGGER declared_interest_is_never_emptied BEFORE TRUNCATE ON declared_interest FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('declared_interest is append-only: nothing is deleted');

-- What the Administrative Agent states of the fund's cash as of a day, in minor units of the fund's currency; the latest row counts.
CREATE TABLE cash_statement (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    as_of TEXT COLLATE "C" NOT NULL CHECK (as_of <> ''),
    deposits BIGINT NOT NULL CHECK (deposits >= 0),
    income BIGINT NOT NULL CHECK (income >= 0),
    fees BIGINT NOT NULL CHECK (fees >= 0),
    transferred BIGINT NOT NULL CHECK (transferred >= 0),
    reserved BIGINT NOT NULL CHECK (reserved >= 0),
    note TEXT COLLATE "C" NOT NULL,
    document_digest BYTEA NOT NULL CHECK (length(document_digest) = 32),
    PRIMARY KEY (fund, as_of, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER cash_statement_is_never_updated BEFORE UPDATE ON cash_statement FOR EACH ROW
    EXECUTE FUNCTION refuse_change('cash_statement is append-only: corrections are new rows');
CREATE TRIGGER cash_statement_is_never_deleted BEFORE DELETE ON cash_statement FOR EACH ROW
    EXECUTE FUNCTION refuse_change('cash_statement is append-only: nothing is deleted');
CREATE TRIGGER cash_statement_is_never_emptied BEFORE TRUNCATE ON cash_statement FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('cash_statement is append-only: nothing is deleted');

-- An agreement with a contributor that is signed and not paid in full: what is still to be paid when a statement was made.
CREATE TABLE cash_agreement (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    agreement TEXT COLLATE "C" NOT NULL CHECK (agreement <> ''),
    contributor TEXT COLLATE "C" NOT NULL CHECK (contributor <> ''),
    amount BIGINT NOT NULL CHECK (amount > 0),
    PRIMARY KEY (fund, agreement, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER cash_agreement_is_never_updated BEFORE UPDATE ON cash_agreement FOR EACH ROW
    EXECUTE FUNCTION refuse_change('cash_agreement is append-only: corrections are new rows');
CREATE TRIGGER cash_agreement_is_never_deleted BEFORE DELETE ON cash_agreement FOR EACH ROW
    EXECUTE FUNCTION refuse_change('cash_agreement is append-only: nothing is deleted');
CREATE TRIGGER cash_agreement_is_never_emptied BEFORE TRUNCATE ON cash_agreement FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('cash_agreement is append-only: nothing is deleted');

-- How much of what was approved for a proposal was transferred when a statement was made.
CREATE TABLE cash_transfer (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    amount BIGINT NOT NULL CHECK (amount > 0),
    PRIMARY KEY (fund, proposal, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER cash_transfer_is_never_updated BEFORE UPDATE ON cash_transfer FOR EACH ROW
    EXECUTE FUNCTION refuse_change('cash_transfer is append-only: corrections are new rows');
CREATE TRIGGER cash_transfer_is_never_deleted BEFORE DELETE ON cash_transfer FOR EACH ROW
    EXECUTE FUNCTION refuse_change('cash_transfer is append-only: nothing is deleted');
CREATE TRIGGER cash_transfer_is_never_emptied BEFORE TRUNCATE ON cash_transfer FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('cash_transfer is append-only: nothing is deleted');

-- A selection of proposals that members of the committee look at; the latest row counts, with the amounts of its event.
CREATE TABLE slate (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    id TEXT COLLATE "C" NOT NULL CHECK (id <> ''),
    title TEXT COLLATE "C" NOT NULL CHECK (title <> ''),
    note TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, id, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER slate_is_never_updated BEFORE UPDATE ON slate FOR EACH ROW
    EXECUTE FUNCTION refuse_change('slate is append-only: corrections are new rows');
CREATE TRIGGER slate_is_never_deleted BEFORE DELETE ON slate FOR EACH ROW
    EXECUTE FUNCTION refuse_change('slate is append-only: nothing is deleted');
CREATE TRIGGER slate_is_never_emptied BEFORE TRUNCATE ON slate FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('slate is append-only: nothing is deleted');

-- What an organization would receive for a proposal by a slate.
CREATE TABLE slate_amount (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    slate TEXT COLLATE "C" NOT NULL CHECK (slate <> ''),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    organization TEXT COLLATE "C" NOT NULL CHECK (organization <> ''),
    amount BIGINT NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (fund, slate, proposal, organization, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER slate_amount_is_never_updated BEFORE UPDATE ON slate_amount FOR EACH ROW
    EXECUTE FUNCTION refuse_change('slate_amount is append-only: corrections are new rows');
CREATE TRIGGER slate_amount_is_never_deleted BEFORE DELETE ON slate_amount FOR EACH ROW
    EXECUTE FUNCTION refuse_change('slate_amount is append-only: nothing is deleted');
CREATE TRIGGER slate_amount_is_never_emptied BEFORE TRUNCATE ON slate_amount FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('slate_amount is append-only: nothing is deleted');

-- The slate that is proposed to a meeting, as it was saved by an event.
CREATE TABLE slate_for_meeting (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    meeting TEXT COLLATE "C" NOT NULL CHECK (meeting <> ''),
    slate TEXT COLLATE "C" NOT NULL CHECK (slate <> ''),
    saved_by BIGINT NOT NULL CHECK (saved_by > 0),
    PRIMARY KEY (fund, meeting),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER slate_for_meeting_is_never_updated BEFORE UPDATE ON slate_for_meeting FOR EACH ROW
    EXECUTE FUNCTION refuse_change('slate_for_meeting is append-only: corrections are new rows');
CREATE TRIGGER slate_for_meeting_is_never_deleted BEFORE DELETE ON slate_for_meeting FOR EACH ROW
    EXECUTE FUNCTION refuse_change('slate_for_meeting is append-only: nothing is deleted');
CREATE TRIGGER slate_for_meeting_is_never_emptied BEFORE TRUNCATE ON slate_for_meeting FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('slate_for_meeting is append-only: nothing is deleted');

-- What a contributor would like its money to be used for, which the committee takes into account as far as it can; the latest row counts.
CREATE TABLE soft_earmark (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    id TEXT COLLATE "C" NOT NULL CHECK (id <> ''),
    contributor TEXT COLLATE "C" NOT NULL CHECK (contributor <> ''),
    dimension TEXT COLLATE "C" NOT NULL CHECK (dimension IN ('thematic-area', 'region')),
    target TEXT COLLATE "C" NOT NULL CHECK (target <> ''),
    amount BIGINT NOT NULL CHECK (amount >= 0),
    note TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, id, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER soft_earmark_is_never_updated BEFORE UPDATE ON soft_earmark FOR EACH ROW
    EXECUTE FUNCTION refuse_change('soft_earmark is append-only: corrections are new rows');
CREATE TRIGGER soft_earmark_is_never_deleted BEFORE DELETE ON soft_earmark FOR EACH ROW
    EXECUTE FUNCTION refuse_change('soft_earmark is append-only: nothing is deleted');
CREATE TRIGGER soft_earmark_is_never_emptied BEFORE TRUNCATE ON soft_earmark FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('soft_earmark is append-only: nothing is deleted');

-- What the committee decided on an item: on that version, by the digest of its content.
CREATE TABLE decision (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    meeting TEXT COLLATE "C" NOT NULL CHECK (meeting <> ''),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    document TEXT COLLATE "C" NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    version BIGINT NOT NULL CHECK (version > 0),
    content_digest BYTEA NOT NULL CHECK (length(content_digest) = 32),
    outcome TEXT COLLATE "C" NOT NULL CHECK (outcome IN ('approved', 'pipeline', 'deferred', 'returned', 'not-selected')),
    taken_by TEXT COLLATE "C" NOT NULL CHECK (taken_by IN ('consensus', 'no-objection')),
    basis TEXT COLLATE "C" NOT NULL CHECK (basis IN ('', 'cash', 'agreement')),
    agreement TEXT COLLATE "C" NOT NULL,
    rationale TEXT COLLATE "C" NOT NULL CHECK (rationale <> ''),
    minutes_digest BYTEA CHECK (length(minutes_digest) = 32),
    PRIMARY KEY (fund, meeting, proposal),
    FOREIGN KEY (fund, proposal, document, version) REFERENCES proposal_version (fund, proposal, document, number),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER decision_is_never_updated BEFORE UPDATE ON decision FOR EACH ROW
    EXECUTE FUNCTION refuse_change('decision is append-only: corrections are new rows');
CREATE TRIGGER decision_is_never_deleted BEFORE DELETE ON decision FOR EACH ROW
    EXECUTE FUNCTION refuse_change('decision is append-only: nothing is deleted');
CREATE TRIGGER decision_is_never_emptied BEFORE TRUNCATE ON decision FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('decision is append-only: nothing is deleted');

-- What an organization receives by an approval, in minor units of the fund's currency.
CREATE TABLE decision_amount (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    meeting TEXT COLLATE "C" NOT NULL CHECK (meeting <> ''),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    organization TEXT COLLATE "C" NOT NULL CHECK (organization <> ''),
    amount BIGINT NOT NULL CHECK (amount > 0),
    PRIMARY KEY (fund, meeting, proposal, organization),
    FOREIGN KEY (fund, meeting, proposal) REFERENCES decision (fund, meeting, proposal),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER decision_amount_is_never_updated BEFORE UPDATE ON decision_amount FOR EACH ROW
    EXECUTE FUNCTION refuse_change('decision_amount is append-only: corrections are new rows');
CREATE TRIGGER decision_amount_is_never_deleted BEFORE DELETE ON decision_amount FOR EACH ROW
    EXECUTE FUNCTION refuse_change('decision_amount is append-only: nothing is deleted');
CREATE TRIGGER decision_amount_is_never_emptied BEFORE TRUNCATE ON decision_amount FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('decision_amount is append-only: nothing is deleted');

-- A condition of a decision: what is to be done, by whom and until when.
CREATE TABLE decision_condition (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    meeting TEXT COLLATE "C" NOT NULL CHECK (meeting <> ''),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    number BIGINT NOT NULL CHECK (number > 0),
    condition TEXT COLLATE "C" NOT NULL CHECK (condition <> ''),
    owner TEXT COLLATE "C" NOT NULL CHECK (owner <> ''),
    due TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, meeting, proposal, number),
    FOREIGN KEY (fund, meeting, proposal) REFERENCES decision (fund, meeting, proposal),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER decision_condition_is_never_updated BEFORE UPDATE ON decision_condition FOR EACH ROW
    EXECUTE FUNCTION refuse_change('decision_condition is append-only: corrections are new rows');
CREATE TRIGGER decision_condition_is_never_deleted BEFORE DELETE ON decision_condition FOR EACH ROW
    EXECUTE FUNCTION refuse_change('decision_condition is append-only: nothing is deleted');
CREATE TRIGGER decision_condition_is_never_emptied BEFORE TRUNCATE ON decision_condition FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('decision_condition is append-only: nothing is deleted');

-- How a seat with an interest, or one that abstained, took part in a decision.
CREATE TABLE decision_part (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    meeting TEXT COLLATE "C" NOT NULL CHECK (meeting <> ''),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    seat TEXT COLLATE "C" NOT NULL CHECK (seat <> ''),
    part TEXT COLLATE "C" NOT NULL CHECK (part IN ('disclosed', 'abstained', 'left')),
    reason TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, meeting, proposal, seat),
    FOREIGN KEY (fund, meeting, proposal) REFERENCES decision (fund, meeting, proposal),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER decision_part_is_never_updated BEFORE UPDATE ON decision_part FOR EACH ROW
    EXECUTE FUNCTION refuse_change('decision_part is append-only: corrections are new rows');
CREATE TRIGGER decision_part_is_never_deleted BEFORE DELETE ON decision_part FOR EACH ROW
    EXECUTE FUNCTION refuse_change('decision_part is append-only: nothing is deleted');
CREATE TRIGGER decision_part_is_never_emptied BEFORE TRUNCATE ON decision_part FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('decision_part is append-only: nothing is deleted');

-- That an entry of the pipeline was confirmed anew, or costed anew.
CREATE TABLE pipeline_review (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('confirmed', 'costed')),
    note TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, proposal, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER pipeline_review_is_never_updated BEFORE UPDATE ON pipeline_review FOR EACH ROW
    EXECUTE FUNCTION refuse_change('pipeline_review is append-only: corrections are new rows');
CREATE TRIGGER pipeline_review_is_never_deleted BEFORE DELETE ON pipeline_review FOR EACH ROW
    EXECUTE FUNCTION refuse_change('pipeline_review is append-only: nothing is deleted');
CREATE TRIGGER pipeline_review_is_never_emptied BEFORE TRUNCATE ON pipeline_review FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('pipeline_review is append-only: nothing is deleted');

-- What an organization would receive by the latest costing of an entry of the pipeline.
CREATE TABLE pipeline_cost (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    organization TEXT COLLATE "C" NOT NULL CHECK (organization <> ''),
    amount BIGINT NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (fund, proposal, organization, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER pipeline_cost_is_never_updated BEFORE UPDATE ON pipeline_cost FOR EACH ROW
    EXECUTE FUNCTION refuse_change('pipeline_cost is append-only: corrections are new rows');
CREATE TRIGGER pipeline_cost_is_never_deleted BEFORE DELETE ON pipeline_cost FOR EACH ROW
    EXECUTE FUNCTION refuse_change('pipeline_cost is append-only: nothing is deleted');
CREATE TRIGGER pipeline_cost_is_never_emptied BEFORE TRUNCATE ON pipeline_cost FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('pipeline_cost is append-only: nothing is deleted');

-- Whether those who propose agree that an entry of the pipeline is published; the latest row counts.
CREATE TABLE publication_consent (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('given', 'taken-back')),
    PRIMARY KEY (fund, proposal, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER publication_consent_is_never_updated BEFORE UPDATE ON publication_consent FOR EACH ROW
    EXECUTE FUNCTION refuse_change('publication_consent is append-only: corrections are new rows');
CREATE TRIGGER publication_consent_is_never_deleted BEFORE DELETE ON publication_consent FOR EACH ROW
    EXECUTE FUNCTION refuse_change('publication_consent is append-only: nothing is deleted');
CREATE TRIGGER publication_consent_is_never_emptied BEFORE TRUNCATE ON publication_consent FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('publication_consent is append-only: nothing is deleted');

-- What is said of an item among the committee and the secretariat.
CREATE TABLE committee_comment (
    id TEXT COLLATE "C" NOT NULL,
    fund TEXT COLLATE "C" NOT NULL,
    meeting TEXT COLLATE "C" NOT NULL,
    proposal TEXT COLLATE "C" NOT NULL,
    author TEXT COLLATE "C" NOT NULL,
    remark TEXT COLLATE "C" NOT NULL,
    written_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX committee_comment_by_item ON committee_comment (fund, meeting, proposal, written_at);
