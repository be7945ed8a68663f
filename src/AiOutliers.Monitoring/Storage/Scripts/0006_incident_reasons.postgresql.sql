-- The index of any three letters is of reasons, and of the names of series. Without the extension, the search reads the rows one by one.
DROP INDEX IF EXISTS incidents_by_text;
DO $$
BEGIN
    CREATE INDEX incidents_by_reason ON incidents USING gin (LOWER(reason) gin_trgm_ops);
    CREATE INDEX incident_series_by_content ON incident_series USING gin (content gin_trgm_ops);
EXCEPTION WHEN undefined_object THEN
    RAISE NOTICE 'pg_trgm is not there: a search of incidents takes longer';
END
$$;
