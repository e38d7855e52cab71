-- ChatStorage.sqlite as WhatsApp keeps it since 2023, with rows that try to mislead. The phone is
-- +447700900000; numbers are from the ranges kept for drama.
CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, ZREMOVED INTEGER, ZSESSIONTYPE INTEGER,
 ZGROUPINFO INTEGER, ZCONTACTIDENTIFIER VARCHAR, ZCONTACTJID VARCHAR, ZPARTNERNAME VARCHAR);
CREATE TABLE ZWAGROUPMEMBER (Z_PK INTEGER PRIMARY KEY, ZISACTIVE INTEGER, ZISADMIN INTEGER, ZCHATSESSION INTEGER,
 ZCONTACTNAME VARCHAR, ZFIRSTNAME VARCHAR, ZMEMBERJID VARCHAR);
CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZFLAGS INTEGER, ZGROUPEVENTTYPE INTEGER, ZISFROMME INTEGER,
 ZMESSAGESTATUS INTEGER, ZMESSAGETYPE INTEGER, ZCHATSESSION INTEGER, ZGROUPMEMBER INTEGER, ZMEDIAITEM INTEGER,
 ZMESSAGEINFO INTEGER, ZMESSAGEDATE TIMESTAMP, ZFROMJID VARCHAR, ZSTANZAID VARCHAR, ZTEXT VARCHAR, ZTOJID VARCHAR);
CREATE TABLE ZWAMEDIAITEM (Z_PK INTEGER PRIMARY KEY, ZMESSAGE INTEGER, ZLATITUDE FLOAT, ZLONGITUDE FLOAT,
 ZMEDIALOCALPATH VARCHAR, ZMEDIAURL VARCHAR, ZTITLE VARCHAR, ZVCARDNAME VARCHAR, ZVCARDSTRING VARCHAR, ZMETADATA BLOB);
CREATE TABLE ZWAMESSAGEINFO (Z_PK INTEGER PRIMARY KEY, ZMESSAGE INTEGER, ZRECEIPTINFO BLOB);
CREATE TABLE ZWAPHONENUMBERLIDPAIR (Z_PK INTEGER PRIMARY KEY, ZLID VARCHAR, ZPHONENUMBER VARCHAR);

INSERT INTO ZWACHATSESSION VALUES
 (1, 4, 0, 0, NULL, NULL, '447700900101@s.whatsapp.net', 'Asha'),
 (2, 4, 0, 1, 1, NULL, '120363000000000001@g.us', 'Year 11'),
 (3, 4, 0, 0, NULL, '447700900103@s.whatsapp.net', '200000000000003@lid', 'T'),
 (4, 4, 0, 3, NULL, NULL, 'status@broadcast', NULL),
 (5, 4, 1, 0, NULL, NULL, '447700900105@s.whatsapp.net', 'gone'),
 (6, 4, 0, 0, NULL, NULL, '120363000000000009@newsletter', 'A channel'),
 (7, 4, 0, 1, 2, NULL, '120363000000000002@g.us', 'Two of us');
INSERT INTO ZWAGROUPMEMBER VALUES
 (1, 1, 0, 2, 'Asha', 'A', '447700900101@s.whatsapp.net'),
 (2, 1, 1, 2, '', 'Ben', '200000000000002@lid'),
 (3, 1, 0, 2, NULL, NULL, '447700900000@s.whatsapp.net'),
 (4, 0, 0, 2, 'Left', NULL, '447700900104@s.whatsapp.net'),
 (5, 1, 0, 7, 'Asha', NULL, '447700900101@s.whatsapp.net'),
 (6, 1, 0, 1, 'Not a group', NULL, '447700900199@s.whatsapp.net');
INSERT INTO ZWAPHONENUMBERLIDPAIR VALUES (1, '200000000000002', '447700900102'), (2, '200000000000007@lid', '+447700900107');

