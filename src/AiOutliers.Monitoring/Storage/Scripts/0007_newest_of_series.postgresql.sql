-- The newest incidents of a series, however many it has.
DROP INDEX incidents_of_series;
CREATE INDEX incidents_of_series ON incidents (series, started_at DESC, id DESC);
-- What was added to an index of letters since it was last put in order is read by each search: 4 MB by default.
ALTER INDEX IF EXISTS incidents_by_reason SET (gin_pending_list_limit = 64);
