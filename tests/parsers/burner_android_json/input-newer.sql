CREATE TABLE BurnerEntity (id TEXT PRIMARY KEY, phoneNumber TEXT);
CREATE TABLE MessageEntity (id TEXT PRIMARY KEY, value TEXT);
