-- A column that every version had is gone.
CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY, GivenName TEXT, Last TEXT);
CREATE TABLE ABMultiValue (record_id INTEGER, property INTEGER, value TEXT);
INSERT INTO ABPerson VALUES(1,'Asha','Example');
