-- A trimmed copy: messages alone, and MMS whose addresses and parts were not copied.
CREATE TABLE sms (_id INTEGER PRIMARY KEY, address TEXT, date INTEGER, type INTEGER, body TEXT);
CREATE TABLE pdu (_id INTEGER PRIMARY KEY, date INTEGER, msg_box INTEGER);
INSERT INTO sms VALUES(1,'+447700900701',1700000000123,1,'hello'),(2,NULL,1700000001000,3,'a draft');
INSERT INTO pdu VALUES(1,1700000100,1),(2,1700000101,2),(3,1700000102,9);
