-- Messenger on an iPhone: encrypted conversations, and a view for the others.
CREATE TABLE _user_info (facebook_user_id INTEGER);
CREATE TABLE contacts (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE client_messages (pk INTEGER PRIMARY KEY, thread_pk INTEGER, sender_contact_pk INTEGER, display_ts_ms INTEGER, text TEXT, message_content_type INTEGER);
CREATE TABLE client_attachments (message_pk INTEGER, filename TEXT, filesize INTEGER, content_token TEXT);
CREATE TABLE hidden_messages (timestamp_ms INTEGER);
CREATE VIEW thread_messages AS SELECT timestamp_ms, 1 AS sender_id, 'x' AS text, 2 AS thread_key FROM hidden_messages;
INSERT INTO _user_info VALUES (100001);
INSERT INTO contacts VALUES (100001,'Sam Example'),(100002,'Deano Deals'),(100003,NULL);
INSERT INTO client_messages VALUES (1,77,100002,1767225600000,'u about',1),(2,77,100001,1767225601000,'yes',1),(3,77,100002,1767225602000,NULL,2),(4,78,100003,1767225603000,'in the group',1),(5,78,NULL,0,'nobody',1);
INSERT INTO client_attachments VALUES (3,'pic.jpg',100,'t'),(99,'of none.jpg',1,'u');
