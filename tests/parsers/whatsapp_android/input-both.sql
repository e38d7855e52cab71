-- msgstore.db while WhatsApp moved from `messages` to `message` (2021): row 2 stands in both, row 3 only in
-- the older, row 4 in both under one number but is not the same message.
CREATE TABLE jid (_id INTEGER PRIMARY KEY, user TEXT NOT NULL, server TEXT NOT NULL, raw_string TEXT);
CREATE TABLE chat (_id INTEGER PRIMARY KEY, jid_row_id INTEGER UNIQUE, subject TEXT);
CREATE TABLE message (_id INTEGER PRIMARY KEY, chat_row_id INTEGER NOT NULL, from_me INTEGER NOT NULL, key_id TEXT NOT NULL,
 sender_jid_row_id INTEGER, timestamp INTEGER, message_type INTEGER, text_data TEXT);
CREATE TABLE messages (_id INTEGER PRIMARY KEY AUTOINCREMENT, key_remote_jid TEXT NOT NULL, key_from_me INTEGER, key_id TEXT NOT NULL,
 status INTEGER, data TEXT, timestamp INTEGER, media_wa_type TEXT, remote_resource TEXT);
INSERT INTO jid VALUES (1, '447700900101', 's.whatsapp.net', '447700900101@s.whatsapp.net');
INSERT INTO chat VALUES (1, 1, NULL);
INSERT INTO message VALUES (1, -1, 0, '-1', NULL, NULL, NULL, NULL), (2, 1, 0, 'A1', 0, 1620000000000, 0, 'in both'), (4, 1, 0, 'B9', 0, 1620000200000, 0, 'newer four');
INSERT INTO messages VALUES (1, '-1', 0, '-1', -1, NULL, 0, '-1', NULL),
 (2, '447700900101@s.whatsapp.net', 0, 'A1', 0, 'in both', 1620000000000, '0', NULL),
 (3, '447700900101@s.whatsapp.net', 1, 'A2', 13, 'older only', 1620000100000, '0', NULL),
 (4, '447700900101@s.whatsapp.net', 0, 'A3', 0, 'older four', 1620000200000, '0', NULL);
