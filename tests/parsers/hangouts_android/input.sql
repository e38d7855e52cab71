-- Hangouts of 2017: two people, a group, HTML in the text, a picture, SMS through the app.
CREATE TABLE conversations (_id INTEGER PRIMARY KEY, conversation_id TEXT, conversation_type INT, name TEXT, generated_name TEXT);
INSERT INTO conversations VALUES(1,'two',1,NULL,'Deano'),(2,'den',2,'Trap house','Deano, Kay');
CREATE TABLE participants (_id INTEGER PRIMARY KEY, participant_type INT DEFAULT 1, gaia_id TEXT, chat_id TEXT, phone_id TEXT, full_name TEXT, fallback_name TEXT, blocked INT DEFAULT(0));
INSERT INTO participants VALUES(1,1,'100000000000000000001','c1',NULL,'Me',NULL,0),(2,1,'100000000000000000002','c2',NULL,'Deano','deano@example.org',0),(3,1,'100000000000000000003','c3','+447700900123',NULL,'Kay',1);
CREATE TABLE conversation_participants (_id INTEGER PRIMARY KEY, participant_row_id INT, participant_type INT, conversation_id TEXT, sequence INT, active INT);
INSERT INTO conversation_participants VALUES(1,1,1,'two',0,1),(2,2,1,'two',1,1),(3,1,1,'den',0,1),(4,2,1,'den',1,1),(5,3,1,'den',2,1);
CREATE TABLE messages (_id INTEGER PRIMARY KEY, message_id TEXT, message_type INT, conversation_id TEXT, author_chat_id TEXT, author_gaia_id TEXT, text TEXT, timestamp INT, status INT, type INT, local_url TEXT, remote_url TEXT, attachment_content_type TEXT, transport_type INT NOT NULL DEFAULT(1), attachment_name TEXT);
INSERT INTO messages VALUES(1,'m1',NULL,'two','c2','100000000000000000002','It&#39;s here &amp; &#x1F48A; &lt;b&gt; &bogus; &#0; &#12',1767225600123456,4,2,NULL,NULL,NULL,1,NULL);
INSERT INTO messages VALUES(2,'m2',NULL,'two','c1','100000000000000000001','yes',1767225601000000,4,1,NULL,NULL,NULL,1,NULL);
INSERT INTO messages VALUES(3,'m3',NULL,'den','c3','100000000000000000003','bring it',1767225602000000,4,2,NULL,NULL,NULL,1,NULL);
INSERT INTO messages VALUES(4,'m4',NULL,'den','c1','100000000000000000001','ok all',1767225603000000,4,1,NULL,NULL,NULL,1,NULL);
INSERT INTO messages VALUES(5,'m5',NULL,'den','c9','100000000000000000009','from somebody who is not in the list',1767225604000000,4,2,NULL,NULL,NULL,1,NULL);
INSERT INTO messages VALUES(6,'m6',NULL,'two','c2','100000000000000000002',NULL,1767225605000000,4,2,'content://mms/part/4','https://example.org/a.jpg','image/jpeg',1,NULL);
INSERT INTO messages VALUES(7,'m7',NULL,'two','c2','100000000000000000002','by SMS',0,4,2,NULL,NULL,NULL,3,NULL);
INSERT INTO messages VALUES(8,'m8',NULL,'den',NULL,NULL,'Deano left',1767225607000000,4,9,NULL,NULL,NULL,1,NULL);
INSERT INTO messages VALUES(9,'m9',NULL,'den',NULL,NULL,'nobody said this',1767225608000000,4,2,NULL,NULL,NULL,1,NULL);
