-- An older table: neither deletions nor kinds of conversation.
CREATE TABLE conversations(conv_id TEXT PRIMARY KEY, payload TEXT);
CREATE TABLE messages(msg_id INTEGER PRIMARY KEY, conv_id TEXT, type INTEGER, create_time INTEGER, direction INTEGER, payload TEXT);
INSERT INTO conversations VALUES('deano-acc','');
INSERT INTO messages VALUES(1,'deano-acc',0,1767225600000,2,'Igd1IGFib3V0qgEZCgVEZWFubxIFRGVhbHMaCWRlYW5vLWFjYw==');
INSERT INTO messages VALUES(2,'deano-acc',0,1767225600000,1,'IgN5ZXM=');
