-- Messages of a current iPhone: every kind of row, one to a line, with what it is meant to show.
-- The blobs are archived attributed strings and property lists, made for this test.
CREATE TABLE _SqliteDatabaseProperties (key TEXT, value TEXT, UNIQUE(key));
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, style INTEGER,
  state INTEGER, account_id TEXT, properties BLOB, chat_identifier TEXT, service_name TEXT,
  room_name TEXT, account_login TEXT, is_archived INTEGER DEFAULT 0, last_addressed_handle TEXT,
  display_name TEXT, group_id TEXT, is_filtered INTEGER DEFAULT 0, is_recovered INTEGER DEFAULT 0);
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, id TEXT NOT NULL, country TEXT,
  service TEXT NOT NULL, uncanonicalized_id TEXT, person_centric_id TEXT, UNIQUE (id, service));
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, text TEXT,
  handle_id INTEGER DEFAULT 0, subject TEXT, attributedBody BLOB, service TEXT, account TEXT,
  error INTEGER DEFAULT 0, date INTEGER, date_read INTEGER, date_delivered INTEGER,
  is_delivered INTEGER DEFAULT 0, is_finished INTEGER DEFAULT 0, is_from_me INTEGER DEFAULT 0,
  is_read INTEGER DEFAULT 0, is_sent INTEGER DEFAULT 0, is_forward INTEGER DEFAULT 0,
  cache_has_attachments INTEGER DEFAULT 0, item_type INTEGER DEFAULT 0,
  other_handle INTEGER DEFAULT 0, group_title TEXT, group_action_type INTEGER DEFAULT 0,
  associated_message_guid TEXT, associated_message_type INTEGER DEFAULT 0,
  message_summary_info BLOB, destination_caller_id TEXT, date_retracted INTEGER, date_edited INTEGER,
  associated_message_emoji TEXT, schedule_type INTEGER DEFAULT 0, schedule_state INTEGER DEFAULT 0);
CREATE TABLE attachment (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL,
  created_date INTEGER DEFAULT 0, filename TEXT, uti TEXT, mime_type TEXT, transfer_name TEXT,
  total_bytes INTEGER DEFAULT 0);
CREATE TABLE chat_message_join (chat_id INTEGER REFERENCES chat (ROWID) ON DELETE CASCADE,
  message_id INTEGER REFERENCES message (ROWID) ON DELETE CASCADE, message_date INTEGER DEFAULT 0,
  PRIMARY KEY (chat_id, message_id));
CREATE TABLE chat_handle_join (chat_id INTEGER REFERENCES chat (ROWID) ON DELETE CASCADE,
  handle_id INTEGER REFERENCES handle (ROWID) ON DELETE CASCADE, UNIQUE(chat_id, handle_id));
CREATE TABLE message_attachment_join (message_id INTEGER REFERENCES message (ROWID) ON DELETE CASCADE,
  attachment_id INTEGER REFERENCES attachment (ROWID) ON DELETE CASCADE,
  UNIQUE(message_id, attachment_id));
CREATE TABLE chat_recoverable_message_join (chat_id INTEGER REFERENCES chat (ROWID) ON DELETE CASCADE,
  message_id INTEGER REFERENCES message (ROWID) ON DELETE CASCADE, delete_date INTEGER,
  ck_sync_state INTEGER DEFAULT 0, PRIMARY KEY (chat_id, message_id), CHECK (delete_date != 0));
CREATE TABLE recoverable_message_part (chat_id INTEGER REFERENCES chat (ROWID) ON DELETE CASCADE,
  message_id INTEGER REFERENCES message (ROWID) ON DELETE CASCADE, part_index INTEGER,
  delete_date INTEGER, part_text BLOB NOT NULL, ck_sync_state INTEGER DEFAULT 0,
  PRIMARY KEY (chat_id, message_id, part_index), CHECK (delete_date != 0));
