CREATE TABLE participants_info (_id INTEGER PRIMARY KEY,number TEXT,participant_type INTEGER);
CREATE TABLE participants (_id INTEGER PRIMARY KEY,conversation_id INTEGER,participant_info_id INTEGER);
CREATE TABLE messages (_id INTEGER PRIMARY KEY,conversation_id INTEGER,participant_id INTEGER,msg_date INTEGER,direction INTEGER,body TEXT);
INSERT INTO messages VALUES(1,1,2,1767225600000,0,'u about');
