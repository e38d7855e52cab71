-- A fictional case for the tests of reports: what a scan of one phone leaves behind. All names are
-- invented, all numbers are from ranges reserved for drama.
INSERT INTO run VALUES(1, 'scan', 1767225600000, 1767225603500);
INSERT INTO exhibit (id,label,kind,platform,fingerprint,state,files_seen,bytes_seen,files_kept,bytes_kept,detail) VALUES(1, 'returned-phone', 'itunes-backup', 'ios',
 '1111111111111111111111111111111111111111111111111111111111111111', 'whole', 5210, 8123456789, 6,
 12345678, NULL);
INSERT INTO evidence_file VALUES
(1, 1, 'HomeDomain/Library/AddressBook/AddressBook.sqlitedb', NULL, 335872,
 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', NULL, 'read', 'ios-addressbook', 2,
 NULL, NULL),
(2, 1, 'HomeDomain/Library/CallHistoryDB/CallHistory.storedata', NULL, 65536,
 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', NULL, 'read', 'ios-calls', 4, NULL,
 NULL),
(3, 1, 'HomeDomain/Library/SMS/sms.db', NULL, 1048576,
 'cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc', NULL, 'read', 'ios-sms', 56, NULL,
 NULL),
(4, 1, 'HomeDomain/Library/SMS/sms.db-wal', NULL, 41232,
 'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd', 3, 'read', NULL, 0, NULL, NULL),
(5, 1, 'AppDomainGroup-group.net.whatsapp.WhatsApp.shared/ChatStorage.sqlite', NULL, 9437184, NULL,
 NULL, 'present-not-read', NULL, 0, NULL, 'No reader for this app yet.'),
(6, 1, 'HomeDomain/Library/Voicemail/voicemail.db', NULL, NULL, NULL, NULL, 'absent', NULL, 0, NULL,
 'The backup lists it, its bytes are not in the folder.');
INSERT INTO app VALUES
(1, 'com.apple.MobileSMS', 'Messages', 1, 'HomeDomain/Library/SMS/sms.db'),
(1, 'com.toyopagroup.picaboo', 'Snapchat', 0, 'Info.plist'),
(1, 'net.whatsapp.WhatsApp', 'WhatsApp', 0, 'Info.plist');
INSERT INTO warning VALUES
(1, 1, 3, 'text-lost', 1, 'message', 211, 'attributedBody ends in the middle of its text', 1),
(2, 1, 3, 'note', 0, 'message', NULL, 'column date_edited absent', 1);
INSERT INTO party VALUES
(1, 1, 'owner', '+447700900001', 'GB_MOBILE', 447700900001, 'certain', 'international form', NULL),
(2, 1, 'person', '07700 900123', 'GB_MOBILE', 447700900123, 'assumed', 'national form', NULL),
(3, 1, 'person', '+447700900077', 'GB_MOBILE', 447700900077, 'certain', 'international form', NULL),
(4, 1, 'person', '+447700900555', 'GB_MOBILE', 447700900555, 'certain', 'international form', NULL),
(5, 1, 'unknown', NULL, 'ABSENT', NULL, 'none', 'the source gives nothing', NULL);
INSERT INTO party_set VALUES (1, 0, 1), (2, 0, 2), (3, 0, 1), (3, 1, 2), (3, 2, 4);
INSERT INTO thread VALUES (1, 3, 'iMessage;-;+447700900123', NULL), (2, 3, 'SMS;-;+447700900077', NULL),
(3, 3, 'iMessage;+;chat77', 'weekend');
INSERT INTO record (id,file,tbl,row,kind,time,time_raw,unit,direction,"from","to",thread,service,text,duration,name,read,state) VALUES
(1, 1, 'ABPerson', 4, 1, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 'Deano line', NULL, 0),
(2, 1, 'ABPerson', 5, 1, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, 'Nan', NULL, 0),
(3, 2, 'ZCALLRECORD', 9, 2, 1753469999250, '775162799.25', 'cocoa', 1, 2, 1, NULL, 'Telephone', NULL,
 35250, NULL, NULL, 0),
(4, 2, 'ZCALLRECORD', 10, 2, 1753470300000, '775163100', 'cocoa', 2, 1, 2, NULL, 'Telephone', NULL, 61000,
 NULL, NULL, 0),
(5, 3, 'message', 101, 3, 1753466400000, '775159200000000000', 'cocoa', 1, 2, 1, 1, 'iMessage',
 'on till 1, both banging, 3 for 25. new number same line', NULL, NULL, 1, 0),
