-- handle is a view, attachment is not there, a conversation is not in chat: each row that refers to them says so.
CREATE TABLE message (ROWID INTEGER PRIMARY KEY, text TEXT, date INTEGER, handle_id INTEGER, is_from_me INTEGER);
CREATE TABLE people (ROWID INTEGER PRIMARY KEY, id TEXT);
CREATE VIEW handle AS SELECT ROWID, id FROM people;
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT);
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);
CREATE TABLE message_attachment_join (message_id INTEGER, attachment_id INTEGER);
INSERT INTO people VALUES (1,'+447700900201');
INSERT INTO chat VALUES (1,'SMS;-;+447700900201');
INSERT INTO message VALUES (1,'in',700000000000000000,1,0), (2,'out',700000001000000000,1,1), (3,'nobody said who',700000002000000000,0,0);
INSERT INTO chat_message_join VALUES (1,1), (2,2);
INSERT INTO message_attachment_join VALUES (2,7);
