-- A trimmed copy: no table of cards.
CREATE TABLE mimetypes (_id INTEGER PRIMARY KEY, mimetype TEXT NOT NULL);
CREATE TABLE data (_id INTEGER PRIMARY KEY, mimetype_id INTEGER, raw_contact_id INTEGER, data1 TEXT, data2 TEXT, data3 TEXT);
CREATE TABLE calls (_id INTEGER PRIMARY KEY, number TEXT, date INTEGER, duration INTEGER, type INTEGER, name TEXT);
INSERT INTO mimetypes VALUES(1,'vnd.android.cursor.item/phone_v2');
INSERT INTO data VALUES(1,1,5,'07700 900601','1',NULL);
INSERT INTO calls VALUES(1,'07700900601',1383772636690,5,2,NULL);
