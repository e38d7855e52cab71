-- A column that is needed has another name; the phone's own account is not there.
CREATE TABLE _user_info (facebook_user_id INTEGER);
CREATE TABLE contacts (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE client_messages (pk INTEGER PRIMARY KEY, thread_pk INTEGER, sender_contact_pk INTEGER, shown_ms INTEGER, text TEXT);
INSERT INTO client_messages VALUES (1,77,100002,1767225600000,'u about');