CREATE INDEX chat_message_join_idx_message_id_only ON chat_message_join(message_id);
CREATE INDEX message_attachment_join_idx_message_id ON message_attachment_join(message_id);
INSERT INTO handle(ROWID,id,service) VALUES
  (1,'+447700900101','iMessage'), (2,'+447700900102','SMS'), (3,'friend@example.org','iMessage'),
  (4,'TAXIS','SMS'), (5,'+447700900105(smsft_fi)','SMS'), (6,'SHOP(filtered)','SMS');
INSERT INTO chat(ROWID,guid,style,chat_identifier,account_login,display_name,last_addressed_handle) VALUES
  (1,'iMessage;-;+447700900101',45,'+447700900101','P:+447700900999','','+447700900999'),
  (2,'iMessage;+;chat1000',43,'chat1000','E:owner@example.org','Friday','owner@example.org'),
  (3,'SMS;-;TAXIS',45,'TAXIS','E:','',''),
  (4,'SMS;-;+447700900105(smsft_fi)',45,'+447700900105(smsft_fi)',NULL,NULL,NULL),
  (5,'iMessage;-;nobody@example.org',45,'nobody@example.org','E:','','');
INSERT INTO chat_handle_join VALUES (1,1), (2,1), (2,2), (2,3), (3,4), (4,5);
-- 1: in, text, read; the account is the owner
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,date)
  VALUES (1,'g1',0,1,'iMessage','P:+447700900999',1,1,1,'See you at the station',700000060000000000);
INSERT INTO chat_message_join VALUES (1,1,0);
-- 2: out; is_read is about the other phone and says nothing of the owner
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_sent,is_delivered,text,date)
  VALUES (2,'g2',1,1,'iMessage','P:+447700900999',1,1,1,1,'OK',700000120000000000);
INSERT INTO chat_message_join VALUES (1,2,0);
-- 3: in, only an archive holds the text
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,attributedBody,destination_caller_id,date)
  VALUES (3,'g3',0,1,'iMessage','P:+447700900999',0,1,1,X'040B73747265616D747970656481E803840140848484124E5341747472696275746564537472696E67008484084E534F626A656374008592848484084E53537472696E67019484012B1F4272696E67203230207175696420E2809320646F6E2774206265206C6174658684026949011D928484840C4E5344696374696F6E617279009484016901928496961D5F5F6B494D4D657373616765506172744174747269627574654E616D658692848484084E534E756D626572008484074E5356616C7565009484012A84999900868686','owner@example.org',700000180000000000);
INSERT INTO chat_message_join VALUES (1,3,0);
-- 4: out, a long text in a mutable archive
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_sent,is_delivered,attributedBody,date)
  VALUES (4,'g4',1,1,'iMessage','P:+447700900999',0,1,1,1,X'040B73747265616D747970656481E803840140848484194E534D757461626C6541747472696275746564537472696E67008484124E5341747472696275746564537472696E67008484084E534F626A6563740085928484840F4E534D757461626C65537472696E67018484084E53537472696E67019584012B81C8006162636465666768696A6162636465666768696A6162636465666768696A6162636465666768696A6162636465666768696A6162636465666768696A6162636465666768696A6162636465666768696A6162636465666768696A6162636465666768696A6162636465666768696A6162636465666768696A6162636465666768696A6162636465666768696A6162636465666768696A6162636465666768696A6162636465666768696A6162636465666768696A6162636465666768696A6162636465666768696A86840269490181C800928484840C4E5344696374696F6E617279009584016901928498981D5F5F6B494D4D657373616765506172744174747269627574654E616D658692848484084E534E756D626572008484074E5356616C7565009584012A849B9B00868686',700000240000000000);
INSERT INTO chat_message_join VALUES (1,4,0);
-- 5: the archive of nothing
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,attributedBody,date)
  VALUES (5,'g5',0,1,'iMessage','P:+447700900999',1,1,1,X'040B73747265616D747970656481E803840140848484124E5341747472696275746564537472696E67008484084E534F626A656374008592848484084E53537472696E67019484012B0086840269490100928484840C4E5344696374696F6E617279009484016901928496961D5F5F6B494D4D657373616765506172744174747269627574654E616D658692848484084E534E756D626572008484074E5356616C7565009484012A84999900868686',700000300000000000);
