CREATE TABLE AwemeContactsV5 (uid TEXT PRIMARY KEY, customID TEXT, nickname TEXT, url1 TEXT, latestChatTimestamp REAL);
INSERT INTO AwemeContactsV5 VALUES ('6800000000000000002','deano.d','Deano','x',0),('6800000000000000003','','',NULL,0);
