-- Rows that the data source had when the window was last looked at: null until somebody looks whether late ones came.
ALTER TABLE runs ADD COLUMN rows_counted BIGINT;

CREATE INDEX runs_skipped ON runs (monitor, window_from) WHERE state = 'skipped';
CREATE INDEX runs_by_finish ON runs (finished_at);

CREATE INDEX incidents_of_parent ON incidents (parent) WHERE parent IS NOT NULL;
CREATE INDEX incidents_not_closed_of_monitor ON incidents (monitor, started_at DESC, id DESC) WHERE closed_at IS NULL;
CREATE INDEX incidents_by_close ON incidents (closed_at) WHERE closed_at IS NOT NULL;
-- The longest incident bounds how far back one may have begun that still went on at a time.
CREATE INDEX incidents_by_length ON incidents ((ended_at - started_at));

CREATE INDEX outbox_not_delivered ON outbox (state, created_at) WHERE state <> 'delivered';
CREATE INDEX outbox_by_creation ON outbox (created_at);
CREATE INDEX audit_by_time ON audit (at);