INSERT INTO chat_message_join VALUES (1,5,0);
-- 6: an archive that ends within its text: a warning, and the row stands
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,attributedBody,date)
  VALUES (6,'g6',0,1,'iMessage','P:+447700900999',1,1,1,X'040B73747265616D747970656481E803840140848484124E5341747472696275746564537472696E67008484084E534F626A656374008592848484084E53537472696E67019484012B1468616C66206F66207468697320697320',700000360000000000);
INSERT INTO chat_message_join VALUES (1,6,0);
-- 7: an archive that claims more text than there is
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,attributedBody,date)
  VALUES (7,'g7',0,1,'iMessage','P:+447700900999',1,1,1,X'040B73747265616D747970656481E803840140848484124E5341747472696275746564537472696E67008484084E534F626A656374008592848484084E53537472696E67019484012B7F73686F727486840269490105928484840C4E5344696374696F6E617279009484016901928496961D5F5F6B494D4D657373616765506172744174747269627574654E616D658692848484084E534E756D626572008484074E5356616C7565009484012A84999900868686',700000420000000000);
INSERT INTO chat_message_join VALUES (1,7,0);
-- 8: an archive of something else
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,attributedBody,date)
  VALUES (8,'g8',0,1,'iMessage','P:+447700900999',1,1,1,X'62706C6973743030',700000480000000000);
INSERT INTO chat_message_join VALUES (1,8,0);
-- 9: an attachment alone: U+FFFC in both, and name and type of the file
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,attributedBody,cache_has_attachments,date)
  VALUES (9,'g9',0,1,'iMessage','P:+447700900999',1,1,1,char(65532),X'040B73747265616D747970656481E803840140848484124E5341747472696275746564537472696E67008484084E534F626A656374008592848484084E53537472696E67019484012B03EFBFBC86840269490101928484840C4E5344696374696F6E617279009484016901928496961D5F5F6B494D4D657373616765506172744174747269627574654E616D658692848484084E534E756D626572008484074E5356616C7565009484012A84999900868686',1,700000540000000000);
INSERT INTO chat_message_join VALUES (1,9,0);
INSERT INTO attachment(ROWID,guid,filename,uti,mime_type,transfer_name) VALUES (1,'a1','~/Library/SMS/Attachments/a/photo.heic','public.heic','image/heic','IMG_0001.HEIC'), (2,'a2','~/Library/SMS/Attachments/b/x.dat','public.data',NULL,NULL);
INSERT INTO message_attachment_join VALUES (9,1), (9,2), (9,77);
-- 10: text and archive say the same; the text is enough
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_sent,is_delivered,text,attributedBody,date)
  VALUES (10,'g10',1,1,'iMessage','P:+447700900999',0,1,1,1,'plain',X'040B73747265616D747970656481E803840140848484124E5341747472696275746564537472696E67008484084E534F626A656374008592848484084E53537472696E67019484012B0D6E6F74206C6F6F6B65642061748684026949010D928484840C4E5344696374696F6E617279009484016901928496961D5F5F6B494D4D657373616765506172744174747269627574654E616D658692848484084E534E756D626572008484074E5356616C7565009484012A84999900868686',700000600000000000);
INSERT INTO chat_message_join VALUES (1,10,0);
-- 11: group, in: the handle is the sender, the other members receive
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,date)
  VALUES (11,'g11',0,3,'iMessage','P:+447700900999',1,1,1,'who is on tonight',700000660000000000);
INSERT INTO chat_message_join VALUES (2,11,0);
-- 12: group, out: all members
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_sent,is_delivered,text,date)
  VALUES (12,'g12',1,0,'iMessage','E:owner@example.org',0,1,1,1,'me',700000720000000000);
INSERT INTO chat_message_join VALUES (2,12,0);
-- 13: group, in, no handle: the sender is unknown, never the group
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,date)
  VALUES (13,'g13',0,0,'iMessage','P:+447700900999',1,1,1,'unsigned',700000780000000000);
INSERT INTO chat_message_join VALUES (2,13,0);
-- 14: group, in, from somebody who has left it
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,date)
  VALUES (14,'g14',0,4,'iMessage','P:+447700900999',1,1,1,'left',700000840000000000);
