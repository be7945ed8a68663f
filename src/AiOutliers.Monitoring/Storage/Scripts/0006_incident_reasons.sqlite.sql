-- The index of any three letters is of reasons only: what all incidents of an entity share made its lists long.
DROP TRIGGER incident_opened;
DROP TRIGGER incident_reworded;
DROP TABLE incident_texts;
CREATE VIRTUAL TABLE incident_texts USING fts5 (content, tokenize = 'trigram');
INSERT INTO incident_texts (rowid, content) SELECT number, reason FROM incident_numbers JOIN incidents ON id = incident;

CREATE TRIGGER incident_opened AFTER INSERT ON incidents BEGIN
    INSERT INTO incident_numbers (incident) VALUES (new.id);
    INSERT INTO incident_texts (rowid, content) SELECT number, new.reason FROM incident_numbers WHERE incident = new.id;
END;
CREATE TRIGGER incident_reworded AFTER UPDATE OF reason ON incidents WHEN old.reason <> new.reason BEGIN
    UPDATE incident_texts SET content = new.reason WHERE rowid = (SELECT number FROM incident_numbers WHERE incident = new.id);
END;
