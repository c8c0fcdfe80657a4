-- Until when what was returned is taken again; the latest row since the return counts.
CREATE TABLE revision_due (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    proposal TEXT NOT NULL CHECK (proposal <> ''),
    due_at INTEGER NOT NULL CHECK (due_at > 0),
    reason TEXT NOT NULL,
    PRIMARY KEY (fund, proposal, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER revision_due_is_never_updated BEFORE UPDATE ON revision_due BEGIN
    SELECT RAISE(ABORT, 'revision_due is append-only: corrections are new rows');
END;
CREATE TRIGGER revision_due_is_never_deleted BEFORE DELETE ON revision_due BEGIN
    SELECT RAISE(ABORT, 'revision_due is append-only: nothing is deleted');
END;

-- Of what somebody was reminded, so that nobody is reminded of the same twice.
CREATE TABLE reminder (
    fund TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    person TEXT NOT NULL,
    due TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (fund, kind, subject, person, due)
) STRICT;
CREATE INDEX reminder_by_person ON reminder (person);
