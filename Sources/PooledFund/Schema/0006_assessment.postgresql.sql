-- Screening and assessment: what is found of the criteria of the Terms, who assesses what is eligible, what they score, and what comes of it.

-- What was found of a criterion when a version was screened: what the program found, and what counts. The two differ where an officer overruled it.
CREATE TABLE eligibility_finding (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    document TEXT COLLATE "C" NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    number BIGINT NOT NULL CHECK (number > 0),
    criterion TEXT COLLATE "C" NOT NULL CHECK (criterion <> ''),
    system_answer TEXT COLLATE "C" NOT NULL CHECK (system_answer IN ('met', 'not-met', 'not-asked', 'open')),
    found TEXT COLLATE "C" NOT NULL,
    answer TEXT COLLATE "C" NOT NULL CHECK (answer IN ('met', 'not-met', 'not-asked', 'waived')),
    reason TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, proposal, document, number, criterion),
    FOREIGN KEY (fund, proposal, document, number) REFERENCES proposal_version (fund, proposal, document, number),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER eligibility_finding_is_never_updated BEFORE UPDATE ON eligibility_finding FOR EACH ROW
    EXECUTE FUNCTION refuse_change('eligibility_finding is append-only: corrections are new rows');
CREATE TRIGGER eligibility_finding_is_never_deleted BEFORE DELETE ON eligibility_finding FOR EACH ROW
    EXECUTE FUNCTION refuse_change('eligibility_finding is append-only: nothing is deleted');
CREATE TRIGGER eligibility_finding_is_never_emptied BEFORE TRUNCATE ON eligibility_finding FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('eligibility_finding is append-only: nothing is deleted');

