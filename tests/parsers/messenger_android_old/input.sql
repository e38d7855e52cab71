-- Messenger before 2021: the sender stands in JSON, whose phone it is does not.
CREATE TABLE thread_users (user_key TEXT PRIMARY KEY, first_name TEXT, last_name TEXT, username TEXT);
INSERT INTO thread_users VALUES('FACEBOOK:100002','Deano','Deals','deano_deals'),('FACEBOOK:100003',NULL,NULL,NULL);
CREATE TABLE messages (msg_id TEXT PRIMARY KEY, thread_key TEXT, text TEXT, sender TEXT, timestamp_ms INTEGER, msg_type INTEGER, attachments TEXT, generic_admin_message_extensible_data TEXT);
INSERT INTO messages VALUES('m1','ONE_TO_ONE:100002:100001','u about','{"user_key":"FACEBOOK:100002","name":"Deano Deals"}',1767225600000,0,NULL,NULL);
INSERT INTO messages VALUES('m2','GROUP:777','bring it','{"user_key":"FACEBOOK:100003","name":"Kay \"K\" \u00c9"}',1767225601000,0,NULL,NULL);
INSERT INTO messages VALUES('m3','ONE_TO_ONE:100002:100001','','{"user_key":"FACEBOOK:100002"}',1767225602000,0,'[{"filename":"a.jpg","mime_type":"image\/jpeg"},{"x":1},{"mime_type":"video\/mp4"}]',NULL);
INSERT INTO messages VALUES('m4','ONE_TO_ONE:100002:100001',NULL,'{"user_key":"FACEBOOK:100002","name":"Deano Deals"}',1767225603000,9,NULL,'{"caller_id":"100002","call_duration":61}');
INSERT INTO messages VALUES('m5','GROUP:777','Deano left',NULL,1767225604000,-1,NULL,NULL);
INSERT INTO messages VALUES('m6','GROUP:777','odd','{"user_key":',0,0,'[{"filename":"cut',NULL);
