-- With people, a whole day, one to be deleted.
CREATE TABLE Calendars (_id INTEGER PRIMARY KEY, account_name TEXT, ownerAccount TEXT);
CREATE TABLE Events (_id INTEGER PRIMARY KEY AUTOINCREMENT, calendar_id INTEGER NOT NULL, title TEXT, description TEXT, dtstart INTEGER, dtend INTEGER, allDay INTEGER NOT NULL DEFAULT 0, deleted INTEGER NOT NULL DEFAULT 0);
CREATE TABLE Attendees (_id INTEGER PRIMARY KEY, event_id INTEGER, attendeeName TEXT, attendeeEmail TEXT, attendeeRelationship INTEGER);
INSERT INTO Calendars VALUES (1,'child@example.com','child@example.com');
INSERT INTO Events VALUES (1,1,'Train to Ipswich','not read',1767225600000,1767229200000,0,0),(2,1,'Day','',1767225600000,NULL,1,1);
INSERT INTO Attendees VALUES (1,1,'Deano','deano@example.com',1),(2,1,NULL,'Child@example.com',2);
