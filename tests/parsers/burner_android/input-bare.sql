CREATE TABLE burners(_id integer primary key, burner_id text, phone_number_id text);
CREATE TABLE messages(_id integer primary key, message text, contact_phone_number text, direction integer, message_type integer, burner_id text, date_created integer);
INSERT INTO messages VALUES(1,'u about','+447700900123',1,2,'b-1',1767225600000);
