-- The column of the kind of event has another name: newer than tested, by name.
CREATE TABLE packages (_id INTEGER PRIMARY KEY,package_name TEXT);
CREATE TABLE events (_id INTEGER PRIMARY KEY,timestamp INTEGER NOT NULL,event_kind INTEGER NOT NULL,package_id INTEGER NOT NULL);
