CREATE TABLE contacts (id INTEGER, name TEXT, friendship_status INTEGER);
CREATE TABLE messages (thread_key INTEGER, timestamp_ms INTEGER, message_id TEXT, author INTEGER, text TEXT);
INSERT INTO messages VALUES(100002,1767225600000,'m1',100002,'u about');
