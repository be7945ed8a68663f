-- The series that incidents are of: far fewer than incidents, so a text is looked for among them. Content is entity and metric in lower case.
CREATE TABLE incident_series (
    id $identity$,
    monitor TEXT NOT NULL,
    entity TEXT NOT NULL,
    metric TEXT NOT NULL,
    content TEXT NOT NULL
);
-- Entities may be longer than an index takes.
CREATE INDEX incident_series_by_name ON incident_series (monitor, SUBSTR(entity, 1, 200));

ALTER TABLE incidents ADD COLUMN series BIGINT REFERENCES incident_series (id);
INSERT INTO incident_series (monitor, entity, metric, content)
SELECT DISTINCT monitor, entity, metric, LOWER(entity || ' ' || metric) FROM incidents;
UPDATE incidents SET series = (
    SELECT known.id FROM incident_series AS known
    WHERE known.monitor = incidents.monitor AND SUBSTR(known.entity, 1, 200) = SUBSTR(incidents.entity, 1, 200)
        AND known.entity = incidents.entity AND known.metric = incidents.metric);
CREATE INDEX incidents_of_series ON incidents (series);
