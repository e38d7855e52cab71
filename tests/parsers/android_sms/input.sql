-- Android 10 in kind.
CREATE TABLE threads (_id INTEGER PRIMARY KEY AUTOINCREMENT, date INTEGER DEFAULT 0, message_count INTEGER DEFAULT 0, recipient_ids TEXT, snippet TEXT);
CREATE TABLE canonical_addresses (_id INTEGER PRIMARY KEY AUTOINCREMENT, address TEXT);
CREATE TABLE sms (_id INTEGER PRIMARY KEY, thread_id INTEGER, address TEXT, person INTEGER, date INTEGER, date_sent INTEGER DEFAULT 0,
  protocol INTEGER, read INTEGER DEFAULT 0, status INTEGER DEFAULT -1, type INTEGER, reply_path_present INTEGER, subject TEXT, body TEXT,
  service_center TEXT, locked INTEGER DEFAULT 0, sub_id INTEGER DEFAULT -1, error_code INTEGER DEFAULT 0, creator TEXT, seen INTEGER DEFAULT 0);
CREATE TABLE pdu (_id INTEGER PRIMARY KEY AUTOINCREMENT, thread_id INTEGER, date INTEGER, date_sent INTEGER DEFAULT 0, msg_box INTEGER,
  read INTEGER DEFAULT 0, m_id TEXT, sub TEXT, sub_cs INTEGER, ct_t TEXT, m_type INTEGER, text_only INTEGER DEFAULT 0);
CREATE TABLE addr (_id INTEGER PRIMARY KEY, msg_id INTEGER, contact_id INTEGER, address TEXT, type INTEGER, charset INTEGER);
CREATE TABLE part (_id INTEGER PRIMARY KEY AUTOINCREMENT, mid INTEGER, seq INTEGER DEFAULT 0, ct TEXT, name TEXT, chset INTEGER, cd TEXT,
  fn TEXT, cid TEXT, cl TEXT, ctt_s INTEGER, ctt_t TEXT, _data TEXT, text TEXT);
CREATE TRIGGER sms_update_thread_on_insert AFTER INSERT ON sms BEGIN UPDATE threads SET snippet = new.body WHERE threads._id = new.thread_id; END;
INSERT INTO canonical_addresses VALUES(1,'+447700900701'),(2,'07700 900702'),(3,'+447700900703'),(4,'boss@example.org'),(5,'abc@rcs.google.com');
INSERT INTO threads(_id,recipient_ids) VALUES(1,'1'),(2,'1 2'),(3,'1 2 3'),(4,'4'),(5,'1 99'),(6,''),(7,NULL),(8,'5'),(9,'1 2 x  3');
-- The six types; read of one's own message says nothing
INSERT INTO sms(_id,thread_id,address,date,date_sent,read,type,subject,body,sub_id) VALUES
 (1,1,'07700 900701',1700000000123,1700000000000,1,1,NULL,'two for one on the best',1),
 (2,1,'+447700900701',1700000001000,0,1,2,NULL,'who is this',1),
 (3,1,NULL,1700000002000,0,1,3,NULL,'never sent',1),
 (4,1,'+447700900701',1700000003000,0,1,4,NULL,'in the outbox',1),
 (5,1,'+447700900701',1700000004000,0,1,5,NULL,'failed',1),
 (6,1,'+447700900701',1700000005000,0,1,6,NULL,'queued',1),
 -- types of no meaning, no sender, a draft to several, one of several that were sent to
 (7,1,'+447700900701',1700000006000,0,0,0,NULL,'type 0',1),
 (8,1,'+447700900701',1700000007000,0,0,NULL,NULL,'type NULL',1),
 (9,1,'+447700900701',1700000008000,0,0,'2 ',NULL,'type as text',1),
 (10,1,NULL,1700000009000,0,0,1,NULL,'from nobody',1),
 (11,2,NULL,1700000010000,0,0,3,NULL,'a draft to two',1),
 (12,2,'07700 900702',1700000011000,0,0,2,NULL,'one of two rows',1),
 (13,99,'Example',1700000012000,0,0,1,NULL,'a name as sender, a thread that is gone',1),
 (14,1,'60075',1700000013000,0,0,1,'a subject','a short code',1),
 (15,1,'+447700900701',1700000014000,0,0,1,'only a subject',NULL,1),
 -- times
 (16,1,'+447700900701',0,0,0,1,NULL,'no time',1),
 (17,1,'+447700900701',NULL,0,0,1,NULL,NULL,1),
 (18,1,'+447700900701',-1,0,0,1,NULL,'',1),
 (19,1,'+447700900701','1700000015000',0,0,1,NULL,'time as text',1),
 (20,1,'+447700900701',1700000016000.75,0,0,1,NULL,'time with a fraction',1),
 (21,1,'+447700900701','tomorrow',0,0,1,NULL,'no time at all',1);
-- Hostile text: what looks like other columns, NUL, bytes that are not UTF-8, a blob, a number
INSERT INTO sms(_id,thread_id,address,date,type,body) VALUES
 (22,1,'+447700900701',1700000017000,1,'see u later, type=2, address=+447700900799, read=1'),
 (23,1,'+447700900701',1700000018000,1,CAST(x'6100620aff63' AS TEXT)),
 (24,1,CAST(x'2b34343737303039303037303100ff' AS TEXT),1700000019000,1,CAST('a blob' AS BLOB)),
 (25,1,447700900701,1700000020000,1,12345),
 (26,1,'+447700900701',1700000021000,1,char(8238) || 'evil' || char(8236) || char(27) || '[2J');
