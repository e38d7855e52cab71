-- msgstore.db of 2024 (tables as published in 2026), with rows that try to mislead.
CREATE TABLE jid (_id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT NOT NULL, server TEXT NOT NULL, agent INTEGER, device INTEGER, type INTEGER, raw_string TEXT);
CREATE TABLE jid_map (lid_row_id INTEGER PRIMARY KEY NOT NULL, jid_row_id INTEGER NOT NULL, sort_id INTEGER);
CREATE TABLE lid_display_name (lid_row_id INTEGER PRIMARY KEY NOT NULL, display_name TEXT NOT NULL, username TEXT);
CREATE TABLE chat (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid_row_id INTEGER UNIQUE, hidden INTEGER, subject TEXT, created_timestamp INTEGER);
CREATE TABLE group_participant_user (_id INTEGER PRIMARY KEY AUTOINCREMENT, group_jid_row_id INTEGER NOT NULL, user_jid_row_id INTEGER NOT NULL, rank INTEGER, pending INTEGER);
CREATE TABLE message (_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER NOT NULL, from_me INTEGER NOT NULL, key_id TEXT NOT NULL,
 sender_jid_row_id INTEGER, status INTEGER, origination_flags INTEGER, timestamp INTEGER, received_timestamp INTEGER, message_type INTEGER, text_data TEXT);
CREATE TABLE message_media (message_row_id INTEGER PRIMARY KEY, chat_row_id INTEGER, file_path TEXT, mime_type TEXT, media_name TEXT, media_caption TEXT);
CREATE TABLE message_quoted (message_row_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER NOT NULL, from_me INTEGER NOT NULL, sender_jid_row_id INTEGER, key_id TEXT NOT NULL, text_data TEXT);
CREATE TABLE message_forwarded (message_row_id INTEGER PRIMARY KEY, forward_score INTEGER);
CREATE TABLE message_edit_info (message_row_id INTEGER PRIMARY KEY, original_key_id TEXT NOT NULL, edited_timestamp INTEGER NOT NULL, sender_timestamp INTEGER NOT NULL);
CREATE TABLE message_view_once_media (message_row_id INTEGER PRIMARY KEY, state INTEGER NOT NULL);
CREATE TABLE message_vcard (_id INTEGER PRIMARY KEY AUTOINCREMENT, message_row_id INTEGER, vcard TEXT);
CREATE TABLE message_location (message_row_id INTEGER PRIMARY KEY, latitude REAL, longitude REAL, place_name TEXT);
CREATE TABLE message_poll_option (_id INTEGER PRIMARY KEY AUTOINCREMENT, message_row_id INTEGER, option_name TEXT);
CREATE TABLE message_add_on (_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER, from_me INTEGER, key_id TEXT NOT NULL, sender_jid_row_id INTEGER, parent_message_row_id INTEGER, timestamp INTEGER, status INTEGER, message_add_on_type INTEGER);
CREATE TABLE message_add_on_reaction (message_add_on_row_id INTEGER PRIMARY KEY, reaction TEXT, sender_timestamp INTEGER);
CREATE TABLE call_log (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid_row_id INTEGER, from_me INTEGER, call_id TEXT, timestamp INTEGER, video_call INTEGER, duration INTEGER, call_result INTEGER, group_jid_row_id INTEGER NOT NULL DEFAULT 0);
CREATE TABLE call_log_participant_v2 (_id INTEGER PRIMARY KEY AUTOINCREMENT, call_log_row_id INTEGER, jid_row_id INTEGER, call_result INTEGER);