INSERT INTO chat_message_join VALUES (2,14,0);
-- 15: a handle that is not in the table
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,date)
  VALUES (15,'g15',0,99,'iMessage','P:+447700900999',1,1,1,'orphan',700000900000000000);
INSERT INTO chat_message_join VALUES (1,15,0);
-- 16: in no thread
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,date)
  VALUES (16,'g16',0,1,'iMessage','P:+447700900999',1,1,1,'threadless',700000960000000000);
-- 17: in two threads: one record
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,date)
  VALUES (17,'g17',0,1,'iMessage','P:+447700900999',1,1,1,'twice',700001020000000000);
INSERT INTO chat_message_join VALUES (1,17,0);
INSERT INTO chat_message_join VALUES (2,17,0);
-- 18: sender name
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,date)
  VALUES (18,'g18',0,4,'SMS','E:',1,1,1,'Your cab is outside',700001080000000000);
INSERT INTO chat_message_join VALUES (3,18,0);
-- 19: Apple's mark behind the number is not part of it; no account
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,date)
  VALUES (19,'g19',0,5,'SMS',NULL,1,1,1,'filtered',700001140000000000);
INSERT INTO chat_message_join VALUES (4,19,0);
-- 20: and behind a name
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,date)
  VALUES (20,'g20',0,6,'SMS','E:',1,1,1,'offer',700001200000000000);
-- 21: out to a thread of two whose member table is empty
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_sent,is_delivered,text,date)
  VALUES (21,'g21',1,0,'iMessage','E:',0,1,1,1,'are you there',700001260000000000);
INSERT INTO chat_message_join VALUES (5,21,0);
-- 22: RCS, destination_caller_id before account
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,destination_caller_id,text,date)
  VALUES (22,'g22',0,1,'RCS','P:+447700900999',1,1,1,'+447700900998','rcs',700001320000000000);
INSERT INTO chat_message_join VALUES (1,22,0);
-- 23: no service, no read flag, no account
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,date)
  VALUES (23,'g23',0,1,NULL,NULL,NULL,1,1,'bare',700001380000000000);
INSERT INTO chat_message_join VALUES (1,23,0);
-- 24: neither in nor out: direction and sender are unknown
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,date)
  VALUES (24,'g24',NULL,1,'iMessage','P:+447700900999',1,1,1,'whose',700001440000000000);
INSERT INTO chat_message_join VALUES (1,24,0);
-- 25: out, not sent: an error
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_sent,is_delivered,error,text,date)
  VALUES (25,'g25',1,1,'iMessage','P:+447700900999',0,1,0,0,22,'failed',700001500000000000);
INSERT INTO chat_message_join VALUES (1,25,0);
-- 26: out, not sent, no error
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_sent,is_delivered,text,date)
  VALUES (26,'g26',1,1,'iMessage','P:+447700900999',0,1,0,0,'stuck',700001560000000000);
INSERT INTO chat_message_join VALUES (1,26,0);
-- 27: out, delivered though is_sent is 0
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_sent,is_delivered,text,date)
  VALUES (27,'g27',1,1,'iMessage','P:+447700900999',0,1,0,1,'arrived',700001620000000000);
INSERT INTO chat_message_join VALUES (1,27,0);
-- 28: out, to be sent later
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_sent,is_delivered,schedule_type,schedule_state,text,date)
  VALUES (28,'g28',1,1,'iMessage','P:+447700900999',0,1,0,0,2,1,'tomorrow',700001680000000000);
INSERT INTO chat_message_join VALUES (1,28,0);
-- 29: an error on what came in is not a failure to send
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,error,text,date)
  VALUES (29,'g29',0,1,'iMessage','P:+447700900999',1,1,1,5,'in with error',700001740000000000);
INSERT INTO chat_message_join VALUES (1,29,0);
-- 30: forwarded, with a file that the row itself does not count
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_sent,is_delivered,is_forward,text,date)
  VALUES (30,'g30',1,1,'iMessage','P:+447700900999',0,1,1,1,1,'fwd',700001800000000000);