-- MMS, dates in seconds. 1 in, the phone told by what is left; 2 out; 3 in a group; 4 out to a group
INSERT INTO pdu(_id,thread_id,date,msg_box,read,sub,sub_cs,m_type) VALUES
 (1,1,1700000100,1,1,NULL,NULL,132),(2,1,1700000101,2,1,NULL,NULL,128),(3,2,1700000102,1,0,NULL,NULL,132),(4,2,1700000103,2,1,NULL,NULL,128);
INSERT INTO addr(msg_id,address,type) VALUES(1,'07700 900701',137),(1,'+447700900700',151),
 (2,'insert-address-token',137),(2,'+447700900701',151),
 (3,'+447700900702',137),(3,'+447700900700',151),(3,'+447700900701',151),
 (4,'+447700900700',137),(4,'+447700900701',151),(4,'+447700900702',130),(4,'+447700900703',129);
INSERT INTO part(mid,seq,ct,name,cl,cid,_data,text) VALUES
 (1,-1,'application/smil',NULL,'smil.xml','<smil>',NULL,'<smil><body/></smil>'),
 (1,1,'text/plain',NULL,'text_1.txt',NULL,NULL,'second part'),
 (1,0,'text/plain',NULL,'text_0.txt',NULL,NULL,'first part'),
 (1,2,'image/jpeg','shop.jpg',NULL,NULL,'/data/user_de/0/com.android.providers.telephony/app_parts/PART_1','MARKER-OF-A-PICTURE'),
 (1,3,'TEXT/X-VCARD',NULL,NULL,'<card>','/data/x',NULL),
 (2,0,'text/plain',NULL,NULL,NULL,'/data/only-a-file',NULL),
 (4,0,'image/png',NULL,NULL,NULL,NULL,NULL),
 (77,0,'text/plain',NULL,NULL,NULL,NULL,'a part of a message that is gone');
-- 5 a group whose list has a number twice in two spellings; 6 the thread's list is not whole; 7 nobody is named;
-- 8 the sender is the token though it came in; 9 sender and recipient the same; 10 no rows in addr, out; 11 the same, in
INSERT INTO pdu(_id,thread_id,date,msg_box,read,sub,sub_cs,m_type) VALUES
 (5,3,1700000104,1,0,NULL,NULL,132),(6,5,1700000105,1,0,NULL,NULL,132),(7,7,1700000106,1,0,NULL,NULL,132),
 (8,1,1700000107,1,0,NULL,NULL,132),(9,1,1700000108,2,0,NULL,NULL,128),(10,3,1700000109,2,0,NULL,NULL,128),(11,1,1700000110,1,0,NULL,NULL,132);
INSERT INTO addr(msg_id,address,type) VALUES(5,'07700 900701',137),(5,'07700900702',151),(5,'+447700900702',151),(5,'+447700900703',151),(5,'07700 900700',151),
 (6,'07700 900701',137),(6,'+447700900700',151),(6,'+447700900702',151),
 (8,'insert-address-token',137),(8,'+447700900700',151),
 (9,'+447700900701',137),(9,'07700 900701',151);
-- 12 an address that no list knows: nobody can say which is the phone; 13 Google's conversation instead of people
INSERT INTO pdu(_id,thread_id,date,msg_box,read,sub,sub_cs,m_type) VALUES(12,2,1700000111,1,0,NULL,NULL,132),(13,8,1700000112,1,0,'proto:CkIKImNvbS5nb29nbGU=',106,132);
INSERT INTO addr(msg_id,address,type) VALUES(12,'07700 900701',137),(12,'+447700900702',151),(12,'+447700900700',151),(12,'+447700900709',130),
 (13,'07700 900701',137),(13,'+447700900700',151),(13,'+447700900702',151);
-- 14 box unknown but a sent PDU; 15 both unknown; 16 the notice only; 17 a delivery report; 18 draft; 19 failed; 20 milliseconds
INSERT INTO pdu(_id,thread_id,date,msg_box,read,sub,sub_cs,m_type) VALUES
 (14,1,1700000113,0,0,NULL,NULL,128),(15,1,1700000114,NULL,0,NULL,NULL,NULL),(16,1,1700000115,1,0,NULL,NULL,130),(17,1,1700000116,1,0,NULL,NULL,134),
 (18,1,1700000117,3,0,NULL,NULL,128),(19,1,1700000118,5,0,NULL,NULL,128),(20,1,1700000119123,1,0,NULL,NULL,132);
INSERT INTO addr(msg_id,address,type) VALUES(14,'insert-address-token',137),(14,'+447700900701',151),(15,'+447700900701',137),(15,'+447700900700',151),(16,'+447700900701',137);
-- Subjects: plain, UTF-8 stored as Latin-1, with text below
INSERT INTO pdu(_id,thread_id,date,msg_box,read,sub,sub_cs,m_type) VALUES(21,1,1700000120,1,0,'Offer',106,132),(22,1,1700000121,1,0,'2 for £30 ð',106,132),
 (23,1,1700000122,1,0,'caf' || char(195) || char(169),106,132),(24,1,1700000123,1,0,'caf' || char(233),4,132);
INSERT INTO part(mid,ct,text) VALUES(21,'text/plain','until midnight'),(23,'text/plain; charset=utf-8',CAST(x'6100ff' AS TEXT));
-- Hostile addresses: a line end in one, two senders
INSERT INTO pdu(_id,thread_id,date,msg_box,m_type) VALUES(25,1,1700000124,1,132);
INSERT INTO addr(msg_id,address,type) VALUES(25,'+447700900701',137),(25,'+447700900704',137),(25,'+447700900700' || char(10) || '+447700900799',151),(25,'',151),(25,NULL,151),(25,'x',200);
