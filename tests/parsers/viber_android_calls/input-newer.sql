CREATE TABLE calls (_id INTEGER PRIMARY KEY,canonized_number TEXT,viber_call_type INTEGER, date LONG,duration LONG,direction INT);
INSERT INTO calls VALUES(1,'+447700900123',1,1767225600582,98,1);
