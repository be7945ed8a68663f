-- The newest incidents of a series, however many it has.
DROP INDEX incidents_of_series;
CREATE INDEX incidents_of_series ON incidents (series, started_at DESC, id DESC);
