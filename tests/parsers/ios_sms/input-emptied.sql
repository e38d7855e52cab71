-- handle and chat are emptied; what a page overwritten with zeros gives; texts that are no text.
CREATE TABLE message (ROWID INTEGER PRIMARY KEY, text TEXT, date INTEGER, handle_id INTEGER, is_from_me INTEGER);
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY, id TEXT);
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY, guid TEXT);
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);
INSERT INTO message VALUES (0,NULL,NULL,NULL,NULL), (1,'in',700000000000000000,1,0), (2,'out',700000001000000000,1,1),
 (3,x'ff00fe01',700000002000000000,1,0), (4,'cut '||char(0)||char(0),700000003000000000,1,0), (5,x'ffd8ffe0',700000004000000000,0,1);
INSERT INTO chat_message_join VALUES (1,1), (1,2);
