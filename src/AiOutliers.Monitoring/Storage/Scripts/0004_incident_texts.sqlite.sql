-- What the search of incidents looks into, found by any three letters. The numbers are those of the texts: rows of incidents have none that
-- stay.
CREATE TABLE incident_numbers (
    number INTEGER PRIMARY KEY,
    incident TEXT NOT NULL UNIQUE REFERENCES incidents (id) ON DELETE CASCADE
);
CREATE VIRTUAL TABLE incident_texts USING fts5 (content, tokenize = 'trigram');

INSERT INTO incident_numbers (incident) SELECT id FROM incidents;
INSERT INTO incident_texts (rowid, content)
SELECT number, entity || ' ' || metric || ' ' || reason FROM incident_numbers JOIN incidents ON id = incident;

CREATE TRIGGER incident_opened AFTER INSERT ON incidents BEGIN
    INSERT INTO incident_numbers (incident) VALUES (new.id);
    INSERT INTO incident_texts (rowid, content)
    SELECT number, new.entity || ' ' || new.metric || ' ' || new.reason FROM incident_numbers WHERE incident = new.id;
END;
CREATE TRIGGER incident_reworded AFTER UPDATE OF reason ON incidents WHEN old.reason <> new.reason BEGIN
    UPDATE incident_texts SET content = new.entity || ' ' || new.metric || ' ' || new.reason
    WHERE rowid = (SELECT number FROM incident_numbers WHERE incident = new.id);
END;
CREATE TRIGGER incident_deleted AFTER DELETE ON incident_numbers BEGIN
    DELETE FROM incident_texts WHERE rowid = old.number;
END;
