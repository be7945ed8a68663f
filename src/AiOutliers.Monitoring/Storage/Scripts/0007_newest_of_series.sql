-- A page of the incidents of a series begins with its newest.
DROP INDEX incidents_of_series;
CREATE INDEX incidents_of_series ON incidents (series, started_at DESC, id DESC);
