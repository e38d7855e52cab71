-- Android 10, trimmed.
CREATE TABLE mimetypes (_id INTEGER PRIMARY KEY AUTOINCREMENT, mimetype TEXT NOT NULL);
INSERT INTO mimetypes VALUES(1,'vnd.android.cursor.item/email_v2'),(2,'vnd.android.cursor.item/im'),
 (3,'vnd.android.cursor.item/nickname'),(4,'vnd.android.cursor.item/organization'),(5,'vnd.android.cursor.item/phone_v2'),
 (6,'vnd.android.cursor.item/sip_address'),(7,'vnd.android.cursor.item/name'),(8,'vnd.android.cursor.item/photo'),
 (9,'vnd.android.cursor.item/note'),(10,'vnd.android.cursor.item/vnd.com.whatsapp.profile');
CREATE TABLE raw_contacts (_id INTEGER PRIMARY KEY AUTOINCREMENT, account_id INTEGER, sourceid TEXT, deleted INTEGER NOT NULL DEFAULT 0,
  contact_id INTEGER, display_name TEXT, account_type TEXT);
CREATE TABLE data (_id INTEGER PRIMARY KEY AUTOINCREMENT, mimetype_id INTEGER NOT NULL, raw_contact_id INTEGER NOT NULL,
  data1 TEXT, data2 TEXT, data3 TEXT, data4 TEXT, data15 BLOB);
INSERT INTO raw_contacts(_id,display_name,account_type,deleted) VALUES
 (1,'Asha Example','com.google',0),(2,NULL,NULL,0),(3,'',NULL,1),(4,'Example Works',NULL,0),(5,NULL,NULL,0),
 (6,'Asha','com.whatsapp',0),(7,CAST(x'410042ff' AS TEXT),NULL,0);
INSERT INTO data(_id,mimetype_id,raw_contact_id,data1,data2,data3,data4) VALUES
 (10,7,1,'Asha Example','Asha','Example',NULL),
 (11,5,1,'07700 900601','2',NULL,'+447700900601'),
 (12,5,1,'07700 900602','0','trap',NULL),
 (13,5,1,'020 7946 0603','3',NULL,NULL),
 (14,5,1,'07700 900604','77',NULL,NULL),
 (15,5,1,'07700 900605',NULL,NULL,NULL),
 (16,1,1,'asha@example.org','1',NULL,NULL),
 (17,2,1,'asha.im','3',NULL,NULL),
 (18,6,1,'sip:asha@example.org','3',NULL,NULL),
 (19,3,1,'Deano line','1',NULL,NULL),
 (20,4,1,'Example Works','1',NULL,'boss'),
 (21,9,1,'a note with 07700 900999',NULL,NULL,NULL),
 (22,5,1,'','2',NULL,NULL),
 (23,5,1,NULL,'2',NULL,NULL),
 -- the name only in its own row; the organisation as name; a nickname alone
 (24,7,2,'Ben Example',NULL,NULL,NULL),
 (25,5,2,'+44 7700 900606','2',NULL,NULL),
 (26,5,3,'07700 900607','2',NULL,NULL),
 (27,4,4,'Example Works','1',NULL,NULL),
 (28,3,5,'Ace','1',NULL,NULL),
 (29,10,6,'447700900608@s.whatsapp.net','Message +44 7700 900608','+44 7700 900608',NULL),
 -- a blob, a number, hostile text
 (30,5,7,CAST('07700900609' AS BLOB),2,NULL,NULL),
 (31,5,7,447700900610,2,NULL,NULL),
 (32,5,7,CAST(x'2b34343737303039303036313100ff' AS TEXT),0,CAST(x'ff0a' AS TEXT),NULL),
 -- the card is gone; a kind that is not listed
 (33,5,99,'07700 900612','2',NULL,NULL),
 (34,1,99,'gone@example.org','9',NULL,NULL),
 (35,77,1,'of no kind',NULL,NULL,NULL),
 (36,8,99,NULL,NULL,NULL,NULL);
UPDATE data SET data15 = CAST('MARKER-OF-A-PICTURE' AS BLOB) WHERE _id = 36;
