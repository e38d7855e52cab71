-- iOS 3: SMS only, nothing of iMessage yet. One person in a thread, and one without a group.
CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, address TEXT, date INTEGER, text TEXT,
  flags INTEGER, replace INTEGER, svc_center TEXT, group_id INTEGER, association_id INTEGER,
  height INTEGER, UIFlags INTEGER, version INTEGER, subject TEXT, country TEXT, headers BLOB,
  recipients BLOB, read INTEGER);
INSERT INTO message(address,date,text,flags,group_id,read) VALUES
  ('(01632) 960101',1240000001,'in',2,1,1), ('(01632) 960101',1240000002,'out',3,1,0),
  ('60777',1240000003,NULL,2,0,NULL);
