-- People: who they are, what roles they hold in a fund, and what their signing in, their notices and their requests need.
-- What is decided is a table of the record, append-only as all of them. What is personal, or only keeps the house running, is not of the record: it may be
-- changed and deleted, and a row of the record holds no more of it than a digest.

-- A person, known by an opaque id; what is personal stands in `person_particulars`, and only its digest here.
CREATE TABLE person (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    id TEXT NOT NULL CHECK (length(id) = 36),
    particulars_digest BLOB NOT NULL CHECK (length(particulars_digest) = 32),
    PRIMARY KEY (fund, id, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER person_is_never_updated BEFORE UPDATE ON person BEGIN
    SELECT RAISE(ABORT, 'person is append-only: corrections are new rows');
END;
CREATE TRIGGER person_is_never_deleted BEFORE DELETE ON person BEGIN
    SELECT RAISE(ABORT, 'person is append-only: nothing is deleted');
END;

-- What is personal of a person was erased, and why, without repeating it.
CREATE TABLE person_erasure (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    person TEXT NOT NULL CHECK (length(person) = 36),
    reason TEXT NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (fund, person),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER person_erasure_is_never_updated BEFORE UPDATE ON person_erasure BEGIN
    SELECT RAISE(ABORT, 'person_erasure is append-only: corrections are new rows');
END;
CREATE TRIGGER person_erasure_is_never_deleted BEFORE DELETE ON person_erasure BEGIN
    SELECT RAISE(ABORT, 'person_erasure is append-only: nothing is deleted');
END;

-- What changed in how a person gets in: that, not the secret.
CREATE TABLE access_change (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    person TEXT NOT NULL CHECK (length(person) = 36),
    change TEXT NOT NULL CHECK (change <> ''),
    subject TEXT NOT NULL,
    PRIMARY KEY (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX access_change_by_person ON access_change (fund, person, event);

CREATE TRIGGER access_change_is_never_updated BEFORE UPDATE ON access_change BEGIN
    SELECT RAISE(ABORT, 'access_change is append-only: corrections are new rows');
END;
CREATE TRIGGER access_change_is_never_deleted BEFORE DELETE ON access_change BEGIN
    SELECT RAISE(ABORT, 'access_change is append-only: nothing is deleted');
END;

-- A role that a person holds in a fund, for an organization or a contributor, on a seat, in an engagement; from and to are days of the fund's time
-- zone, both included.
CREATE TABLE role_holding (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    id TEXT NOT NULL CHECK (length(id) = 36),
    person TEXT NOT NULL CHECK (length(person) = 36),
    role TEXT NOT NULL CHECK (role <> ''),
    organization TEXT NOT NULL,
    seat TEXT NOT NULL,
    engagement TEXT NOT NULL,
    starts_on TEXT NOT NULL CHECK (length(starts_on) = 10),
    ends_on TEXT NOT NULL CHECK (length(ends_on) IN (0, 10)),
    PRIMARY KEY (fund, id),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX role_holding_by_person ON role_holding (person, fund);

CREATE TRIGGER role_holding_is_never_updated BEFORE UPDATE ON role_holding BEGIN
    SELECT RAISE(ABORT, 'role_holding is append-only: corrections are new rows');
END;
CREATE TRIGGER role_holding_is_never_deleted BEFORE DELETE ON role_holding BEGIN
    SELECT RAISE(ABORT, 'role_holding is append-only: nothing is deleted');
END;

-- The end of a holding before its time: from this instant on it is none. The earliest counts.
CREATE TABLE role_end (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    holding TEXT NOT NULL CHECK (length(holding) = 36),
    ended_at INTEGER NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (fund, holding, event),
    FOREIGN KEY (fund, holding) REFERENCES role_holding (fund, id),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER role_end_is_never_updated BEFORE UPDATE ON role_end BEGIN
    SELECT RAISE(ABORT, 'role_end is append-only: corrections are new rows');
END;
CREATE TRIGGER role_end_is_never_deleted BEFORE DELETE ON role_end BEGIN
    SELECT RAISE(ABORT, 'role_end is append-only: nothing is deleted');
END;

-- Where an authority is and of which level: what an organization of other kinds has not.
CREATE TABLE organization_place (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    organization TEXT NOT NULL CHECK (organization <> ''),
    level TEXT NOT NULL CHECK (level IN ('region', 'province', 'district', 'municipality', 'sub-municipal')),
    place TEXT NOT NULL CHECK (place <> ''),
    PRIMARY KEY (fund, organization, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER organization_place_is_never_updated BEFORE UPDATE ON organization_place BEGIN
    SELECT RAISE(ABORT, 'organization_place is append-only: corrections are new rows');
END;
CREATE TRIGGER organization_place_is_never_deleted BEFORE DELETE ON organization_place BEGIN
    SELECT RAISE(ABORT, 'organization_place is append-only: nothing is deleted');
END;

-- Whoever acted did so for somebody who had answered otherwise; the answer is the document with this digest (SHA-256).
CREATE TABLE recorded_on_behalf (
    fund TEXT NOT NULL,
    event INTEGER NOT NULL,
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    person TEXT NOT NULL CHECK (length(person) = 36),
    document BLOB NOT NULL CHECK (length(document) = 32),
    note TEXT NOT NULL,
    PRIMARY KEY (fund, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TRIGGER recorded_on_behalf_is_never_updated BEFORE UPDATE ON recorded_on_behalf BEGIN
    SELECT RAISE(ABORT, 'recorded_on_behalf is append-only: corrections are new rows');
END;
CREATE TRIGGER recorded_on_behalf_is_never_deleted BEFORE DELETE ON recorded_on_behalf BEGIN
    SELECT RAISE(ABORT, 'recorded_on_behalf is append-only: nothing is deleted');
END;

-- What is personal of a person; its digest, with the salt, is the one of the latest row of `person`.
CREATE TABLE person_particulars (
    person TEXT NOT NULL CHECK (length(person) = 36),
    salt BLOB NOT NULL CHECK (length(salt) = 32),
    name TEXT NOT NULL CHECK (name <> ''),
    email TEXT NOT NULL CHECK (email <> ''),
    PRIMARY KEY (person),
    UNIQUE (email)
) STRICT;

-- A file by its SHA-256.
CREATE TABLE document_content (
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    media_type TEXT NOT NULL CHECK (media_type <> ''),
    name TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (digest)
) STRICT;

-- A password, as its scrypt hash.
CREATE TABLE credential (
    person TEXT NOT NULL,
    password_hash TEXT NOT NULL CHECK (password_hash <> ''),
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (person)
) STRICT;

-- The secret of a person's time-based codes, and the last step of which a code was taken.
CREATE TABLE second_factor (
    person TEXT NOT NULL,
    secret BLOB NOT NULL CHECK (length(secret) >= 16),
    confirmed_at INTEGER NOT NULL,
    last_step INTEGER NOT NULL,
    PRIMARY KEY (person)
) STRICT;

-- A code for when the second factor is lost, by its digest.
CREATE TABLE recovery_code (
    person TEXT NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    used_at INTEGER,
    PRIMARY KEY (person, digest)
) STRICT;

-- A browser that is signed in, by the digest of the secret in its cookie. `level` says what was proved; who is `awaiting-code` is not signed in yet.
CREATE TABLE session (
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    person TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('awaiting-code', 'password', 'second-factor', 'demonstration')),
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    agent TEXT NOT NULL,
    PRIMARY KEY (digest)
) STRICT;
CREATE INDEX session_by_person ON session (person);
CREATE INDEX session_by_expiry ON session (expires_at);

-- A browser on which a person signed in before: guessing from elsewhere does not slow it.
CREATE TABLE known_device (
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    person TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (digest)
) STRICT;
CREATE INDEX known_device_by_person ON known_device (person);

-- A link that lets a person in once: to join, or to choose a new password.
CREATE TABLE invitation (
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    person TEXT NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('join', 'new-password')),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (digest)
) STRICT;
CREATE INDEX invitation_by_person ON invitation (person);

-- A secret with which a person's program acts, by its digest.
CREATE TABLE access_token (
    id TEXT NOT NULL CHECK (length(id) = 36),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    person TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    scope TEXT NOT NULL CHECK (scope IN ('read', 'act')),
    level TEXT NOT NULL CHECK (level IN ('password', 'second-factor', 'demonstration')),
    fund TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    revoked_at INTEGER,
    outlives_sign_out INTEGER NOT NULL CHECK (outlives_sign_out IN (0, 1)),
    PRIMARY KEY (id),
    UNIQUE (digest)
) STRICT;
CREATE INDEX access_token_by_person ON access_token (person);

-- Who of an identity provider is which person.
CREATE TABLE linked_identity (
    issuer TEXT NOT NULL CHECK (issuer <> ''),
    subject TEXT NOT NULL CHECK (subject <> ''),
    person TEXT NOT NULL,
    linked_at INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT;
CREATE INDEX linked_identity_by_person ON linked_identity (person);

-- Somebody who was sent to an identity provider and is expected back, by the digest of the state.
CREATE TABLE provider_visit (
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    issuer TEXT NOT NULL CHECK (issuer <> ''),
    nonce TEXT NOT NULL,
    verifier TEXT NOT NULL,
    return_to TEXT NOT NULL,
    person TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (digest)
) STRICT;
CREATE INDEX provider_visit_by_expiry ON provider_visit (expires_at);

-- What a person chose: the language, and whether mail comes at once or once a day.
CREATE TABLE preference (
    person TEXT NOT NULL,
    language TEXT NOT NULL,
    delivery TEXT NOT NULL CHECK (delivery IN ('at-once', 'digest')),
    PRIMARY KEY (person)
) STRICT;

-- Something that a person is told: on the desk, and by mail. `arguments` is JSON.
CREATE TABLE notice (
    id TEXT NOT NULL CHECK (length(id) = 36),
    person TEXT NOT NULL,
    fund TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind <> ''),
    arguments TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    read_at INTEGER,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX notice_by_person ON notice (person, created_at);

-- A mail that is to be sent: one notice, or those of a day. The id is the left part of its Message-ID.
CREATE TABLE outgoing_mail (
    id TEXT NOT NULL CHECK (length(id) = 36),
    person TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'given-up')),
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    claimed_until INTEGER NOT NULL,
    sent_at INTEGER,
    problem TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX outgoing_mail_by_state ON outgoing_mail (state, due_at);
CREATE INDEX outgoing_mail_by_person ON outgoing_mail (person, id);

-- Which notices a mail carries.
CREATE TABLE mailed_notice (
    mail TEXT NOT NULL,
    notice TEXT NOT NULL,
    PRIMARY KEY (mail, notice),
    FOREIGN KEY (mail) REFERENCES outgoing_mail (id),
    FOREIGN KEY (notice) REFERENCES notice (id)
) STRICT;
CREATE INDEX mailed_notice_by_notice ON mailed_notice (notice);

-- What a request with an Idempotency-Key was answered, so that the same request again changes nothing. Holds no secret and nothing personal.
CREATE TABLE answered_request (
    fund TEXT NOT NULL,
    actor TEXT NOT NULL,
    key TEXT NOT NULL CHECK (key <> ''),
    request_digest BLOB NOT NULL CHECK (length(request_digest) = 32),
    answer TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (fund, actor, key)
) STRICT;

-- What this database is for.
CREATE TABLE house_mark (
    name TEXT NOT NULL CHECK (name <> ''),
    value TEXT NOT NULL,
    PRIMARY KEY (name)
) STRICT;

-- What an event is about, for the audit trail: few postings name an organization or a programme.
CREATE INDEX posting_by_organization ON posting (fund, organization) WHERE organization IS NOT NULL;
CREATE INDEX posting_by_programme ON posting (fund, programme) WHERE programme IS NOT NULL;
