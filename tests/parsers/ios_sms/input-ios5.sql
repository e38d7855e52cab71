-- iOS 5: SMS, MMS and iMessage in one table, each with columns of its own.
CREATE TABLE _SqliteDatabaseProperties (key TEXT, value TEXT, UNIQUE(key));
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, address TEXT, date INTEGER, text TEXT,
  flags INTEGER, replace INTEGER, svc_center TEXT, group_id INTEGER, association_id INTEGER,
  height INTEGER, UIFlags INTEGER, version INTEGER, subject TEXT, country TEXT, headers BLOB,
  recipients BLOB, read INTEGER, madrid_attributedBody BLOB, madrid_handle TEXT,
  madrid_version INTEGER, madrid_guid TEXT, madrid_type INTEGER, madrid_roomname TEXT,
  madrid_service TEXT, madrid_account TEXT, madrid_flags INTEGER, madrid_attachmentInfo BLOB,
  madrid_url TEXT, madrid_error INTEGER, is_madrid INTEGER, madrid_date_read INTEGER,
  madrid_date_delivered INTEGER, madrid_account_guid TEXT);
CREATE TABLE msg_group (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, type INTEGER, newest_message INTEGER,
  unread_count INTEGER, hash INTEGER);
CREATE TABLE group_member (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, group_id INTEGER, address TEXT,
  country TEXT);
CREATE TABLE msg_pieces (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, message_id INTEGER, data BLOB,
  part_id INTEGER, preview_part INTEGER, content_type TEXT, height INTEGER, version INTEGER,
  flags INTEGER, content_id TEXT, content_loc TEXT, headers BLOB);
CREATE TABLE madrid_attachment (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, attachment_guid TEXT,
  created_date INTEGER, start_date INTEGER, filename TEXT, uti_type TEXT, mime_type TEXT,
  transfer_state INTEGER, is_incoming INTEGER, message_id INTEGER);
CREATE TABLE madrid_chat (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, style INTEGER, state INTEGER,
  account_id TEXT, properties BLOB, chat_identifier TEXT, service_name TEXT, guid TEXT,
  room_name TEXT, account_login TEXT, participants BLOB);
INSERT INTO madrid_chat(style,account_login) VALUES (45,'P:+447700900999'), (43,'P:+447700900999'), (45,'E:');
INSERT INTO msg_group(ROWID,type) VALUES (1,0), (2,1);
INSERT INTO group_member(group_id,address) VALUES (1,'07700 900101'), (2,'07700 900101'), (2,'+447700900102');
-- SMS by flags: 2 in, 3 out, 33 35 131 not sent, 129 deleted, 16387 out, others are not known
INSERT INTO message(ROWID,address,date,text,flags,group_id,read,is_madrid) VALUES
  (1,'07700 900101',1320000001,'in',2,1,1,0),
  (2,'07700 900101',1320000002,'out',3,1,0,0),
  (3,'07700 900101',1320000003,'not sent',33,1,0,0),
  (4,'07700 900101',1320000004,'not sent, tried again',35,1,0,0),
  (5,'07700 900101',1320000005,'deleted',129,1,0,0),
  (6,'07700 900101',1320000006,'no such number',131,1,0,0),
  (7,'07700 900101',1320000007,'out as well',16387,1,0,0),
  (8,'07700 900101',1320000008,'who knows',77,1,0,0),
  (9,NULL,0,'nobody, never',2,NULL,0,0);
-- an MMS in a group: its text and its picture are pieces
INSERT INTO message(ROWID,address,date,text,flags,group_id,read,is_madrid,subject) VALUES
  (10,'+447700900102',1320000010,NULL,2,2,0,0,'Pics'),
  (11,NULL,1320000011,'to both',3,2,0,0,NULL);
INSERT INTO msg_pieces(message_id,data,content_type,content_loc) VALUES
  (10,X'3C736D696C2F3E','application/smil','0.smil'), (10,X'6C6F6F6B','text/plain','text_0.txt'),
  (10,X'FFD8FFE0','image/jpeg','IMG_0001.jpg'), (10,X'68657265','text/plain','text_1.txt');
-- iMessages: seconds since 2001, bit 4 of madrid_flags is what the phone sent
INSERT INTO message(ROWID,date,text,flags,read,is_madrid,madrid_handle,madrid_flags,madrid_error,
  madrid_service,madrid_account,madrid_roomname) VALUES
  (12,345000012,'in',0,1,1,'friend@example.org',12289,0,'iMessage','p:+447700900999',NULL),
  (13,345000013,'out',0,0,1,'friend@example.org',36869,0,'iMessage','p:+447700900999',NULL),
  (14,345000014,'out with a link',0,0,1,'friend@example.org',102405,0,NULL,'e:owner@example.org',NULL),
  (15,345000015,'not sent',0,0,1,'friend@example.org',32773,4,'iMessage','p:+447700900999',NULL),
  (16,345000016,'group, in',0,0,1,'+447700900103',77825,0,'iMessage','p:+447700900999','chat77'),
  (17,345000017,'group, out',0,0,1,NULL,98309,0,'iMessage','p:+447700900999','chat77'),
  (18,345000018,NULL,0,0,1,'friend@example.org',NULL,0,'iMessage',NULL,NULL),
  (19,0,'no date',0,0,1,'friend@example.org',12289,0,'iMessage',NULL,NULL),
  (20,99999999999,'no such date',0,0,1,'friend@example.org',12289,0,'iMessage',NULL,NULL);
UPDATE message SET madrid_attributedBody=X'040B73747265616D747970656481E803840140848484194E534D757461626C6541747472696275746564537472696E67008484124E5341747472696275746564537472696E67008484084E534F626A6563740085928484840F4E534D757461626C65537472696E67018484084E53537472696E67019584012B0D6F6E6C792061726368697665648684026949010D928484840C4E5344696374696F6E617279009584016901928498981D5F5F6B494D4D657373616765506172744174747269627574654E616D658692848484084E534E756D626572008484074E5356616C7565009584012A849B9B00868686' WHERE ROWID=18;
INSERT INTO madrid_attachment(message_id,filename,mime_type) VALUES (16,'IMG_2.png','image/png');
