-- Instagram: two people, a group, a picture, calls, what the app tells, JSON that is damaged.
CREATE TABLE session(_id INTEGER PRIMARY KEY, user_id TEXT);
CREATE TABLE threads(_id INTEGER PRIMARY KEY, user_id TEXT, thread_id TEXT, thread_info TEXT);
CREATE TABLE messages(_id INTEGER PRIMARY KEY, user_id TEXT, thread_id TEXT, timestamp INTEGER, message_type TEXT, text TEXT, message TEXT);
INSERT INTO session VALUES(1,'101');
INSERT INTO threads VALUES(1,'101','two','{"recipients": [{"pk": "102", "username": "deano_deals", "full_name": "Deano"}], "inviter": {"pk": "101", "username": "me.0", "full_name": "Me"}}');
INSERT INTO threads VALUES(2,'101','den','{"users": [{"pk_id": 102, "username": "deano_deals", "full_name": "Deano"}, {"id": "103", "username": "kay", "full_name": "K\u00e1y"}, {"pk": "104", "username": "Instagram User", "full_name": ""}], "inviter": {"pk": "101", "username": "me.0", "full_name": "Me"}, "thread_title": "Trap house"}');
INSERT INTO threads VALUES(3,'101','cut','{"recipients":[{"pk":');
INSERT INTO messages VALUES(1,'101','two',1767225600123456,'text','u about','{"user_id": "102"}');
INSERT INTO messages VALUES(2,'101','two',1767225601123456,'text',NULL,'{"user_id": "101", "text": "yes"}');
INSERT INTO messages VALUES(3,'101','den',1767225602123456,'text','bring it','{"user_id": 103}');
INSERT INTO messages VALUES(4,'101','den',1767225603123456,'text','ok all','{"user_id": "101"}');
INSERT INTO messages VALUES(5,'101','den',1767225604123456,'text','from somebody who is gone','{"user_id": "104"}');
INSERT INTO messages VALUES(6,'101','den',1767225605123456,'text','from somebody who is not in the list','{"user_id": "109"}');
INSERT INTO messages VALUES(7,'101','two',1767225606123456,'media','','{"user_id": "102", "media": {"id": "555_102"}}');
INSERT INTO messages VALUES(8,'101','two',1767225607123456,'video_call_event',NULL,'{"user_id": "102", "video_call_event": {"description": "Deano started a video chat"}}');
INSERT INTO messages VALUES(9,'101','den',1767225608123456,'action_log',NULL,'{"user_id": "103", "action_log": {"description": "K\u00e1y named the group Trap house"}}');
INSERT INTO messages VALUES(10,'101','two',0,'text','odd',NULL);
INSERT INTO messages VALUES(11,'101','two',1767225610123456,'text',NULL,'{"user_id"');
