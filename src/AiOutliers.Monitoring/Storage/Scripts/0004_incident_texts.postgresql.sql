-- The search of incidents by any three letters. Without the extension, or the right to create it, the search reads the rows one by one.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX incidents_by_text ON incidents USING gin (LOWER(entity || ' ' || metric || ' ' || reason) gin_trgm_ops);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
    RAISE NOTICE 'pg_trgm cannot be had: a search of incidents takes longer';
END
$$;
