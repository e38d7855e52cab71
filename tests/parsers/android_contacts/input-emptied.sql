-- mimetypes lost most of its rows, and raw_contacts is a view: values and cards are missing, and that is said.
CREATE TABLE mimetypes (_id INTEGER PRIMARY KEY, mimetype TEXT);
CREATE TABLE data (_id INTEGER PRIMARY KEY, mimetype_id INTEGER, raw_contact_id INTEGER, data1 TEXT, data2 TEXT, data3 TEXT);
CREATE TABLE cards (_id INTEGER PRIMARY KEY, display_name TEXT);
CREATE VIEW raw_contacts AS SELECT * FROM cards;
CREATE TABLE calls (_id INTEGER PRIMARY KEY, number TEXT, date INTEGER);
INSERT INTO mimetypes VALUES (5,'vnd.android.cursor.item/phone_v2');
INSERT INTO cards VALUES (1,'Ace');
INSERT INTO data VALUES (1,5,1,'07700 900201','2',NULL), (2,7,1,'Ace','',NULL), (3,9,1,'07700 900202','2',NULL);
INSERT INTO calls VALUES (1,'07700 900203',1600000000000);
