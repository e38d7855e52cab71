-- imo 9.8: no author, no JSON.
CREATE TABLE friends (buid TEXT, name TEXT);
INSERT INTO friends VALUES('2000000000000002','Deano');
CREATE TABLE messages (buid TEXT, last_message TEXT, timestamp INTEGER, message_type INTEGER, message_read INTEGER);
INSERT INTO messages VALUES('2000000000000002','u about',1767225600500000000,1,1);
