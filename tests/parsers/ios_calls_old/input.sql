-- iOS 7. The triggers are Apple's in kind: nothing may run them.
CREATE TABLE _SqliteDatabaseProperties (key TEXT, value TEXT, UNIQUE(key));
CREATE TABLE call (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, address TEXT, date INTEGER, duration INTEGER, flags INTEGER,
  id INTEGER, name TEXT, country_code TEXT, network_code TEXT, read INTEGER, assisted INTEGER, face_time_data BLOB,
  originalAddress TEXT, answered INTEGER DEFAULT '1');
CREATE TRIGGER timer_last_trigger INSERT ON call WHEN (NEW.duration != 0) BEGIN UPDATE _SqliteDatabaseProperties SET value = NEW.duration WHERE key = 'timer_last'; END;
INSERT INTO call(ROWID,address,date,duration,flags,name,answered) VALUES
 (1,'+447700900301',1377800410,65,4,'Asha',1),
 (2,'07700900302',1377800420,7,5,NULL,1),
 (3,'07700900302',1377800430,0,4,NULL,1),
 (4,'07700900302',1377800440,9,4,NULL,0),
 (5,'07700900305',1377800450,0,5,NULL,1),
 (6,'07700900306',1377800460,0,8,NULL,1),
 (7,'friend@example.org',1377800470,33,16,NULL,1),
 (8,'friend@example.org',1377800480,33,17,NULL,1),
 (9,'friend@example.org',1377800490,33,20,NULL,1),
 (10,'07700900310',1377800500,1,65540,NULL,1),
 (11,'07700900311',1377800510,0,1507333,NULL,1),
 -- no published meaning: direction unknown
 (12,'07700900312',1377800520,1,0,NULL,1),
 (13,'07700900313',1377800530,1,999,NULL,1),
 (14,'07700900314',1377800540,1,-3,NULL,1),
 (15,'07700900315',1377800550,1,NULL,NULL,1),
 (16,'07700900316',1377800560,1,'five',NULL,1),
 -- nobody, no time, no length
 (17,'',1377800570,1,4,NULL,1),
 (18,NULL,0,NULL,4,'',1),
 (19,CAST(x'ff00' AS TEXT),'x','y',5,CAST(x'0a00ff' AS TEXT),1);
