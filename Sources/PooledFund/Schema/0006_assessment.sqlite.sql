-- Screening and assessment: what is found of the criteria of the Terms, who assesses what is eligible, what they score, and what comes of it.

-- What was found of a criterion when a version was screened: what the program found, and what counts. The two differ where an officer overruled it.
CREATE TABLE eligibility_finding (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    document TEXT NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    number INTEGER NOT NULL CHECK (number > 0),
    criterion TEXT NOT NULL CHECK (criterion <> ''),
    system_answer TEXT NOT NULL CHECK (system_answer IN ('met', 'not-met', 'not-asked', 'open')),
    found TEXT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('met', 'not-met', 'not-asked', 'waived')),
    reason TEXT NOT NULL,
    PRIMARY KEY (fund, proposal, document, number, criterion),
    FOREIGN KEY (fund, proposal, document, number) REFERENCES proposal_version (fund, proposal, document, number),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER eligibility_finding_is_never_updated BEFORE UPDATE ON eligibility_finding BEGIN
    SELECT RAISE(ABORT, 'eligibility_finding is append-only: corrections are new rows');
END;
CREATE TRIGGER eligibility_finding_is_never_deleted BEFORE DELETE ON eligibility_finding BEGIN
    SELECT RAISE(ABORT, 'eligibility_finding is append-only: nothing is deleted');
END;

