-- Android 9, trimmed.
CREATE TABLE properties (property_key TEXT PRIMARY KEY, property_value TEXT);
CREATE TABLE calls (_id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT, presentation INTEGER NOT NULL DEFAULT 1,
  post_dial_digits TEXT NOT NULL DEFAULT '', via_number TEXT NOT NULL DEFAULT '', date INTEGER, duration INTEGER, type INTEGER,
  features INTEGER NOT NULL DEFAULT 0, subscription_component_name TEXT, subscription_id TEXT, phone_account_address TEXT,
  new INTEGER, name TEXT, normalized_number TEXT, deleted INTEGER NOT NULL DEFAULT 0);
INSERT INTO calls(_id,number,presentation,via_number,date,duration,type,features,subscription_component_name,phone_account_address,name,deleted) VALUES
 (1,'07700900501',1,'',1588858433593,12,1,0,'com.android.phone/com.android.services.telephony.TelephonyConnectionService','+447700900500','Asha',0),
 (2,'07700900501',1,'',1588858434593,0,2,1,'com.android.phone/x',NULL,'Asha',0),
 (3,'07700900501',1,'',1588858435593,0,3,0,NULL,'','',0),
 (4,'07700900501',1,'',1588858436593,9,4,0,NULL,NULL,NULL,1),
 (5,'07700900501',1,'',1588858437593,0,5,0,NULL,NULL,NULL,0),
 (6,'07700900501',1,'',1588858438593,0,6,0,NULL,NULL,NULL,0),
 (7,'07700900501',1,'',1588858439593,30,7,0,NULL,NULL,NULL,0),
 -- an app's call, a line of the user's own
 (8,'+447700900508',1,'+447700900599',1588858440593,30,1,1,'com.whatsapp/.ConnectionService','+447700900500',NULL,0),
 -- numbers that were not given
 (9,'',2,'',1588858441593,0,3,0,NULL,NULL,NULL,0),
 (10,'',3,'',1588858442593,0,3,0,NULL,NULL,NULL,0),
 (11,NULL,4,'',1588858443593,0,1,0,NULL,NULL,NULL,0),
 (12,NULL,1,'',1588858444593,0,1,0,NULL,NULL,NULL,0),
 (13,'-2',1,'',1588858445593,0,1,0,NULL,NULL,NULL,0),
 -- types of no published meaning
 (14,'07700900514',1,'',1588858446593,0,1000,0,NULL,NULL,NULL,0),
 (15,'07700900515',1,'',1588858447593,0,0,0,NULL,NULL,NULL,0),
 (16,'07700900516',1,'',1588858448593,0,NULL,0,NULL,NULL,NULL,0),
 (17,'07700900517',1,'',1588858449593,0,'two',0,NULL,NULL,NULL,0),
 -- no time, odd values, hostile text
 (18,'07700900518',1,'',0,NULL,1,0,NULL,NULL,NULL,0),
 (19,'07700900519',1,'','x',-1,1,'x',NULL,NULL,NULL,'x'),
 (20,CAST(x'3037373030ff00' AS TEXT),1,'',9223372036854775807,9223372036854775807,2,0,CAST(x'ff2f' AS TEXT),NULL,CAST(x'410a00ff' AS TEXT),0);
