-- A table of messages without what says who wrote them.
CREATE TABLE recipient (_id INTEGER PRIMARY KEY, e164 TEXT);
CREATE TABLE message (_id INTEGER PRIMARY KEY, date_sent INTEGER, thread_id INTEGER, type INTEGER, author BLOB, body TEXT);
INSERT INTO recipient VALUES (2,'+447700900123');
INSERT INTO message VALUES (1,1902010001000,1,10485780,x'02','you about?');
