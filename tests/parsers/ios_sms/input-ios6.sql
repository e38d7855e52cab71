-- iOS 6 to 8: handles and chats, dates in seconds; many of today's columns are not there yet, and
-- chat_message_join has no index that begins with the message.
CREATE TABLE chat (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, style INTEGER,
  state INTEGER, account_id TEXT, properties BLOB, chat_identifier TEXT, service_name TEXT,
  room_name TEXT, account_login TEXT, participants BLOB);
CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, id TEXT NOT NULL, country TEXT,
  service TEXT NOT NULL, uncanonicalized_id TEXT, UNIQUE (id, service));
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, guid TEXT UNIQUE NOT NULL, text TEXT,
  replace INTEGER DEFAULT 0, service_center TEXT, handle_id INTEGER DEFAULT 0, subject TEXT,
  country TEXT, attributedBody BLOB, version INTEGER DEFAULT 0, type INTEGER DEFAULT 0, service TEXT,
  account TEXT, account_guid TEXT, error INTEGER DEFAULT 0, date INTEGER, date_read INTEGER,
  date_delivered INTEGER, is_delivered INTEGER DEFAULT 0, is_finished INTEGER DEFAULT 0,
  is_emote INTEGER DEFAULT 0, is_from_me INTEGER DEFAULT 0, is_empty INTEGER DEFAULT 0,
  is_read INTEGER DEFAULT 0, is_sent INTEGER DEFAULT 0, cache_has_attachments INTEGER DEFAULT 0);
CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER, PRIMARY KEY (chat_id, message_id));
CREATE TABLE chat_handle_join (chat_id INTEGER, handle_id INTEGER, UNIQUE(chat_id, handle_id));
INSERT INTO handle(ROWID,id,service) VALUES (1,'+447700900101','SMS'), (2,'+447700900102','iMessage');
INSERT INTO chat(ROWID,guid,style,chat_identifier,account_login) VALUES
  (1,'SMS;-;+447700900101',45,'+447700900101','P:+447700900999'),
  (2,'iMessage;+;chat5',43,'chat5','P:+447700900999');
INSERT INTO chat_handle_join VALUES (1,1), (2,1), (2,2);
INSERT INTO message(ROWID,guid,text,handle_id,service,account,date,is_from_me,is_read,is_sent,is_finished) VALUES
  (5,'e','in',1,'SMS','P:+447700900999',380000005,0,1,0,1),
  (3,'c','out',1,'SMS','P:+447700900999',380000003,1,0,1,1),
  (4,'d','group, in',2,'iMessage','P:+447700900999',380000004,0,0,0,1),
  (9,'i','group, out',0,'iMessage','P:+447700900999',380000009,1,0,1,1);
INSERT INTO chat_message_join VALUES (1,3), (1,5), (2,4), (2,9);
