-- Until when what was returned is taken again; the latest row since the return counts.
CREATE TABLE revision_due (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    proposal TEXT COLLATE "C" NOT NULL CHECK (proposal <> ''),
    due_at BIGINT NOT NULL CHECK (due_at > 0),
    reason TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, proposal, event),
    FOREIGN KEY (fund, proposal) REFERENCES proposal (fund, code),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER revision_due_is_never_updated BEFORE UPDATE ON revision_due FOR EACH ROW
    EXECUTE FUNCTION refuse_change('revision_due is append-only: corrections are new rows');
CREATE TRIGGER revision_due_is_never_deleted BEFORE DELETE ON revision_due FOR EACH ROW
    EXECUTE FUNCTION refuse_change('revision_due is append-only: nothing is deleted');
CREATE TRIGGER revision_due_is_never_emptied BEFORE TRUNCATE ON revision_due FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('revision_due is append-only: nothing is deleted');

-- Of what somebody was reminded, so that nobody is reminded of the same twice.
CREATE TABLE reminder (
    fund TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    person TEXT COLLATE "C" NOT NULL,
    due TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (fund, kind, subject, person, due)
);
CREATE INDEX reminder_by_person ON reminder (person);
