-- No account, and two: then nothing says who sent what.
CREATE TABLE contacts (id INTEGER, name TEXT, friendship_status INTEGER);
INSERT INTO contacts VALUES(100001,'Me',0),(100004,'Me too',0),(100002,'Deano',1);
CREATE TABLE messages (thread_key INTEGER, timestamp_ms INTEGER, message_id TEXT, sender_id INTEGER, text TEXT);
INSERT INTO messages VALUES(100002,1767225600000,'m1',100002,'u about');
INSERT INTO messages VALUES(100002,1767225601000,'m2',100001,'yes');
