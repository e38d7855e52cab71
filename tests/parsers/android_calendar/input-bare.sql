-- Events alone.
CREATE TABLE Events (_id INTEGER PRIMARY KEY, calendar_id INTEGER, title TEXT, dtstart INTEGER, dtend INTEGER);
INSERT INTO Events VALUES (1,1,'Train to Ipswich',1767225600000,1767229200000);