(6, 3, 'message', 102, 3, 1753466460000, '775159260000000000', 'cocoa', 2, 1, 2, 1, 'iMessage',
 'ok how many', NULL, NULL, NULL, 1),
(7, 3, 'message', 140, 3, 1753776000000, '775468800000000000', 'cocoa', 1, 3, 1, 2, 'SMS',
 'you owe 300 now. work it off or we come to ur mums. answer ur phone', NULL, NULL, 0, 0),
(8, 3, 'message', 141, 3, NULL, '0', 'cocoa', 0, NULL, NULL, 3, 'iMessage',
 'ring 07700 900123 when u land', NULL, NULL, NULL, 32),
(9, 3, 'message', 142, 3, 1753776300123, '775469100123000000', 'cocoa', 1, 4, 3, 3, 'iMessage',
 NULL, NULL, NULL, 1, 2048);
INSERT INTO contact_id VALUES (1, 0, 2, 'mobile'), (2, 0, 4, 'home');
INSERT INTO attachment VALUES (9, 0, 'IMG_0042.HEIC', 'image/heic');
INSERT INTO mention VALUES (8, 0, 5, 17, 447700900123, 'GB_MOBILE', 'assumed');
INSERT INTO pack VALUES
(1, 'lines-csv', 'lines.csv', '1', 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee', 12, 1),
(2, 'rules', 'core', '1.0', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff', 25, 0);
INSERT INTO line VALUES
(1, 1, 2, 'Deano', '07700 900123', 447700900123, 1751328000000, 1767225600000, 'active', '2BP');
INSERT INTO rule VALUES
('core.debt.work-it-off', 2, 'debt-threat', 2, 'A debt is to be paid by working.',
 'Friends joke about small debts.', NULL),
('core.supply.offer', 2, 'broadcast', 2, 'An offer with prices and times, as lines send them to many.',
 'Takeaways and clubs send offers too.', NULL),
('core.travel.tickets', 2, 'travel', 3, 'A ticket that somebody else bought.', 'Family trips.',
 'stage 3 was not asked for');
INSERT INTO match VALUES
(1, 1, 1, NULL, 'contact', NULL, NULL), (2, 1, 1, NULL, 'name', NULL, NULL),
(3, 3, 1, NULL, 'from', NULL, NULL), (4, 4, 1, NULL, 'to', NULL, NULL),
(5, 5, 1, NULL, 'from', NULL, NULL), (6, 5, NULL, 'core.supply.offer', 'text', 0, 33),
(7, 6, 1, NULL, 'to', NULL, NULL), (8, 7, NULL, 'core.debt.work-it-off', 'text', 0, 28),
(9, 8, 1, NULL, 'mention', 5, 17);
INSERT INTO outcome VALUES (1, 2, 45, 'strong', 67);
INSERT INTO finding VALUES
('F1', 1, 'line', 'line-match', 'Deano', 30,
 'The number 07700 900123 is on the line list as Deano, and there was contact with it both ways.',
 'The phone was in touch with a number that is known as a deal line.',
 'Numbers change hands; a relative or friend may have used the phone.',
 'Without this the level would be: Some indicators', 1, 1, 'two-way'),
('F2', 2, 'core.debt.work-it-off', 'debt-threat', NULL, 18,
 'A message demands money, says that it is to be worked off, and threatens the family.',
 'A debt is to be paid by working.', 'Friends joke about small debts.',
 'Without this the level would be: Strong indicators', 2, 0, NULL),
('F3', 3, 'core.supply.offer', 'broadcast', 'Deano', 8,
 'A text offers amounts and prices and says how long the sender is there.',
 'An offer with prices and times, as lines send them to many.',
 'Takeaways and clubs send offers too.',
 'Without this the level would be: Strong indicators', 2, 0, NULL);
INSERT INTO finding_record VALUES
('F1', 1, 1, NULL, NULL), ('F1', 2, 3, NULL, NULL), ('F1', 3, 4, NULL, NULL), ('F1', 4, 5, NULL, NULL),
('F1', 5, 6, NULL, NULL), ('F1', 6, 8, 5, 17), ('F2', 1, 7, 0, 28), ('F3', 1, 5, 0, 33);
INSERT INTO finding_count VALUES ('F1', 6), ('F2', 1), ('F3', 14);
INSERT INTO role VALUES
('debt-threat-victim', 1, '["F2"]', '["The sender is not saved and no other message speaks of money."]'),
('customer', 2, '["F1","F3"]', '["The phone wrote to the line only once."]');
