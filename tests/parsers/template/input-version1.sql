-- Version 1: no rooms, no edits, no attachments.
CREATE TABLE template_person(id INTEGER PRIMARY KEY, handle TEXT, name TEXT);
INSERT INTO template_person VALUES(2,'+447700900002','Asha');
CREATE TABLE template_message(id INTEGER PRIMARY KEY, sender INTEGER, at INTEGER, body TEXT, kind_id INTEGER);
INSERT INTO template_message VALUES(1,2,1767225600000,'hello',0);
