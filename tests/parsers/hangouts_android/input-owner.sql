-- Nothing was sent: nothing says which of the two is the phone's owner, and no list of members is used.
CREATE TABLE conversations (_id INTEGER PRIMARY KEY, conversation_id TEXT, name TEXT, generated_name TEXT);
INSERT INTO conversations VALUES(1,'two',NULL,'Deano');
CREATE TABLE participants (_id INTEGER PRIMARY KEY, gaia_id TEXT, phone_id TEXT, full_name TEXT, fallback_name TEXT);
INSERT INTO participants VALUES(1,'100000000000000000001',NULL,'Me',NULL),(2,'100000000000000000002',NULL,'Deano',NULL);
CREATE TABLE conversation_participants (_id INTEGER PRIMARY KEY, participant_row_id INT, conversation_id TEXT);
INSERT INTO conversation_participants VALUES(1,1,'two'),(2,2,'two');
CREATE TABLE messages (_id INTEGER PRIMARY KEY, conversation_id TEXT, author_gaia_id TEXT, text TEXT, timestamp INT, type INT);
INSERT INTO messages VALUES(1,'two','100000000000000000002','u about',1767225600123456,2);
