CREATE TABLE log (_id INTEGER PRIMARY KEY,event_type INT,event_time INT,pkg TEXT);
INSERT INTO log VALUES (1,1,1767225600000,'com.snapchat.android');