INSERT INTO ZWAMESSAGE VALUES
 -- one to one
 (1, 0, 0, 0, 8, 0, 1, NULL, NULL, NULL, 700000001.5, '447700900101@s.whatsapp.net', 'A1', 'you about?', NULL),
 (2, 0, 0, 1, 8, 0, 1, NULL, NULL, 1, 700000060, NULL, 'A2', 'yeah', '447700900101@s.whatsapp.net'),
 -- an answer: what is quoted is Asha's, not the owner's
 (3, 0, 0, 1, 8, 0, 1, NULL, 1, NULL, 700000120, NULL, 'A3', 'come to mine', '447700900101@s.whatsapp.net'),
 -- forwarded, taken back, seen once, not sent
 (4, 16777344, 0, 0, 8, 0, 1, NULL, NULL, NULL, 700000180, '447700900101@s.whatsapp.net', 'A4', 'best prices today', NULL),
 (5, 0, 0, 0, 8, 14, 1, NULL, NULL, NULL, 700000240, '447700900101@s.whatsapp.net', 'A5', NULL, NULL),
 (6, 0, 0, 0, 8, 38, 1, NULL, 2, NULL, 700000300, '447700900101@s.whatsapp.net', 'A6', NULL, NULL),
 (7, 0, 0, 1, 9, 0, 1, NULL, NULL, NULL, 700000360, NULL, 'A7', 'on my way', '447700900101@s.whatsapp.net'),
 -- the row has no JID of its own: between two the other is the chat
 (8, 0, 0, 0, 8, 0, 1, NULL, NULL, NULL, 700000420, NULL, 'A8', 'no from', NULL),
 -- a group: ZFROMJID is the group, the sender the member
 (10, 0, 0, 0, 8, 0, 2, 1, NULL, NULL, 700001000, '120363000000000001@g.us', 'G1', 'hi all', '447700900000@s.whatsapp.net'),
 (11, 0, 0, 0, 8, 0, 2, 2, NULL, NULL, 700001060, '120363000000000001@g.us', 'G2', 'from a hidden name', NULL),
 (12, 0, 0, 1, 8, 0, 2, NULL, NULL, NULL, 700001120, NULL, 'G3', 'mine', '120363000000000001@g.us'),
 -- no member, a member that is gone: unknown, and never the group
 (13, 0, 0, 0, 8, 0, 2, NULL, NULL, NULL, 700001180, '120363000000000001@g.us', 'G4', 'who?', NULL),
 (14, 0, 0, 0, 8, 0, 2, 99, NULL, NULL, 700001240, '120363000000000001@g.us', 'G5', 'who else?', NULL),
 (15, 0, 0, 0, 8, 0, 2, 4, NULL, NULL, 700001300, '120363000000000001@g.us', 'G6', 'from one who left', NULL),
 -- events have no sender
 (16, 0, 12, 0, 0, 6, 2, 1, NULL, NULL, 700001360, '120363000000000001@g.us', 'G7', NULL, '447700900000@s.whatsapp.net'),
 (17, 0, 7, 0, 0, 6, 2, 4, NULL, NULL, 700001420, '120363000000000001@g.us', 'G8', '447700900101@s.whatsapp.net', NULL),
 (18, 0, 2, 1, 0, 6, 2, 2, NULL, NULL, 700001430, NULL, 'G9', NULL, NULL),
 (20, 0, 1, 0, 0, 10, 1, NULL, NULL, NULL, 700002000, '447700900101@s.whatsapp.net', 'E1', NULL, NULL),
 (21, 0, 46, 0, 0, 10, 1, NULL, NULL, NULL, 700002060, '447700900101@s.whatsapp.net', 'E2', NULL, NULL),
 (22, 0, 2, 0, 0, 10, 1, NULL, NULL, NULL, 700002120, '447700900101@s.whatsapp.net', 'E3', NULL, NULL),
 (23, 0, 0, 1, 0, 59, 1, NULL, NULL, NULL, 700002180, NULL, 'E4', NULL, '447700900101@s.whatsapp.net'),
 -- a hidden name, the status list, a removed chat, a channel, no chat at all
 (30, 0, 0, 0, 8, 0, 3, NULL, NULL, NULL, 700003000, '200000000000003@lid', 'L1', 'u owe me', NULL),
 (31, 0, 0, 1, 8, 0, 3, NULL, NULL, NULL, 700003060, NULL, 'L2', 'ok', '200000000000003@lid'),
 (32, 0, 0, 0, 8, 1, 4, NULL, 3, NULL, 700003120, 'status@broadcast', 'S1', NULL, NULL),
 (33, 0, 0, 1, 8, 0, 5, NULL, NULL, NULL, 700003180, NULL, 'D1', 'in a removed chat', '447700900105@s.whatsapp.net'),
 (34, 0, 0, 0, 8, 0, 6, NULL, NULL, NULL, 700003240, '120363000000000009@newsletter', 'C1', 'news', NULL),
 (35, 0, 0, 0, 8, 0, 77, NULL, NULL, NULL, 700003300, '447700900106@s.whatsapp.net', 'X1', 'chat is gone', NULL),
 -- a card, a place, a document, a poll, not decrypted, an unknown kind
 (40, 0, 0, 0, 8, 4, 1, NULL, 4, NULL, 700004000, '447700900101@s.whatsapp.net', 'M1', NULL, NULL),
 (41, 0, 0, 0, 8, 5, 1, NULL, 5, NULL, 700004060, '447700900101@s.whatsapp.net', 'M2', NULL, NULL),
 (42, 0, 0, 1, 8, 8, 1, NULL, 6, NULL, 700004120, NULL, 'M3', NULL, '447700900101@s.whatsapp.net'),
 (43, 0, 0, 0, 8, 46, 2, 1, NULL, 2, 700004180, '120363000000000001@g.us', 'M4', NULL, NULL),
 (44, 0, 0, 0, 8, 12, 1, NULL, NULL, NULL, 700004240, '447700900101@s.whatsapp.net', 'M5', NULL, NULL),
 (45, 0, 0, 0, 8, 777, 1, NULL, NULL, NULL, 700004300, '447700900101@s.whatsapp.net', 'M6', 'kind of the future', NULL),
 -- values that are none
 (50, 0, 0, 7, 8, 0, 1, NULL, NULL, NULL, 700005000, '447700900101@s.whatsapp.net', 'N1', 'from me 7', NULL),
 (51, 0, 0, 0, 8, NULL, 1, NULL, NULL, NULL, 0, '447700900101@s.whatsapp.net', 'N2', 'no time, no type', NULL),
 (52, 0, 0, 0, 8, 0, 1, NULL, NULL, NULL, 'soon', '', 'N3', '', ''),
 (53, 0, 0, 0, 8, 0, 1, NULL, 7, 3, 700005180, '447700900101@s.whatsapp.net', 'N4', 'metadata is cut off', NULL),
 -- a group of two
 (60, 0, 0, 1, 8, 0, 7, NULL, NULL, NULL, 700006000, NULL, 'T1', 'just us', '120363000000000002@g.us');
