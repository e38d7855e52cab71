CREATE TABLE conversations (_id INTEGER PRIMARY KEY, conversation_id TEXT, name TEXT, generated_name TEXT);
CREATE TABLE participants (_id INTEGER PRIMARY KEY, gaia_id TEXT, phone_id TEXT, full_name TEXT, fallback_name TEXT);
CREATE TABLE messages (_id INTEGER PRIMARY KEY, conversation_id TEXT, author_gaia_id TEXT, text TEXT, timestamp INT, flow INT);
INSERT INTO messages VALUES(1,'two','100000000000000000002','u about',1767225600123456,2);
