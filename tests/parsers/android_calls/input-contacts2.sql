-- Another parser's file: contacts2.db of before Android 7 is read once, by android_contacts.
CREATE TABLE calls (_id INTEGER PRIMARY KEY, number TEXT, date INTEGER, duration INTEGER, type INTEGER);
CREATE TABLE mimetypes (_id INTEGER PRIMARY KEY, mimetype TEXT);
INSERT INTO calls VALUES(1,'07700900501',1383772636690,5,1);
