CREATE TABLE subscriber_info (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, subscriber_id TEXT, subscriber_mdn TEXT, tag INTEGER, last_update_time REAL, slot_id INTEGER);
INSERT INTO subscriber_info VALUES(1,'8944110000000000016','+447700900401',1,700000000.5,1);
INSERT INTO subscriber_info VALUES(2,'001010000000002','',2,0,2);
INSERT INTO subscriber_info VALUES(3,NULL,'07700 900403',1,NULL,1);
INSERT INTO subscriber_info VALUES(4,'',NULL,1,700000100,1);
INSERT INTO subscriber_info VALUES(5,CAST(x'ff00' AS TEXT),'not a number',1,'x',1);
