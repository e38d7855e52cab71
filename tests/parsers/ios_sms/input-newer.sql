-- The table is there, but the column that tells in from out has another name.
CREATE TABLE message (ROWID INTEGER PRIMARY KEY, text TEXT, date INTEGER, handle_id INTEGER, from_me INTEGER);
INSERT INTO message VALUES (1,'in',700000000000000000,1,0);