INSERT INTO chat_message_join VALUES (1,30,0);
INSERT INTO message_attachment_join VALUES (30,1);
-- 31: a subject stands before the text
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,subject,text,date)
  VALUES (31,'g31',0,1,'iMessage','P:+447700900999',1,1,1,'Re: Saturday','yes',700001860000000000);
INSERT INTO chat_message_join VALUES (1,31,0);
-- 32: a subject alone
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,subject,date)
  VALUES (32,'g32',0,1,'iMessage','P:+447700900999',1,1,1,'Only this',700001920000000000);
INSERT INTO chat_message_join VALUES (1,32,0);
-- 33: a loved message
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,associated_message_type,associated_message_guid,text,date)
  VALUES (33,'g33',0,1,'iMessage','P:+447700900999',1,1,1,2000,'p:0/g2','Loved “OK”',700001980000000000);
INSERT INTO chat_message_join VALUES (1,33,0);
-- 34: any emoji
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_sent,is_delivered,associated_message_type,associated_message_emoji,associated_message_guid,date)
  VALUES (34,'g34',1,1,'iMessage','P:+447700900999',0,1,1,1,2006,'🔥','p:0/g1',700002040000000000);
INSERT INTO chat_message_join VALUES (1,34,0);
-- 35: a tapback taken away
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,associated_message_type,associated_message_guid,text,date)
  VALUES (35,'g35',0,1,'iMessage','P:+447700900999',1,1,1,3001,'p:0/g2','Removed a like',700002100000000000);
INSERT INTO chat_message_join VALUES (1,35,0);
-- 36: a sticker put on a message
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,associated_message_type,associated_message_guid,text,date)
  VALUES (36,'g36',0,1,'iMessage','P:+447700900999',1,1,1,1000,'p:0/g2',char(65532),700002160000000000);
INSERT INTO chat_message_join VALUES (1,36,0);
-- 37: an app's own update is a message
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,associated_message_type,associated_message_guid,text,date)
  VALUES (37,'g37',0,1,'iMessage','P:+447700900999',1,1,1,2,'g1','played',700002220000000000);
INSERT INTO chat_message_join VALUES (1,37,0);
-- 38: group: a member added; the person stands in `to`
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,item_type,other_handle,group_action_type,date)
  VALUES (38,'g38',0,3,'iMessage','P:+447700900999',1,1,1,1,2,0,700002280000000000);
INSERT INTO chat_message_join VALUES (2,38,0);
-- 39: group: out, a member removed
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_sent,is_delivered,item_type,other_handle,group_action_type,date)
  VALUES (39,'g39',1,0,'iMessage','P:+447700900999',0,1,0,0,1,2,1,700002340000000000);
INSERT INTO chat_message_join VALUES (2,39,0);
-- 40: group: renamed; the new name is the text
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,item_type,group_title,date)
  VALUES (40,'g40',0,1,'iMessage','P:+447700900999',1,1,1,2,'JAY line',700002400000000000);
INSERT INTO chat_message_join VALUES (2,40,0);
-- 41: group: left
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,item_type,date)
  VALUES (41,'g41',0,2,'iMessage','P:+447700900999',1,1,1,3,700002460000000000);
INSERT INTO chat_message_join VALUES (2,41,0);
-- 42: location shared, by nobody who is named
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,item_type,date)
  VALUES (42,'g42',0,0,'iMessage',NULL,1,1,1,4,700002520000000000);
