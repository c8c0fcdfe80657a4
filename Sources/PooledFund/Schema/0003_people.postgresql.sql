-- People: who they are, what roles they hold in a fund, and what their signing in, their notices and their requests need.
-- What is decided is a table of the record, append-only as all of them. What is personal, or only keeps the house running, is not of the record: it may be
-- changed and deleted, and a row of the record holds no more of it than a digest.

-- A person, known by an opaque id; what is personal stands in `person_particulars`, and only its digest here.
CREATE TABLE person (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    id TEXT COLLATE "C" NOT NULL CHECK (length(id) = 36),
    particulars_digest BYTEA NOT NULL CHECK (length(particulars_digest) = 32),
    PRIMARY KEY (fund, id, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER person_is_never_updated BEFORE UPDATE ON person FOR EACH ROW
    EXECUTE FUNCTION refuse_change('person is append-only: corrections are new rows');
CREATE TRIGGER person_is_never_deleted BEFORE DELETE ON person FOR EACH ROW
    EXECUTE FUNCTION refuse_change('person is append-only: nothing is deleted');
CREATE TRIGGER person_is_never_emptied BEFORE TRUNCATE ON person FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('person is append-only: nothing is deleted');

-- What is personal of a person was erased, and why, without repeating it.
CREATE TABLE person_erasure (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    person TEXT COLLATE "C" NOT NULL CHECK (length(person) = 36),
    reason TEXT COLLATE "C" NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (fund, person),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER person_erasure_is_never_updated BEFORE UPDATE ON person_erasure FOR EACH ROW
    EXECUTE FUNCTION refuse_change('person_erasure is append-only: corrections are new rows');
CREATE TRIGGER person_erasure_is_never_deleted BEFORE DELETE ON person_erasure FOR EACH ROW
    EXECUTE FUNCTION refuse_change('person_erasure is append-only: nothing is deleted');
CREATE TRIGGER person_erasure_is_never_emptied BEFORE TRUNCATE ON person_erasure FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('person_erasure is append-only: nothing is deleted');

-- What changed in how a person gets in: that, not the secret.
CREATE TABLE access_change (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    person TEXT COLLATE "C" NOT NULL CHECK (length(person) = 36),
    change TEXT COLLATE "C" NOT NULL CHECK (change <> ''),
    subject TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX access_change_by_person ON access_change (fund, person, event);

CREATE TRIGGER access_change_is_never_updated BEFORE UPDATE ON access_change FOR EACH ROW
    EXECUTE FUNCTION refuse_change('access_change is append-only: corrections are new rows');
CREATE TRIGGER access_change_is_never_deleted BEFORE DELETE ON access_change FOR EACH ROW
    EXECUTE FUNCTION refuse_change('access_change is append-only: nothing is deleted');
CREATE TRIGGER access_change_is_never_emptied BEFORE TRUNCATE ON access_change FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('access_change is append-only: nothing is deleted');

-- A role that a person holds in a fund, for an organization or a contributor, on a seat, in an engagement; from and to are days of the fund's time
-- zone, both included.
CREATE TABLE role_holding (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    id TEXT COLLATE "C" NOT NULL CHECK (length(id) = 36),
    person TEXT COLLATE "C" NOT NULL CHECK (length(person) = 36),
    role TEXT COLLATE "C" NOT NULL CHECK (role <> ''),
    organization TEXT COLLATE "C" NOT NULL,
    seat TEXT COLLATE "C" NOT NULL,
    engagement TEXT COLLATE "C" NOT NULL,
    starts_on TEXT COLLATE "C" NOT NULL CHECK (length(starts_on) = 10),
    ends_on TEXT COLLATE "C" NOT NULL CHECK (length(ends_on) IN (0, 10)),
    PRIMARY KEY (fund, id),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX role_holding_by_person ON role_holding (person, fund);

CREATE TRIGGER role_holding_is_never_updated BEFORE UPDATE ON role_holding FOR EACH ROW
    EXECUTE FUNCTION refuse_change('role_holding is append-only: corrections are new rows');
CREATE TRIGGER role_holding_is_never_deleted BEFORE DELETE ON role_holding FOR EACH ROW
    EXECUTE FUNCTION refuse_change('role_holding is append-only: nothing is deleted');
CREATE TRIGGER role_holding_is_never_emptied BEFORE TRUNCATE ON role_holding FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('role_holding is append-only: nothing is deleted');

-- The end of a holding before its time: from this instant on it is none. The earliest counts.
CREATE TABLE role_end (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    holding TEXT COLLATE "C" NOT NULL CHECK (length(holding) = 36),
    ended_at BIGINT NOT NULL,
    reason TEXT COLLATE "C" NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (fund, holding, event),
    FOREIGN KEY (fund, holding) REFERENCES role_holding (fund, id),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER role_end_is_never_updated BEFORE UPDATE ON role_end FOR EACH ROW
    EXECUTE FUNCTION refuse_change('role_end is append-only: corrections are new rows');
CREATE TRIGGER role_end_is_never_deleted BEFORE DELETE ON role_end FOR EACH ROW
    EXECUTE FUNCTION refuse_change('role_end is append-only: nothing is deleted');
CREATE TRIGGER role_end_is_never_emptied BEFORE TRUNCATE ON role_end FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('role_end is append-only: nothing is deleted');

-- Where an authority is and of which level: what an organization of other kinds has not.
CREATE TABLE organization_place (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    organization TEXT COLLATE "C" NOT NULL CHECK (organization <> ''),
    level TEXT COLLATE "C" NOT NULL CHECK (level IN ('region', 'province', 'district', 'municipality', 'sub-municipal')),
    place TEXT COLLATE "C" NOT NULL CHECK (place <> ''),
    PRIMARY KEY (fund, organization, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER organization_place_is_never_updated BEFORE UPDATE ON organization_place FOR EACH ROW
    EXECUTE FUNCTION refuse_change('organization_place is append-only: corrections are new rows');
CREATE TRIGGER organization_place_is_never_deleted BEFORE DELETE ON organization_place FOR EACH ROW
    EXECUTE FUNCTION refuse_change('organization_place is append-only: nothing is deleted');
CREATE TRIGGER organization_place_is_never_emptied BEFORE TRUNCATE ON organization_place FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('organization_place is append-only: nothing is deleted');

-- Whoever acted did so for somebody who had answered otherwise; the answer is the document with this digest (SHA-256).
CREATE TABLE recorded_on_behalf (
    fund TEXT COLLATE "C" NOT NULL,
    event BIGINT NOT NULL,
    ordinal BIGINT NOT NULL CHECK (ordinal > 0),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    person TEXT COLLATE "C" NOT NULL CHECK (length(person) = 36),
    document BYTEA NOT NULL CHECK (length(document) = 32),
    note TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (fund, event),
    UNIQUE (fund, event, ordinal),
    FOREIGN KEY (fund, event) REFERENCES audit_event (fund, sequence) DEFERRABLE INITIALLY DEFERRED
);

CREATE TRIGGER recorded_on_behalf_is_never_updated BEFORE UPDATE ON recorded_on_behalf FOR EACH ROW
    EXECUTE FUNCTION refuse_change('recorded_on_behalf is append-only: corrections are new rows');
CREATE TRIGGER recorded_on_behalf_is_never_deleted BEFORE DELETE ON recorded_on_behalf FOR EACH ROW
    EXECUTE FUNCTION refuse_change('recorded_on_behalf is append-only: nothing is deleted');
CREATE TRIGGER recorded_on_behalf_is_never_emptied BEFORE TRUNCATE ON recorded_on_behalf FOR EACH STATEMENT
    EXECUTE FUNCTION refuse_change('recorded_on_behalf is append-only: nothing is deleted');

-- What is personal of a person; its digest, with the salt, is the one of the latest row of `person`.
CREATE TABLE person_particulars (
    person TEXT COLLATE "C" NOT NULL CHECK (length(person) = 36),
    salt BYTEA NOT NULL CHECK (length(salt) = 32),
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    email TEXT COLLATE "C" NOT NULL CHECK (email <> ''),
    PRIMARY KEY (person),
    UNIQUE (email)
);

-- A file by its SHA-256.
CREATE TABLE document_content (
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    media_type TEXT COLLATE "C" NOT NULL CHECK (media_type <> ''),
    name TEXT COLLATE "C" NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (digest)
);

-- A password, as its scrypt hash.
CREATE TABLE credential (
    person TEXT COLLATE "C" NOT NULL,
    password_hash TEXT COLLATE "C" NOT NULL CHECK (password_hash <> ''),
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (person)
);

-- The secret of a person's time-based codes, and the last step of which a code was taken.
CREATE TABLE second_factor (
    person TEXT COLLATE "C" NOT NULL,
    secret BYTEA NOT NULL CHECK (length(secret) >= 16),
    confirmed_at BIGINT NOT NULL,
    last_step BIGINT NOT NULL,
    PRIMARY KEY (person)
);

-- A code for when the second factor is lost, by its digest.
CREATE TABLE recovery_code (
    person TEXT COLLATE "C" NOT NULL,
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    used_at BIGINT,
    PRIMARY KEY (person, digest)
);

-- A browser that is signed in, by the digest of the secret in its cookie. `level` says what was proved; who is `awaiting-code` is not signed in yet.
CREATE TABLE session (
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    person TEXT COLLATE "C" NOT NULL,
    level TEXT COLLATE "C" NOT NULL CHECK (level IN ('awaiting-code', 'password', 'second-factor', 'demonstration')),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    agent TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (digest)
);
CREATE INDEX session_by_person ON session (person);
CREATE INDEX session_by_expiry ON session (expires_at);

-- A browser on which a person signed in before: guessing from elsewhere does not slow it.
CREATE TABLE known_device (
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    person TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (digest)
);
CREATE INDEX known_device_by_person ON known_device (person);

-- A link that lets a person in once: to join, or to choose a new password.
CREATE TABLE invitation (
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    person TEXT COLLATE "C" NOT NULL,
    purpose TEXT COLLATE "C" NOT NULL CHECK (purpose IN ('join', 'new-password')),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (digest)
);
CREATE INDEX invitation_by_person ON invitation (person);

-- A secret with which a person's program acts, by its digest.
CREATE TABLE access_token (
    id TEXT COLLATE "C" NOT NULL CHECK (length(id) = 36),
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    person TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    scope TEXT COLLATE "C" NOT NULL CHECK (scope IN ('read', 'act')),
    level TEXT COLLATE "C" NOT NULL CHECK (level IN ('password', 'second-factor', 'demonstration')),
    fund TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    revoked_at BIGINT,
    outlives_sign_out BIGINT NOT NULL CHECK (outlives_sign_out IN (0, 1)),
    PRIMARY KEY (id),
    UNIQUE (digest)
);
CREATE INDEX access_token_by_person ON access_token (person);

-- Who of an identity provider is which person.
CREATE TABLE linked_identity (
    issuer TEXT COLLATE "C" NOT NULL CHECK (issuer <> ''),
    subject TEXT COLLATE "C" NOT NULL CHECK (subject <> ''),
    person TEXT COLLATE "C" NOT NULL,
    linked_at BIGINT NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX linked_identity_by_person ON linked_identity (person);

-- Somebody who was sent to an identity provider and is expected back, by the digest of the state.
CREATE TABLE provider_visit (
    digest BYTEA NOT NULL CHECK (length(digest) = 32),
    issuer TEXT COLLATE "C" NOT NULL CHECK (issuer <> ''),
    nonce TEXT COLLATE "C" NOT NULL,
    verifier TEXT COLLATE "C" NOT NULL,
    return_to TEXT COLLATE "C" NOT NULL,
    person TEXT COLLATE "C" NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (digest)
);
CREATE INDEX provider_visit_by_expiry ON provider_visit (expires_at);

-- What a person chose: the language, and whether mail comes at once or once a day.
CREATE TABLE preference (
    person TEXT COLLATE "C" NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    delivery TEXT COLLATE "C" NOT NULL CHECK (delivery IN ('at-once', 'digest')),
    PRIMARY KEY (person)
);

-- Something that a person is told: on the desk, and by mail. `arguments` is JSON.
CREATE TABLE notice (
    id TEXT COLLATE "C" NOT NULL CHECK (length(id) = 36),
    person TEXT COLLATE "C" NOT NULL,
    fund TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind <> ''),
    arguments TEXT COLLATE "C" NOT NULL,
    created_at BIGINT NOT NULL,
    read_at BIGINT,
    PRIMARY KEY (id)
);
CREATE INDEX notice_by_person ON notice (person, created_at);

-- A mail that is to be sent: one notice, or those of a day. The id is the left part of its Message-ID.
CREATE TABLE outgoing_mail (
    id TEXT COLLATE "C" NOT NULL CHECK (length(id) = 36),
    person TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'sent', 'given-up')),
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    claimed_until BIGINT NOT NULL,
    sent_at BIGINT,
    problem TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX outgoing_mail_by_state ON outgoing_mail (state, due_at);
CREATE INDEX outgoing_mail_by_person ON outgoing_mail (person, id);

-- Which notices a mail carries.
CREATE TABLE mailed_notice (
    mail TEXT COLLATE "C" NOT NULL,
    notice TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (mail, notice),
    FOREIGN KEY (mail) REFERENCES outgoing_mail (id),
    FOREIGN KEY (notice) REFERENCES notice (id)
);
CREATE INDEX mailed_notice_by_notice ON mailed_notice (notice);

-- What a request with an Idempotency-Key was answered, so that the same request again changes nothing. Holds no secret and nothing personal.
CREATE TABLE answered_request (
    fund TEXT COLLATE "C" NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL CHECK (key <> ''),
    request_digest BYTEA NOT NULL CHECK (length(request_digest) = 32),
    answer TEXT COLLATE "C" NOT NULL,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (fund, actor, key)
);

-- What this database is for.
CREATE TABLE house_mark (
    name TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    value TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (name)
);

-- What an event is about, for the audit trail: few postings name an organization or a programme.
CREATE INDEX posting_by_organization ON posting (fund, organization) WHERE organization IS NOT NULL;
CREATE INDEX posting_by_programme ON posting (fund, programme) WHERE programme IS NOT NULL;
