-- Tables before 2019: numbers and group ids stand where rows of recipient came later.
-- version: 0
CREATE TABLE sms (_id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, date INTEGER, date_sent INTEGER, read INTEGER DEFAULT 0, type INTEGER, body TEXT);
CREATE TABLE thread (_id INTEGER PRIMARY KEY, date INTEGER DEFAULT 0, recipient_ids TEXT);
CREATE TABLE groups (_id INTEGER PRIMARY KEY, group_id TEXT, title TEXT, members TEXT);
INSERT INTO groups VALUES (1,'__textsecure_group__!00ff','Saturday','+447700900123,+447700900124');
INSERT INTO groups VALUES (2,'__textsecure_group__!01ff','Nobody',NULL);
INSERT INTO thread VALUES (1,0,'+447700900123'),(2,0,'__textsecure_group__!00ff');
INSERT INTO sms VALUES (1,1,'+447700900123',1502010001000,1502010000000,1,10485780,'you about?'),(2,1,'+447700900123',1502010060000,1502010060000,1,10485783,'yeah'),(3,2,'+447700900124',1502020001000,1502020000000,0,10485780,'in the group');
