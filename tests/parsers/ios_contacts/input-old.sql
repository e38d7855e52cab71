-- As small as the oldest versions and trimmed copies get: no labels, no nickname.
CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, First TEXT, Last TEXT, Organization TEXT);
CREATE TABLE ABMultiValue (record_id INTEGER, property INTEGER, value TEXT);
INSERT INTO ABPerson VALUES(1,'Asha','Example',NULL),(2,NULL,NULL,'Example Works');
INSERT INTO ABMultiValue VALUES(1,3,'07700 900101'),(2,4,'works@example.org'),(9,3,'07700 900102');
