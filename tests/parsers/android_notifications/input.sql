-- Shown, opened, put away, unknown.
CREATE TABLE log (_id INTEGER PRIMARY KEY AUTOINCREMENT,event_user_id INT,event_type INT,event_time_ms INT,key TEXT,pkg TEXT,nid INT,tag TEXT,when_ms INT);
INSERT INTO log VALUES (1,0,1,1767225600000,'k','com.snapchat.android',1,'',0),(2,0,2,1767225601000,'k','com.snapchat.android',1,'',0),(3,0,4,1767225602000,'k','com.snapchat.android',1,'',0),(4,0,3,1767225603000,'k','com.snapchat.android',1,'',0),(5,0,77,1767225604000,'k','com.snapchat.android',1,'',0);
