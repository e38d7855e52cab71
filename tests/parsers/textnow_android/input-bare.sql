CREATE TABLE messages (_id integer primary key, contact_value text, message_direction integer, message_type integer, message_text text, date numeric);
CREATE TABLE groups (contact_value text);
INSERT INTO messages VALUES(1,'+447700900123',1,1,'u about',1767225600000);
