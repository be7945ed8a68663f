-- Times are milliseconds since 1970. $identity$ is the dialect's counting primary key.
CREATE TABLE monitors (
    name TEXT PRIMARY KEY,
    revision BIGINT NOT NULL,
    document TEXT NOT NULL,
    applied_at BIGINT NOT NULL,
    next_from BIGINT,
    deleted_at BIGINT
);

CREATE TABLE monitor_revisions (
    name TEXT NOT NULL,
    revision BIGINT NOT NULL,
    document TEXT NOT NULL,
    applied_at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (name, revision)
);

CREATE TABLE runs (
    id $identity$,
    monitor TEXT NOT NULL,
    revision BIGINT NOT NULL,
    window_from BIGINT NOT NULL,
    window_to BIGINT NOT NULL,
    attempt BIGINT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    rows_read BIGINT NOT NULL,
    judged BIGINT NOT NULL,
    not_judged TEXT,
    incidents BIGINT NOT NULL,
    source_milliseconds BIGINT NOT NULL,
    judging_milliseconds BIGINT NOT NULL,
    finished_at BIGINT NOT NULL,
    UNIQUE (monitor, revision, window_from)
);

CREATE INDEX runs_of_monitor ON runs (monitor, window_to);

CREATE TABLE incidents (
    id TEXT PRIMARY KEY,
    monitor TEXT NOT NULL,
    revision BIGINT NOT NULL,
    entity TEXT NOT NULL,
    entity_key TEXT NOT NULL,
    metric TEXT NOT NULL,
    kind TEXT NOT NULL,
    alarms TEXT NOT NULL,
    state TEXT NOT NULL,
    verdict TEXT,
    severity DOUBLE PRECISION NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL,
    peak_time BIGINT,
    peak_value DOUBLE PRECISION,
    peak_expected DOUBLE PRECISION,
    area DOUBLE PRECISION,
    reason TEXT NOT NULL,
    causes TEXT,
    parent TEXT,
    opened_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    closed_at BIGINT
);

CREATE INDEX incidents_not_closed ON incidents (started_at DESC, id DESC) WHERE closed_at IS NULL;
CREATE INDEX incidents_by_begin ON incidents (started_at DESC, id DESC);
CREATE INDEX incidents_of_monitor ON incidents (monitor, started_at DESC, id DESC);
CREATE INDEX incidents_by_update ON incidents (monitor, ended_at);

CREATE TABLE incident_events (
    id $identity$,
    incident TEXT NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    detail TEXT
);

CREATE INDEX incident_events_of_incident ON incident_events (incident, id);

CREATE TABLE alert_documents (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    document TEXT NOT NULL,
    applied_at BIGINT NOT NULL,
    PRIMARY KEY (kind, name)
);

CREATE TABLE outbox (
    id $identity$,
    idempotency_key TEXT NOT NULL UNIQUE,
    contact TEXT NOT NULL,
    incident TEXT NOT NULL,
    event TEXT NOT NULL,
    group_key TEXT NOT NULL,
    batch TEXT,
    message TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    claimed_until BIGINT,
    delivered_at BIGINT,
    last_error TEXT
);

CREATE INDEX outbox_waiting ON outbox (due_at) WHERE state = 'waiting';
CREATE INDEX outbox_of_incident ON outbox (incident, contact);

CREATE TABLE leases (
    name TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    until_at BIGINT NOT NULL
);

CREATE TABLE audit (
    id $identity$,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    address TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    before_text TEXT,
    after_text TEXT
);
