-- The column that says who sent a message is gone.
CREATE TABLE conversations(conv_id TEXT PRIMARY KEY, conv_type INTEGER, payload TEXT);
CREATE TABLE messages(msg_id INTEGER PRIMARY KEY, conv_id TEXT, type INTEGER, create_time INTEGER, way INTEGER, payload TEXT);
INSERT INTO messages VALUES(1,'deano-acc',0,1767225600000,2,'');
