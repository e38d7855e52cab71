-- profile.db: the user's own card has an _id from Profile.MIN_ID up.
CREATE TABLE mimetypes (_id INTEGER PRIMARY KEY, mimetype TEXT NOT NULL);
INSERT INTO mimetypes VALUES(5,'vnd.android.cursor.item/phone_v2'),(7,'vnd.android.cursor.item/name');
CREATE TABLE raw_contacts (_id INTEGER PRIMARY KEY, deleted INTEGER, display_name TEXT);
CREATE TABLE data (_id INTEGER PRIMARY KEY, mimetype_id INTEGER, raw_contact_id INTEGER, data1 TEXT, data2 TEXT, data3 TEXT);
INSERT INTO raw_contacts VALUES(9223372034707292161,0,'Me Example'),(9223372034707292159,0,'Last Contact');
INSERT INTO data VALUES(1,5,9223372034707292161,'+447700900600','2',NULL),(2,5,9223372034707292159,'+447700900613','2',NULL);
