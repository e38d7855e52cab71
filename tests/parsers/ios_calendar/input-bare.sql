-- Without people.
CREATE TABLE CalendarItem (ROWID INTEGER PRIMARY KEY, summary TEXT, start_date REAL, end_date REAL);
INSERT INTO CalendarItem VALUES (1,'Train to Ipswich',779000000.5,779000000);
