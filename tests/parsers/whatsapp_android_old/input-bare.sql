-- 2014: no groups' names, no answers, no captions.
CREATE TABLE messages (_id INTEGER PRIMARY KEY AUTOINCREMENT, key_remote_jid TEXT NOT NULL, key_from_me INTEGER, key_id TEXT NOT NULL, status INTEGER,
 data TEXT, timestamp INTEGER, media_wa_type TEXT, remote_resource TEXT);
INSERT INTO messages VALUES (1, '447700900101@s.whatsapp.net', 0, 'A1', 0, 'hi', 1400000000000, '0', NULL),
 (2, '447700900101-1400000000@g.us', 0, 'A2', 0, 'hi all', 1400000060000, '0', '447700900102@s.whatsapp.net');
