-- Android 13 and later.
CREATE TABLE siminfo (_id INTEGER PRIMARY KEY AUTOINCREMENT, icc_id TEXT NOT NULL, sim_id INTEGER DEFAULT -1, display_name TEXT,
  carrier_name TEXT, name_source INTEGER DEFAULT 0, color INTEGER DEFAULT 0, number TEXT, mcc INTEGER DEFAULT 0, mnc INTEGER DEFAULT 0,
  imsi TEXT, phone_number_source_carrier TEXT, phone_number_source_ims TEXT);
INSERT INTO siminfo(_id,icc_id,sim_id,display_name,carrier_name,number,imsi,phone_number_source_ims) VALUES
 (1,'8944110000000000016',0,'Main','Example Mobile','+447700900401','001010000000001','+447700900401'),
 (2,'8944110000000000024',-1,'','Example Mobile','',NULL,'07700 900402'),
 (3,'',-1,'empty slot',NULL,NULL,NULL,NULL),
 (4,CAST(x'38394100ff' AS TEXT),-1,CAST(x'ff' AS TEXT),NULL,NULL,NULL,NULL);
