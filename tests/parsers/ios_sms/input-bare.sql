-- As little as there can be: no handle, no chat, no other column. The sender is not known.
CREATE TABLE message (ROWID INTEGER PRIMARY KEY, text TEXT, date INTEGER, handle_id INTEGER, is_from_me INTEGER);
INSERT INTO message VALUES (1,'in',700000000000000000,1,0), (2,'out',700000001000000000,1,1);
