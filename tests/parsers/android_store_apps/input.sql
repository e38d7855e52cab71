CREATE TABLE appstate (package_name TEXT PRIMARY KEY, auto_update INTEGER, first_download_ms INTEGER, account TEXT, title TEXT);
INSERT INTO appstate VALUES ('com.snapchat.android',1,1767225600000,'child@example.com','Snapchat'),('org.thoughtcrime.securesms',1,0,'child@example.com','Signal'),('ee.mtakso.client',1,NULL,'child@example.com','Bolt');
