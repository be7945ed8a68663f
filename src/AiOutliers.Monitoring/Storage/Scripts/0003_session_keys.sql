-- What protects the sessions of browsers; all nodes share it.
CREATE TABLE session_keys (
    name TEXT PRIMARY KEY,
    content TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
