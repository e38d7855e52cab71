-- Nobody's account, no attachments.
CREATE TABLE _user_info (facebook_user_id INTEGER);
CREATE TABLE contacts (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE client_messages (pk INTEGER PRIMARY KEY, thread_pk INTEGER, sender_contact_pk INTEGER, display_ts_ms INTEGER, text TEXT);
INSERT INTO contacts VALUES (100002,'Deano Deals');
INSERT INTO client_messages VALUES (1,77,100002,1767225600000,'u about');
