-- AOSP's tables, and columns that later versions added; rows made up
CREATE TABLE conversations(_id INTEGER PRIMARY KEY AUTOINCREMENT, sms_thread_id INT, name TEXT);
CREATE TABLE participants(_id INTEGER PRIMARY KEY AUTOINCREMENT, sub_id INT DEFAULT(-2), sim_slot_id INT, normalized_destination TEXT, send_destination TEXT, display_destination TEXT, full_name TEXT, blocked INT DEFAULT(0));
CREATE TABLE conversation_participants(_id INTEGER PRIMARY KEY AUTOINCREMENT, conversation_id INT, participant_id INT);
CREATE TABLE messages(_id INTEGER PRIMARY KEY AUTOINCREMENT, conversation_id INT, sender_id INT, sent_timestamp INT, received_timestamp INT, message_protocol INT, message_status INT, read INT, sms_message_uri TEXT, mms_subject TEXT, self_id INT);
CREATE TABLE parts(_id INTEGER PRIMARY KEY AUTOINCREMENT, message_id INT, text TEXT, uri TEXT, content_type TEXT, conversation_id INT);
INSERT INTO conversations VALUES(1,7,'Marlo'),(2,8,NULL),(3,9,'crew');
INSERT INTO participants VALUES(1,-1,0,'+447700900001','+447700900001',NULL,NULL,0),(2,-2,-1,'+447700900142','07700 900142',NULL,'Marlo',0),(3,-2,-1,NULL,'07700 900456',NULL,NULL,0),(4,-2,-1,'+447700900789',NULL,NULL,'Blocked',1);
INSERT INTO conversation_participants VALUES(1,1,2),(2,2,3),(3,3,2),(4,3,3);
INSERT INTO messages VALUES(1,1,2,1700000000000,1700000001000,0,100,1,'content://sms/11',NULL,1),
(2,1,1,1700000002000,1700000002500,0,1,1,'content://sms/12',NULL,1),
(3,3,2,0,1700000003000,3,100,0,NULL,NULL,1),
(4,3,1,1700000004000,1700000004000,3,11,1,NULL,NULL,1),
(5,3,1,1700000005000,1700000005000,1,8,1,'content://mms/3','Sub',1),
(6,1,1,0,1700000006000,0,3,1,NULL,NULL,1),
(7,3,2,0,1700000007000,3,200,1,NULL,NULL,1),
(8,1,99,0,1700000008000,3,100,1,NULL,NULL,1),
(9,1,2,0,1700000009000,3,0,1,NULL,NULL,NULL),
(10,2,3,0,0,1,101,0,'content://mms/4',NULL,1);
INSERT INTO parts VALUES(1,1,'back on, type=2, address=+447700900999',NULL,'text/plain',1),(2,2,'ok',NULL,'text/plain',1),(3,3,'rcs in',NULL,'text/plain; charset=utf-8',3),(4,4,'rcs out',NULL,'text/plain',3),(5,5,NULL,NULL,'application/smil',3),(6,5,NULL,'content://x/1.jpg','image/jpeg',3),(7,5,'pic',NULL,'text/plain',3),(8,6,'draft',NULL,'text/plain',1),(9,7,'Marlo joined',NULL,'text/plain',3),(10,8,'who',NULL,'text/plain',1),(11,9,'status 0',NULL,'text/plain',1);
