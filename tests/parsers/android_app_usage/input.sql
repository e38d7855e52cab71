-- Opened, left, a notification, an event that nobody described, an app that is not there.
CREATE TABLE packages (_id INTEGER PRIMARY KEY,package_name TEXT);
CREATE TABLE events (_id INTEGER PRIMARY KEY,timestamp INTEGER NOT NULL,type INTEGER NOT NULL,package_id INTEGER NOT NULL);
INSERT INTO packages VALUES (1,'org.thoughtcrime.securesms');
INSERT INTO events VALUES (1,1767225600000,1,1),(2,1767225601000,2,1),(3,1767225602000,12,1),(4,1767225603000,99,1),(5,1767225604000,1,9);