-- What a reviewer knows about, and where they have an interest; the latest row counts. Lists are separated by semicolons.
CREATE TABLE reviewer_expertise (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    person TEXT NOT NULL CHECK (person <> ''),
    areas TEXT NOT NULL,
    regions TEXT NOT NULL,
    languages TEXT NOT NULL,
    organizations TEXT NOT NULL,
    countries TEXT NOT NULL,
    PRIMARY KEY (fund, person, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER reviewer_expertise_is_never_updated BEFORE UPDATE ON reviewer_expertise BEGIN
    SELECT RAISE(ABORT, 'reviewer_expertise is append-only: corrections are new rows');
END;
CREATE TRIGGER reviewer_expertise_is_never_deleted BEFORE DELETE ON reviewer_expertise BEGIN
    SELECT RAISE(ABORT, 'reviewer_expertise is append-only: nothing is deleted');
END;

-- That a reviewer is to assess a document of a proposal, or no longer; the latest row counts.
CREATE TABLE reviewer_assignment (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    document TEXT NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    reviewer TEXT NOT NULL CHECK (reviewer <> ''),
    state TEXT NOT NULL CHECK (state IN ('assigned', 'withdrawn', 'stepped-back')),
    due_on TEXT NOT NULL CHECK (due_on <> ''),
    reason TEXT NOT NULL,
    PRIMARY KEY (fund, proposal, document, reviewer, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX reviewer_assignment_by_reviewer ON reviewer_assignment (fund, reviewer);

CREATE TRIGGER reviewer_assignment_is_never_updated BEFORE UPDATE ON reviewer_assignment BEGIN
    SELECT RAISE(ABORT, 'reviewer_assignment is append-only: corrections are new rows');
END;
CREATE TRIGGER reviewer_assignment_is_never_deleted BEFORE DELETE ON reviewer_assignment BEGIN
    SELECT RAISE(ABORT, 'reviewer_assignment is append-only: nothing is deleted');
END;

-- What a reviewer makes of a version; a newer row corrects an older one.
CREATE TABLE assessment (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    document TEXT NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    number INTEGER NOT NULL CHECK (number > 0),
    reviewer TEXT NOT NULL CHECK (reviewer <> ''),
    remark TEXT NOT NULL,
    PRIMARY KEY (fund, proposal, document, number, reviewer, event),
    FOREIGN KEY (fund, proposal, document, number) REFERENCES proposal_version (fund, proposal, document, number),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER assessment_is_never_updated BEFORE UPDATE ON assessment BEGIN
    SELECT RAISE(ABORT, 'assessment is append-only: corrections are new rows');
END;
CREATE TRIGGER assessment_is_never_deleted BEFORE DELETE ON assessment BEGIN
    SELECT RAISE(ABORT, 'assessment is append-only: nothing is deleted');
END;

-- The score that an assessment gives for a criterion, and why.
CREATE TABLE assessment_score (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    document TEXT NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    number INTEGER NOT NULL CHECK (number > 0),
    reviewer TEXT NOT NULL CHECK (reviewer <> ''),
    criterion TEXT NOT NULL CHECK (criterion <> ''),
    score INTEGER NOT NULL CHECK (score >= 0),
    justification TEXT NOT NULL CHECK (justification <> ''),
    PRIMARY KEY (fund, proposal, document, number, reviewer, criterion, event),
    FOREIGN KEY (fund, proposal, document, number, reviewer, event)
        REFERENCES assessment (fund, proposal, document, number, reviewer, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER assessment_score_is_never_updated BEFORE UPDATE ON assessment_score BEGIN
    SELECT RAISE(ABORT, 'assessment_score is append-only: corrections are new rows');
END;
CREATE TRIGGER assessment_score_is_never_deleted BEFORE DELETE ON assessment_score BEGIN
    SELECT RAISE(ABORT, 'assessment_score is append-only: nothing is deleted');
END;

-- What a version scored in the end: hundredths of a percent of full marks, beside the threshold of the Terms on that day, in percent; how far the
-- assessments lay apart, in hundredths of a percentage point; and why, where somebody moderated.
CREATE TABLE final_score (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    document TEXT NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    number INTEGER NOT NULL CHECK (number > 0),
    hundredths INTEGER NOT NULL CHECK (hundredths BETWEEN 0 AND 10000),
    threshold INTEGER NOT NULL CHECK (threshold BETWEEN 0 AND 100),
    spread INTEGER NOT NULL CHECK (spread BETWEEN 0 AND 10000),
    is_moderated INTEGER NOT NULL CHECK (is_moderated IN (0, 1)),
    reason TEXT NOT NULL,
    PRIMARY KEY (fund, proposal, document, number),
    FOREIGN KEY (fund, proposal, document, number) REFERENCES proposal_version (fund, proposal, document, number),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER final_score_is_never_updated BEFORE UPDATE ON final_score BEGIN
    SELECT RAISE(ABORT, 'final_score is append-only: corrections are new rows');
END;
CREATE TRIGGER final_score_is_never_deleted BEFORE DELETE ON final_score BEGIN
    SELECT RAISE(ABORT, 'final_score is append-only: nothing is deleted');
END;

-- How a final score comes about: for each criterion its weight, full marks, and the sum of so many readers' scores.
CREATE TABLE final_score_criterion (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    document TEXT NOT NULL CHECK (document IN ('concept-note', 'joint-programme-document')),
    number INTEGER NOT NULL CHECK (number > 0),
    criterion TEXT NOT NULL CHECK (criterion <> ''),
    weight INTEGER NOT NULL CHECK (weight > 0),
    full_marks INTEGER NOT NULL CHECK (full_marks > 0),
    sum INTEGER NOT NULL CHECK (sum >= 0),
    readers INTEGER NOT NULL CHECK (readers > 0),
    PRIMARY KEY (fund, proposal, document, number, criterion),
    FOREIGN KEY (fund, proposal, document, number) REFERENCES final_score (fund, proposal, document, number),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER final_score_criterion_is_never_updated BEFORE UPDATE ON final_score_criterion BEGIN
    SELECT RAISE(ABORT, 'final_score_criterion is append-only: corrections are new rows');
END;
CREATE TRIGGER final_score_criterion_is_never_deleted BEFORE DELETE ON final_score_criterion BEGIN
    SELECT RAISE(ABORT, 'final_score_criterion is append-only: nothing is deleted');
END;

-- What a reviewer is writing. It is not of the record: sealing it puts it there.
CREATE TABLE assessment_draft (
    fund TEXT NOT NULL,
    proposal TEXT NOT NULL,
    document TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    content TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (fund, proposal, document, reviewer)
) STRICT;
