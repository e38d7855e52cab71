-- canonical_addresses is emptied and addr is not there: nobody of a multimedia message is known, nor of a draft.
CREATE TABLE sms (_id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, date INTEGER, type INTEGER, body TEXT);
CREATE TABLE pdu (_id INTEGER PRIMARY KEY, thread_id INTEGER, date INTEGER, msg_box INTEGER, m_type INTEGER);
CREATE TABLE threads (_id INTEGER PRIMARY KEY, recipient_ids TEXT);
CREATE TABLE canonical_addresses (_id INTEGER PRIMARY KEY, address TEXT);
INSERT INTO threads VALUES (1,'1 2');
INSERT INTO sms VALUES (1,1,'07700 900201',1600000000000,1,'in'), (2,1,NULL,1600000001000,3,'draft');
INSERT INTO pdu VALUES (1,1,1600000002,1,132);