INSERT INTO ZWAMEDIAITEM VALUES
 -- 5 key, 6 sender, 19 { 1 "you about?" }
 (1, 3, 0, 0, NULL, NULL, NULL, NULL, NULL, x'2A0241313201419A010C0A0A796F752061626F75743F'),
 (2, 6, 603, 452, 'Media/a.jpg', 'https://mmg.example/x', NULL, 'hash', 'image/jpeg', NULL),
 (3, 32, 603, 452, 'Media/s.jpg', 'https://mmg.example/y', 'a story', 'hash', 'image/jpeg', NULL),
 (4, 40, 0, 0, NULL, NULL, NULL, 'Mike', 'BEGIN:VCARD' || char(10) || 'TEL:+44 7700 900110' || char(10) || 'END:VCARD', NULL),
 (5, 41, 51.5, -0.12, NULL, NULL, 'The Station', NULL, NULL, NULL),
 (6, 42, 0, 0, 'Media/b.pdf', 'https://mmg.example/z', 'ticket.pdf', NULL, 'application/pdf', NULL),
 (7, 53, 0, 0, NULL, NULL, NULL, NULL, NULL, x'2A0241319A01FF');
INSERT INTO ZWAMESSAGEINFO VALUES
 -- 7 { 2 { 1 key, 2 emoji } }
 (1, 2, x'20023A0A12080A0241311202C2A9'),
 -- 8 { 2 "where?" 3 { 1 "park" } 3 { 1 "shop" } }
 (2, 43, x'4218120677686572653F1A060A047061726B1A060A0473686F70'),
 (3, 53, x'3AFF');
