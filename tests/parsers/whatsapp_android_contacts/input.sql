-- wa.db (table as published, 2023).
CREATE TABLE wa_contacts (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid TEXT NOT NULL, is_whatsapp_user BOOLEAN NOT NULL, status TEXT, status_timestamp INTEGER,
 number TEXT, raw_contact_id INTEGER, display_name TEXT, phone_type INTEGER, phone_label TEXT, given_name TEXT, family_name TEXT, wa_name TEXT,
 sort_name TEXT, nickname TEXT, company TEXT, title TEXT);
INSERT INTO wa_contacts VALUES
 (1, '447700900101@s.whatsapp.net', 1, 'at school', 0, '07700 900101', 5, 'Asha', 2, NULL, 'Asha', 'K', 'Ash', 'Asha', NULL, NULL, NULL),
 (2, '447700900102@s.whatsapp.net', 1, NULL, 0, NULL, -1, NULL, NULL, NULL, NULL, NULL, 'Ben', NULL, NULL, NULL, NULL),
 (3, '120363000000000001@g.us', 1, NULL, 0, NULL, -1, 'Year 11', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
 (4, 'status@broadcast', 1, NULL, 0, NULL, -1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
 (5, '200000000000005@lid', 1, NULL, 0, '+447700900105', -1, NULL, NULL, NULL, 'Cat', NULL, NULL, NULL, 'C', 'Cars', NULL),
 (6, '200000000000006@lid', 1, NULL, 0, NULL, -1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
 (7, '441632960107@s.whatsapp.net', 0, NULL, 0, '01632 960107', 9, 'Nan', 1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
