-- With people, a whole day, a time that is none.
CREATE TABLE CalendarItem (ROWID INTEGER PRIMARY KEY, summary TEXT, description TEXT, start_date REAL, start_tz TEXT, end_date REAL, all_day INTEGER, calendar_id INTEGER);
CREATE TABLE Participant (ROWID INTEGER PRIMARY KEY, owner_id INTEGER, email TEXT, phone_number TEXT, is_self INTEGER);
INSERT INTO CalendarItem VALUES (1,'Train to Ipswich','not read',779000000.5,'Europe/London',779003600.5,0,1),(2,'Birthday','',779100000,'_float',779186400,1,1),(3,'Corrupt',NULL,'not-a-date',NULL,779186400,0,1);
INSERT INTO Participant VALUES (1,1,'deano@example.com',NULL,0),(2,1,'child@example.com',NULL,1),(3,1,NULL,'+447700900123',0);