INSERT INTO jid VALUES
 (1, '447700900101', 's.whatsapp.net', 0, 0, 0, '447700900101@s.whatsapp.net'),
 (2, '447700900102', 's.whatsapp.net', 0, 0, 0, '447700900102@s.whatsapp.net'),
 (3, '200000000000003', 'lid', 0, 0, 18, '200000000000003@lid'),
 (4, '447700900103', 's.whatsapp.net', 0, 0, 0, NULL),
 (5, '120363000000000001', 'g.us', 0, 0, 1, '120363000000000001@g.us'),
 (6, 'status', 'broadcast', 0, 0, 5, 'status@broadcast'),
 (7, '', 's.whatsapp.net', 0, 0, 8, ''),
 (8, '120363000000000009', 'newsletter', 0, 0, 1, '120363000000000009@newsletter'),
 (9, '200000000000009', 'lid', 0, 0, 18, '200000000000009@lid'),
 (10, '447700900101', 's.whatsapp.net', 0, 4, 17, '447700900101:4@s.whatsapp.net');
INSERT INTO jid_map VALUES (3, 4, 1), (9, 77, 2);
INSERT INTO lid_display_name VALUES (3, 'T', NULL);
INSERT INTO chat VALUES (1, 1, 0, NULL, 0), (2, 5, 0, 'Year 11', 0), (3, 3, 0, NULL, 0), (4, 6, 0, NULL, 0), (5, 8, 0, 'A channel', 0), (6, 9, 0, NULL, 0);
INSERT INTO group_participant_user VALUES (1, 5, 1, 0, 0), (2, 5, 3, 2, 0), (3, 5, 7, 0, 0), (4, 5, 88, 0, 0);
INSERT INTO message VALUES
 (1, -1, 0, '-1', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
 -- one to one
 (2, 1, 0, 'A1', 0, 0, 0, 1700000001500, 0, 0, 'you about?'),
 (3, 1, 1, 'A2', 0, 13, 0, 1700000060000, 0, 0, 'yeah'),
 (4, 1, 1, 'A3', 0, 13, 0, 1700000120000, 0, 0, 'come to mine'),
 (5, 1, 0, 'A4', 0, 0, 1, 1700000180000, 0, 0, 'best prices today'),
 (6, 1, 0, 'A5', 0, 0, 0, 1700000240000, 0, 15, NULL),
 (7, 1, 0, 'A6', 0, 0, 0, 1700000300000, 0, 42, NULL),
 (8, 1, 0, 'A7', 0, 0, 0, 1700000360000, 0, 0, 'edited text'),
 (9, 1, 0, 'A8', 10, 0, 0, 1700000420000, 0, 0, 'from a second device'),
 (10, 1, 0, 'A9', 0, 0, 0, 1700000430000, 0, 3, NULL),
 -- a group: the sender, never the group
 (20, 2, 0, 'G1', 1, 0, 0, 1700001000000, 0, 0, 'hi all'),
 (21, 2, 0, 'G2', 3, 0, 0, 1700001060000, 0, 0, 'from a hidden name'),
 (22, 2, 1, 'G3', 0, 4, 0, 1700001120000, 0, 0, 'mine'),
 (23, 2, 0, 'G4', 0, 0, 0, 1700001180000, 0, 0, 'who?'),
 (24, 2, 0, 'G5', 999, 0, 0, 1700001240000, 0, 0, 'who else?'),
 (25, 2, 0, 'G6', 5, 0, 0, 1700001300000, 0, 0, 'the group as its own sender'),
 (26, 2, 0, 'G7', 2, 0, 0, 1700001360000, 0, 64, NULL),
 -- events
 (30, 2, 0, 'E1', 1, 6, 0, 1700002000000, 0, 7, 'Year 11'),
 (31, 1, 0, 'E2', 0, 6, 0, 1700002060000, 0, 10, NULL),
 (32, 1, 1, 'E3', 0, 6, 0, 1700002120000, 0, 90, NULL),
 -- a hidden name, the status list, a channel, a chat that is gone, a hidden name whose number is not known
 (40, 3, 0, 'L1', 0, 0, 0, 1700003000000, 0, 0, 'u owe me'),
 (41, 3, 1, 'L2', 0, 13, 0, 1700003060000, 0, 0, 'ok'),
 (42, 4, 0, 'S1', 2, 0, 0, 1700003120000, 0, 1, 'a story'),
 (43, 5, 0, 'C1', 0, 0, 0, 1700003180000, 0, 0, 'news'),
 (44, 77, 0, 'X1', 2, 0, 0, 1700003240000, 0, 0, 'chat is gone'),
 (45, 6, 0, 'L3', 0, 0, 0, 1700003250000, 0, 0, 'nobody knows my number'),
 -- pictures, cards, places, polls, not decrypted
 (50, 1, 1, 'M1', 0, 13, 0, 1700004000000, 0, 1, NULL),
 (51, 1, 0, 'M2', 0, 0, 0, 1700004060000, 0, 4, 'Mike'),
 (52, 1, 0, 'M3', 0, 0, 0, 1700004120000, 0, 5, NULL),
 (53, 2, 0, 'M4', 1, 0, 0, 1700004180000, 0, 66, 'where?'),
 (54, 1, 0, 'M5', 0, 0, 0, 1700004240000, 0, 11, NULL),
 -- values that are none
 (60, 1, 7, 'N1', 0, 0, 0, 1700005000000, 0, 0, 'from me 7'),
 (61, 1, 0, 'N2', 0, 0, 0, 0, 0, NULL, 'no time, no type'),
 (62, 1, 0, 'N3', 0, 0, 0, 'soon', 0, 0, x'fffe41');
INSERT INTO message_quoted VALUES (4, 1, 0, 0, 'A1', 'you about?'), (53, 2, 0, 1, 'zz', '');
INSERT INTO message_forwarded VALUES (20, 3);
INSERT INTO message_edit_info VALUES (8, 'A7old', 1700000400000, 1700000399000);
INSERT INTO message_view_once_media VALUES (7, 1), (10, 1);
INSERT INTO message_media VALUES (7, 1, NULL, 'image/jpeg', NULL, NULL), (10, 1, 'Media/v.mp4', 'video/mp4', NULL, NULL),
 (42, 4, 'Media/s.jpg', 'image/jpeg', NULL, 'a story'), (50, 1, 'Media/a.jpg', 'image/jpeg', NULL, 'look at this');
INSERT INTO message_vcard VALUES (1, 51, 'BEGIN:VCARD' || char(10) || 'TEL:+44 7700 900110' || char(10) || 'END:VCARD');
INSERT INTO message_location VALUES (52, 51.5, -0.12, 'The Station');
INSERT INTO message_poll_option VALUES (1, 53, 'park'), (2, 53, 'shop');
INSERT INTO message_add_on VALUES
 (1, 1, 1, 'R1', 0, 2, 1700000030000, 0, 56), (2, 2, 0, 'R2', 3, 22, 1700001150000, 0, 56), (3, 1, 0, 'R3', 0, 3, 1700000070000, 0, 56),
 (4, 2, 0, 'R4', 1, 53, 1700004200000, 0, 67), (5, 2, 0, 'R5', 0, 22, 1700001160000, 0, 56);
INSERT INTO message_add_on_reaction VALUES (1, '👍', 0), (2, '😂', 0), (3, '', 0), (5, '🔥', 0);
INSERT INTO call_log VALUES
 (1, 1, 0, 'c1', 1700006000000, 0, 61, 5, 0), (2, 1, 1, 'c2', 1700006100000, 1, 0, 4, 0), (3, 3, 0, 'c3', 1700006200000, 0, 0, 4, 0),
 (4, 1, 0, 'c4', 1700006300000, 1, 30, 5, 5), (5, 2, 1, 'c5', 1700006400000, 0, 9, 5, 5), (6, 999, 0, 'c6', 1700006500000, 0, 0, 2, 0),
 (7, 1, 3, 'c7', 1700006600000, 0, 0, 5, 0);
INSERT INTO call_log_participant_v2 VALUES (1, 1, 1, 5), (2, 4, 1, 5), (3, 4, 2, 5), (4, 4, 3, 5), (5, 5, 1, 5), (6, 5, 2, 5);
