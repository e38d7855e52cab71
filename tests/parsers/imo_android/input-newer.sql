CREATE TABLE friends (buid TEXT, name TEXT);
CREATE TABLE messages (buid TEXT, last_message TEXT, timestamp INTEGER, kind INTEGER, message_read INTEGER);
INSERT INTO messages VALUES('2000000000000002','u about',1767225600500000000,1,1);
