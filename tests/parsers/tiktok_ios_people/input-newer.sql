-- A table of another version, without user names.
CREATE TABLE AwemeContactsV5 (uid TEXT PRIMARY KEY, nickname TEXT);
INSERT INTO AwemeContactsV5 VALUES ('6800000000000000002','Deano');
