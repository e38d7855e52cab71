CREATE TABLE appstate (package_name TEXT PRIMARY KEY, downloaded INTEGER);
INSERT INTO appstate VALUES ('com.snapchat.android',1767225600000);
