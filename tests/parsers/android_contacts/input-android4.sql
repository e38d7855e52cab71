-- Android 4: the calls lie in contacts2.db. Columns that came later are not there.
CREATE TABLE mimetypes (_id INTEGER PRIMARY KEY AUTOINCREMENT, mimetype TEXT NOT NULL);
INSERT INTO mimetypes VALUES(1,'vnd.android.cursor.item/phone_v2');
CREATE TABLE raw_contacts (_id INTEGER PRIMARY KEY AUTOINCREMENT, account_name STRING DEFAULT NULL, account_type STRING DEFAULT NULL,
  deleted INTEGER NOT NULL DEFAULT 0, display_name TEXT);
CREATE TABLE data (_id INTEGER PRIMARY KEY AUTOINCREMENT, mimetype_id INTEGER NOT NULL, raw_contact_id INTEGER NOT NULL, data1 TEXT, data2 TEXT, data3 TEXT);
CREATE TABLE calls (_id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT, date INTEGER, duration INTEGER, type INTEGER, new INTEGER,
  name TEXT, numbertype INTEGER, numberlabel TEXT);
INSERT INTO raw_contacts VALUES(1,'a@example.org','com.google',0,'Asha');
INSERT INTO data VALUES(1,1,1,'07700 900601','2',NULL);
INSERT INTO calls VALUES(714,'07700900601',1383772636690,0,3,0,'Asha',2,NULL),(715,'-1',1383772733283,126,2,0,NULL,0,NULL),
 (716,'-2',1383772833283,5,1,0,NULL,0,NULL),(717,'-3',1383782616690,639,1,0,NULL,0,NULL);
