-- Two accounts in one session table: neither is known to be the phone's.
CREATE TABLE session(_id INTEGER PRIMARY KEY, user_id TEXT);
CREATE TABLE threads(_id INTEGER PRIMARY KEY, user_id TEXT, thread_id TEXT, thread_info TEXT);
CREATE TABLE messages(_id INTEGER PRIMARY KEY, user_id TEXT, thread_id TEXT, timestamp INTEGER, message_type TEXT, text TEXT, message TEXT);
INSERT INTO session VALUES(1,'101');
INSERT INTO session VALUES(2,'105');
INSERT INTO threads VALUES(1,'101','two','{"recipients": [{"pk": "102", "username": "deano_deals", "full_name": "Deano"}]}');
INSERT INTO messages VALUES(1,'101','two',1767225600000000,'text','u about','{"user_id": "102"}');
