-- Viber 5: no member numbers, no calls, no reactions.
CREATE TABLE participants_info (_id INTEGER PRIMARY KEY,number TEXT,participant_type INTEGER);
INSERT INTO participants_info VALUES(1,'+447700900001',0),(2,'+447700900123',1);
CREATE TABLE participants (_id INTEGER PRIMARY KEY,conversation_id INTEGER,participant_info_id INTEGER);
INSERT INTO participants VALUES(1,1,1),(2,1,2);
CREATE TABLE messages (_id INTEGER PRIMARY KEY,conversation_id INTEGER,participant_id INTEGER,msg_date INTEGER,send_type INTEGER,body TEXT);
INSERT INTO messages VALUES(1,1,2,1767225600000,0,'u about');