INSERT INTO chat_message_join VALUES (1,42,0);
-- 43: edited: the text is the last one, the earlier ones are told of
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,date_edited,message_summary_info,date)
  VALUES (43,'g43',0,1,'iMessage','P:+447700900999',1,1,1,'meet at 9',700002700000000000,X'62706C6973743030D50102030405060712131853616D63526563526570536F7472537573741000D108095130A20A0FD20B0C0D0E516451742341C4DC93800000004F10B8040B73747265616D747970656481E803840140848484124E5341747472696275746564537472696E67008484084E534F626A656374008592848484084E53537472696E67019484012B096D656574206174203886840269490109928484840C4E5344696374696F6E617279009484016901928496961D5F5F6B494D4D657373616765506172744174747269627574654E616D658692848484084E534E756D626572008484074E5356616C7565009484012A84999900868686D20B0C10112341C4DC93808000004F10B8040B73747265616D747970656481E803840140848484124E5341747472696275746564537472696E67008484084E534F626A656374008592848484084E53537472696E67019484012B096D656574206174203986840269490109928484840C4E5344696374696F6E617279009484016901928496961D5F5F6B494D4D657373616765506172744174747269627574654E616D658692848484084E534E756D626572008484074E5356616C7565009484012A84999900868686A106D10814D215161706526C65526C6F100909000800130017001A001D002100250027002A002C002F003400360038004100FC0101010A01C501C701CA01CF01D201D501D700000000000002010000000000000019000000000000000000000000000001D8',700002580000000000);
INSERT INTO chat_message_join VALUES (1,43,0);
-- 44: edited, with the date alone
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,date_edited,date)
  VALUES (44,'g44',0,1,'iMessage','P:+447700900999',1,1,1,'edited',700002760000000000,700002640000000000);
INSERT INTO chat_message_join VALUES (1,44,0);
-- 45: taken back whole; date_edited is set then too
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,date_edited,message_summary_info,date)
  VALUES (45,'g45',0,1,'iMessage','P:+447700900999',1,1,1,700002800000000000,X'62706C6973743030D40102030405060C0D53616D63536F7472527270537573741000D107085130D2090A0B05526C65526C6F1005A10509081115191C202225272C2F3234360000000000000101000000000000000E00000000000000000000000000000037',700002700000000000);
INSERT INTO chat_message_join VALUES (1,45,0);
-- 46: taken back, with the date alone
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_sent,is_delivered,date_retracted,date)
  VALUES (46,'g46',1,1,'iMessage','P:+447700900999',0,1,1,1,700002860000000000,700002760000000000);
INSERT INTO chat_message_join VALUES (1,46,0);
-- 47: edited and one part taken back, no date
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_sent,is_delivered,text,message_summary_info,date)
  VALUES (47,'g47',1,1,'iMessage','P:+447700900999',0,1,1,1,'what is left',X'62706C6973743030D3010203040F1152656352727053757374D105065130A2070CD208090A0B516451742341C4DC93800000004F10B0040B73747265616D747970656481E803840140848484124E5341747472696275746564537472696E67008484084E534F626A656374008592848484084E53537472696E67019484012B016186840269490101928484840C4E5344696374696F6E617279009484016901928496961D5F5F6B494D4D657373616765506172744174747269627574654E616D658692848484084E534E756D626572008484074E5356616C7565009484012A84999900868686D208090D0E2341C4DC93808000004F10B0040B73747265616D747970656481E803840140848484124E5341747472696275746564537472696E67008484084E534F626A656374008592848484084E53537472696E67019484012B016286840269490101928484840C4E5344696374696F6E617279009484016901928496961D5F5F6B494D4D657373616765506172744174747269627574654E616D658692848484084E534E756D626572008484074E5356616C7565009484012A84999900868686A1101001090008000F001200150019001C001E002100260028002A003300E600EB00F401A701A901AB00000000000002010000000000000012000000000000000000000000000001AC',700002820000000000);
INSERT INTO chat_message_join VALUES (1,47,0);
-- 48: a summary that speaks of edits and is damaged
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,date_edited,message_summary_info,date)
  VALUES (48,'g48',0,1,'iMessage','P:+447700900999',1,1,1,'odd summary',700002980000000000,X'62706C6973743030D20102030B526563527270D104055130A106D20708090A516451742341C4DC93800000004F10B0040B73747265616D747970656481E803840140848484124E5341747472696275746564537472696E67008484084E534F626A656374008592848484084E53537472696E67019484012B016186840269490101928484840C4E5344696374696F6E617279009484016901928496961D5F5F6B494D4D657373616765506172744174747269627574654E616D658692848484084E534E756D626572008484074E5356616C7565009484012A84999900868686A10C1001080D101316181A1F21232CDFE1000000000000010100000000',700002880000000000);
