-- The column has another name.
CREATE TABLE messages0 (id INTEGER, json BLOB);
INSERT INTO messages0 VALUES (1,NULL);
