-- user_version 57: no index, no sub_id, no creator.
CREATE TABLE pdu (_id INTEGER PRIMARY KEY AUTOINCREMENT,thread_id INTEGER,date INTEGER,date_sent INTEGER DEFAULT 0,msg_box INTEGER,read INTEGER DEFAULT 0,m_id TEXT,sub TEXT,sub_cs INTEGER,ct_t TEXT,m_type INTEGER);
CREATE TABLE addr (_id INTEGER PRIMARY KEY,msg_id INTEGER,contact_id INTEGER,address TEXT,type INTEGER,charset INTEGER);
CREATE TABLE part (_id INTEGER PRIMARY KEY AUTOINCREMENT,mid INTEGER,seq INTEGER DEFAULT 0,ct TEXT,name TEXT,cid TEXT,cl TEXT,fn TEXT,_data TEXT,text TEXT);
CREATE TABLE sms (_id INTEGER PRIMARY KEY,thread_id INTEGER,address TEXT,person INTEGER,date INTEGER,date_sent INTEGER DEFAULT 0,protocol INTEGER,read INTEGER DEFAULT 0,status INTEGER DEFAULT -1,type INTEGER,reply_path_present INTEGER,subject TEXT,body TEXT,service_center TEXT,locked INTEGER DEFAULT 0,error_code INTEGER DEFAULT 0,seen INTEGER DEFAULT 0);
CREATE TABLE canonical_addresses (_id INTEGER PRIMARY KEY AUTOINCREMENT,address TEXT);
CREATE TABLE threads (_id INTEGER PRIMARY KEY AUTOINCREMENT,date INTEGER DEFAULT 0,message_count INTEGER DEFAULT 0,recipient_ids TEXT);
INSERT INTO canonical_addresses VALUES(1,'07700 900701');
INSERT INTO threads VALUES(1,0,1,'1');
INSERT INTO sms(_id,thread_id,address,date,read,type,body) VALUES(1,1,'07700 900701',1383065788038,1,2,'hello');
INSERT INTO pdu(_id,thread_id,date,msg_box,read,m_type) VALUES(1,1,1383065800,1,1,132);
INSERT INTO addr(msg_id,address,type) VALUES(1,'+447700900701',137),(1,'+447700900700',151);
INSERT INTO part(mid,ct,text) VALUES(1,'text/plain','hello you');