INSERT INTO chat_message_join VALUES (1,48,0);
-- 49: an ordinary summary
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,message_summary_info,date)
  VALUES (49,'g49',0,1,'iMessage','P:+447700900999',1,1,1,'ordinary',X'62706C6973743030D20102030453616D6353757374100109080D1115170000000000000101000000000000000500000000000000000000000000000018',700002940000000000);
INSERT INTO chat_message_join VALUES (1,49,0);
-- 50: recently deleted: its thread is in the other table
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,date)
  VALUES (50,'g50',0,1,'iMessage','P:+447700900999',1,1,1,'delete this',700003000000000000);
INSERT INTO chat_recoverable_message_join VALUES (1,50,700009999000000000,0);
INSERT INTO recoverable_message_part VALUES (1,50,0,700009999000000000,X'040B73747265616D747970656481E803840140848484124E5341747472696275746564537472696E67008484084E534F626A656374008592848484084E53537472696E67019484012B0B64656C65746520746869738684026949010B928484840C4E5344696374696F6E617279009484016901928496961D5F5F6B494D4D657373616765506172744174747269627574654E616D658692848484084E534E756D626572008484074E5356616C7565009484012A84999900868686',0);
-- 51: one part of it deleted: a record of its own
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,date)
  VALUES (51,'g51',0,1,'iMessage','P:+447700900999',1,1,1,'the part that stays',700003060000000000);
INSERT INTO chat_message_join VALUES (1,51,0);
INSERT INTO recoverable_message_part VALUES (1,51,1,700009999000000000,X'040B73747265616D747970656481E803840140848484124E5341747472696275746564537472696E67008484084E534F626A656374008592848484084E53537472696E67019484012B12746865207061727420746861742077656E7486840269490112928484840C4E5344696374696F6E617279009484016901928496961D5F5F6B494D4D657373616765506172744174747269627574654E616D658692848484084E534E756D626572008484074E5356616C7565009484012A84999900868686',0);
INSERT INTO recoverable_message_part VALUES (1,51,2,700009999000000000,X'00',0);
INSERT INTO recoverable_message_part VALUES (1,4444,0,700009999000000000,X'040B73747265616D747970656481E803840140848484124E5341747472696275746564537472696E67008484084E534F626A656374008592848484084E53537472696E67019484012B196F662061206D657373616765207468617420697320676F6E6586840269490119928484840C4E5344696374696F6E617279009484016901928496961D5F5F6B494D4D657373616765506172744174747269627574654E616D658692848484084E534E756D626572008484074E5356616C7565009484012A84999900868686',0);
-- 52: date 0: not set
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,date)
  VALUES (52,'g52',0,1,'iMessage','P:+447700900999',1,1,1,'no date',0);
INSERT INTO chat_message_join VALUES (1,52,0);
-- 53: date NULL
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,date)
  VALUES (53,'g53',0,1,'iMessage','P:+447700900999',1,1,1,'null date',NULL);
INSERT INTO chat_message_join VALUES (1,53,0);
-- 54: a date in seconds
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,date)
  VALUES (54,'g54',0,1,'iMessage','P:+447700900999',1,1,1,'old date',470000000);
INSERT INTO chat_message_join VALUES (1,54,0);
-- 55: seconds with a fraction
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,date)
  VALUES (55,'g55',0,1,'iMessage','P:+447700900999',1,1,1,'fraction',470000000.25);
INSERT INTO chat_message_join VALUES (1,55,0);
-- 56: a date beyond all years
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,date)
  VALUES (56,'g56',0,1,'iMessage','P:+447700900999',1,1,1,'far',9223372036854775807);
INSERT INTO chat_message_join VALUES (1,56,0);
-- 57: a negative date
INSERT INTO message(ROWID,guid,is_from_me,handle_id,service,account,is_read,is_finished,is_delivered,text,date)
  VALUES (57,'g57',0,1,'iMessage','P:+447700900999',1,1,1,'before',-70000000000);
INSERT INTO chat_message_join VALUES (1,57,0);