-- What a reviewer knows about, and where they have an interest; the latest row counts. Lists are separated by semicolons.
CREATE TABLE reviewer_expertise (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    person TEXT COLLATE "C" NOT NULL CHECK (person <> ''),
    areas TEXT COLLATE "C" NOT NULL,
    regions TEXT COLLATE "C" NOT NULL,
    languages TEXT COLLATE "C" NOT NULL,
    organizations TEXT COLLATE "C" NOT NULL,
    countries TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, person, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER reviewer_expertise_is_never_updated BEFORE UPDATE ON reviewer_expertise FOR EACH ROW
    EXECUTE FUNCTION refuse_change('reviewer_expertise is append-only: corrections are new rows');
CREATE TRIGGER reviewer_expertise_is_never_deleted BEFORE DELETE ON reviewer_expertise FOR EACH ROW
    EXECUTE FUNCTION refuse_change('reviewer_expertise is append-only: nothing is deleted');
CREATE TRIGGER reviewer_expertise_is_never_emptied BEFORE TRUNCATE ON reviewer_expertise FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('reviewer_expertise is append-only: nothing is deleted');

-- That a reviewer is to assess a document of a proposal, or no longer; the latest row counts.
CREATE TABLE reviewer_assignment (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    document TEXT COLLATE "C" NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    reviewer TEXT COLLATE "C" NOT NULL CHECK (reviewer <> ''),
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('assigned', 'withdrawn', 'stepped-back')),
    due_on TEXT COLLATE "C" NOT NULL CHECK (due_on <> ''),
    reason TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, proposal, document, reviewer, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX reviewer_assignment_by_reviewer ON reviewer_assignment (fund, reviewer);

CREATE TRIGGER reviewer_assignment_is_never_updated BEFORE UPDATE ON reviewer_assignment FOR EACH ROW
    EXECUTE FUNCTION refuse_change('reviewer_assignment is append-only: corrections are new rows');
CREATE TRIGGER reviewer_assignment_is_never_deleted BEFORE DELETE ON reviewer_assignment FOR EACH ROW
    EXECUTE FUNCTION refuse_change('reviewer_assignment is append-only: nothing is deleted');
CREATE TRIGGER reviewer_assignment_is_never_emptied BEFORE TRUNCATE ON reviewer_assignment FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('reviewer_assignment is append-only: nothing is deleted');

-- What a reviewer makes of a version; a newer row corrects an older one.
CREATE TABLE assessment (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    document TEXT COLLATE "C" NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    number BIGINT NOT NULL CHECK (number > 0),
    reviewer TEXT COLLATE "C" NOT NULL CHECK (reviewer <> ''),
    remark TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, proposal, document, number, reviewer, event),
    FOREIGN KEY (fund, proposal, document, number) REFERENCES proposal_version (fund, proposal, document, number),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER assessment_is_never_updated BEFORE UPDATE ON assessment FOR EACH ROW
    EXECUTE FUNCTION refuse_change('assessment is append-only: corrections are new rows');
CREATE TRIGGER assessment_is_never_deleted BEFORE DELETE ON assessment FOR EACH ROW
    EXECUTE FUNCTION refuse_change('assessment is append-only: nothing is deleted');
CREATE TRIGGER assessment_is_never_emptied BEFORE TRUNCATE ON assessment FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('assessment is append-only: nothing is deleted');

-- The score that an assessment gives for a criterion, and why.
CREATE TABLE assessment_score (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    document TEXT COLLATE "C" NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    number BIGINT NOT NULL CHECK (number > 0),
    reviewer TEXT COLLATE "C" NOT NULL CHECK (reviewer <> ''),
    criterion TEXT COLLATE "C" NOT NULL CHECK (criterion <> ''),
    score BIGINT NOT NULL CHECK (score >= 0),
    justification TEXT COLLATE "C" NOT NULL CHECK (justification <> ''),
    PRIMARY KEY (fund, proposal, document, number, reviewer, criterion, event),
    FOREIGN KEY (fund, proposal, document, number, reviewer, event)
        REFERENCES assessment (fund, proposal, document, number, reviewer, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER assessment_score_is_never_updated BEFORE UPDATE ON assessment_score FOR EACH ROW
    EXECUTE FUNCTION refuse_change('assessment_score is append-only: corrections are new rows');
CREATE TRIGGER assessment_score_is_never_deleted BEFORE DELETE ON assessment_score FOR EACH ROW
    EXECUTE FUNCTION refuse_change('assessment_score is append-only: nothing is deleted');
CREATE TRIGGER assessment_score_is_never_emptied BEFORE TRUNCATE ON assessment_score FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('assessment_score is append-only: nothing is deleted');

-- What a version scored in the end: hundredths of a percent of full marks, beside the threshold of the Terms on that day, in percent; how far the
-- assessments lay apart, in hundredths of a percentage point; and why, where somebody moderated.
CREATE TABLE final_score (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    document TEXT COLLATE "C" NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    number BIGINT NOT NULL CHECK (number > 0),
    hundredths BIGINT NOT NULL CHECK (hundredths BETWEEN 0 AND 10000),
    threshold BIGINT NOT NULL CHECK (threshold BETWEEN 0 AND 100),
    spread BIGINT NOT NULL CHECK (spread BETWEEN 0 AND 10000),
    is_moderated BIGINT NOT NULL CHECK (is_moderated IN (0, 1)),
    reason TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, proposal, document, number),
    FOREIGN KEY (fund, proposal, document, number) REFERENCES proposal_version (fund, proposal, document, number),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER final_score_is_never_updated BEFORE UPDATE ON final_score FOR EACH ROW
    EXECUTE FUNCTION refuse_change('final_score is append-only: corrections are new rows');
CREATE TRIGGER final_score_is_never_deleted BEFORE DELETE ON final_score FOR EACH ROW
    EXECUTE FUNCTION refuse_change('final_score is append-only: nothing is deleted');
CREATE TRIGGER final_score_is_never_emptied BEFORE TRUNCATE ON final_score FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('final_score is append-only: nothing is deleted');

-- How a final score comes about: for each criterion its weight, full marks, and the sum of so many readers' scores.
CREATE TABLE final_score_criterion (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    document TEXT COLLATE "C" NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    number BIGINT NOT NULL CHECK (number > 0),
    criterion TEXT COLLATE "C" NOT NULL CHECK (criterion <> ''),
    weight BIGINT NOT NULL CHECK (weight > 0),
    full_marks BIGINT NOT NULL CHECK (full_marks > 0),
    sum BIGINT NOT NULL CHECK (sum >= 0),
    readers BIGINT NOT NULL CHECK (readers > 0),
    PRIMARY KEY (fund, proposal, document, number, criterion),
    FOREIGN KEY (fund, proposal, document, number) REFERENCES final_score (fund, proposal, document, number),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER final_score_criterion_is_never_updated BEFORE UPDATE ON final_score_criterion FOR EACH ROW
    EXECUTE FUNCTION refuse_change('final_score_criterion is append-only: corrections are new rows');
CREATE TRIGGER final_score_criterion_is_never_deleted BEFORE DELETE ON final_score_criterion FOR EACH ROW
    EXECUTE FUNCTION refuse_change('final_score_criterion is append-only: nothing is deleted');
CREATE TRIGGER final_score_criterion_is_never_emptied BEFORE TRUNCATE ON final_score_criterion FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('final_score_criterion is append-only: nothing is deleted');

-- What a reviewer is writing. It is not of the record: sealing it puts it there.
CREATE TABLE assessment_draft (
    fund TEXT COLLATE "C" NOT NULL,
    proposal TEXT COLLATE "C" NOT NULL,
    document TEXT COLLATE "C" NOT NULL,
    reviewer TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL CHECK (revision > 0),
    content TEXT COLLATE "C" NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (fund, proposal, document, reviewer)
);
