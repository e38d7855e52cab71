-- msgstore.db of 2019: types are stored as text, the phone itself has an empty JID in a group.
CREATE TABLE messages (_id INTEGER PRIMARY KEY AUTOINCREMENT, key_remote_jid TEXT NOT NULL, key_from_me INTEGER, key_id TEXT NOT NULL, status INTEGER,
 needs_push INTEGER, data TEXT, timestamp INTEGER, media_url TEXT, media_mime_type TEXT, media_wa_type TEXT, media_size INTEGER, media_name TEXT,
 media_caption TEXT, remote_resource TEXT, received_timestamp INTEGER, quoted_row_id INTEGER, edit_version INTEGER, forwarded INTEGER);
CREATE TABLE messages_quotes (_id INTEGER PRIMARY KEY AUTOINCREMENT, key_remote_jid TEXT NOT NULL, key_from_me INTEGER, key_id TEXT NOT NULL, data TEXT);
CREATE TABLE messages_vcards (_id INTEGER PRIMARY KEY AUTOINCREMENT, message_row_id INTEGER, sender_jid TEXT, chat_jid TEXT, vcard TEXT);
CREATE TABLE chat_list (_id INTEGER PRIMARY KEY AUTOINCREMENT, key_remote_jid TEXT UNIQUE, message_table_id INTEGER, subject TEXT);
CREATE TABLE group_participants (_id INTEGER PRIMARY KEY AUTOINCREMENT, gjid TEXT NOT NULL, jid TEXT NOT NULL, admin INTEGER, pending INTEGER);
INSERT INTO chat_list VALUES (1, '447700900101@s.whatsapp.net', 3, NULL), (2, '447700900101-1500000000@g.us', 12, 'Year 11');
INSERT INTO group_participants VALUES (1, '447700900101-1500000000@g.us', '447700900101@s.whatsapp.net', 1, 0),
 (2, '447700900101-1500000000@g.us', '447700900102@s.whatsapp.net', 0, 0), (3, '447700900101-1500000000@g.us', '', 0, 0);
INSERT INTO messages VALUES
 (1, '-1', 0, '-1', -1, 0, NULL, 0, NULL, NULL, '-1', -1, NULL, NULL, NULL, -1, 0, 0, 0),
 (2, '447700900101@s.whatsapp.net', 0, 'A1', 0, 0, 'you about?', 1550000001500, NULL, NULL, '0', 0, NULL, NULL, NULL, 0, 0, 0, 0),
 (3, '447700900101@s.whatsapp.net', 1, 'A2', 13, 0, 'come to mine', 1550000060000, NULL, NULL, '0', 0, NULL, NULL, '', 0, 1, 0, 0),
 (4, '447700900101@s.whatsapp.net', 0, 'A3', 0, 0, 'best prices today', 1550000120000, NULL, NULL, '0', 0, NULL, NULL, NULL, 0, 0, 0, 2),
 (5, '447700900101@s.whatsapp.net', 0, 'A4', 0, 0, NULL, 1550000180000, NULL, NULL, '15', 0, NULL, NULL, NULL, 0, 0, 7, 0),
 (6, '447700900101@s.whatsapp.net', 0, 'A5', 0, 0, NULL, 1550000240000, 'https://mmg.example/x', 'image/jpeg', '1', 9, NULL, 'look', NULL, 0, 0, 0, 0),
 (7, '447700900101@s.whatsapp.net', 0, 'A6', 0, 0, 'Mike', 1550000300000, NULL, NULL, '4', 0, 'Mike', NULL, NULL, 0, 0, 0, 0),
 (10, '447700900101-1500000000@g.us', 0, 'G1', 0, 0, 'hi all', 1550001000000, NULL, NULL, '0', 0, NULL, NULL, '447700900102@s.whatsapp.net', 0, 0, 0, 0),
 (11, '447700900101-1500000000@g.us', 1, 'G2', 4, 0, 'mine', 1550001060000, NULL, NULL, '0', 0, NULL, NULL, '', 0, 0, 0, 0),
 (12, '447700900101-1500000000@g.us', 0, 'G3', 0, 0, 'who?', 1550001120000, NULL, NULL, '0', 0, NULL, NULL, NULL, 0, 0, 0, 0),
 (13, '447700900101-1500000000@g.us', 1, 'G4', 6, 0, 'Year 11', 1550001180000, NULL, NULL, '0', 11, NULL, NULL, '447700900101@s.whatsapp.net', 0, 0, 0, 0),
 (14, '447700900101@s.whatsapp.net', 0, 'C1', 0, 0, NULL, 1550001240000, NULL, NULL, '10', 0, NULL, 'video', NULL, 0, 0, 0, 0),
 (15, 'status@broadcast', 0, 'S1', 0, 0, NULL, 1550001300000, 'https://mmg.example/y', 'image/jpeg', '1', 0, NULL, NULL, '447700900102@s.whatsapp.net', 0, 0, 0, 0),
 (16, '447700900101@s.whatsapp.net', NULL, 'N1', 0, 0, 'nobody said', 0, NULL, NULL, NULL, 0, NULL, NULL, NULL, 0, 99, 0, 0);
INSERT INTO messages_quotes VALUES (1, '447700900101@s.whatsapp.net', 0, 'A1', 'you about?');
INSERT INTO messages_vcards VALUES (1, 7, NULL, NULL, 'BEGIN:VCARD' || char(10) || 'TEL:07700 900110' || char(10) || 'END:VCARD');
