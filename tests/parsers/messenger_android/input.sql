-- Messenger since 2021: two people (the key is the other one's number), a group, a call.
CREATE TABLE contacts (id INTEGER PRIMARY KEY, name TEXT, username TEXT, phone_number TEXT, email_address TEXT, friendship_status INTEGER);
INSERT INTO contacts VALUES(100001,'Me','me.0',NULL,NULL,0),(100002,'Deano','deano_deals','+447700900123',NULL,1),(100003,'Kay',NULL,NULL,'kay@example.org',4);
CREATE TABLE messages (thread_key INTEGER, timestamp_ms INTEGER, message_id TEXT, sender_id INTEGER, text TEXT, is_admin_message INTEGER, PRIMARY KEY (thread_key, timestamp_ms, message_id));
INSERT INTO messages VALUES(100002,1767225600000,'m1',100002,'u about',0);
INSERT INTO messages VALUES(100002,1767225601000,'m2',100001,'yes',0);
INSERT INTO messages VALUES(777,1767225602000,'m3',100003,'bring it',0);
INSERT INTO messages VALUES(777,1767225603000,'m4',100001,'ok all',0);
INSERT INTO messages VALUES(777,1767225604000,'m5',100009,'from somebody who is not in the list',0);
INSERT INTO messages VALUES(777,1767225605000,'m6',100001,'Me named the group Trap house.',1);
INSERT INTO messages VALUES(100002,1767225606000,'m7',100002,'',0);
INSERT INTO messages VALUES(100002,0,'m8',NULL,'odd',0);
CREATE TABLE attachments (message_id TEXT, filename TEXT, playable_url_mime_type TEXT, title_text TEXT);
INSERT INTO attachments VALUES('m7','image-1',NULL,NULL),('m7','','video/mp4','Video');
CREATE TABLE call_log (thread_key INTEGER, call_timestamp_ms INTEGER, call_duration INTEGER, call_direction INTEGER, call_media_type INTEGER);
INSERT INTO call_log VALUES(100002,1767225610000,61,1,2),(100002,1767225620000,0,2,1),(777,1767225630000,5,9,1);
