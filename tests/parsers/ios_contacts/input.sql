-- The columns of iOS 15 that matter. ab_generate_guid() is Apple's own function: nothing may call it.
CREATE TABLE ABPerson (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, First TEXT, Last TEXT, Middle TEXT,
  Organization TEXT, Note TEXT, Kind INTEGER, Birthday TEXT, Nickname TEXT, Prefix TEXT, Suffix TEXT,
  CreationDate INTEGER, StoreID INTEGER, DisplayName TEXT, CompositeNameFallback TEXT, guid TEXT);
CREATE TABLE ABMultiValue (UID INTEGER PRIMARY KEY, record_id INTEGER, property INTEGER,
  identifier INTEGER, label INTEGER, value TEXT, guid TEXT NOT NULL DEFAULT (ab_generate_guid()), UNIQUE(guid));
CREATE TABLE ABMultiValueLabel (value TEXT, UNIQUE(value));
CREATE TABLE ABMultiValueEntry (parent_id INTEGER, key INTEGER, value TEXT);
CREATE TABLE ABMultiValueEntryKey (value TEXT);
INSERT INTO ABMultiValueLabel(rowid,value) VALUES(1,'_$!<Mobile>!$_'),(2,'_$!<Home>!$_'),(3,'burner'),(4,'_$!<>!$_');
INSERT INTO ABMultiValueEntryKey(rowid,value) VALUES(1,'Street'),(2,'service'),(3,'username');
-- 1 all names; 2 an organisation; 3 only a nickname; 4 nothing; 5 blanks; 6 DisplayName
INSERT INTO ABPerson(ROWID,First,Middle,Last,Organization,Nickname,Prefix,Suffix,Note,CreationDate)
 VALUES(1,'Asha','Q.','Example','Example Works','Deano line','Dr','Jr','07700 900999',700000000);
INSERT INTO ABPerson(ROWID,Organization,Nickname) VALUES(2,'Example Taxis','cabs');
INSERT INTO ABPerson(ROWID,Nickname) VALUES(3,'Ace');
INSERT INTO ABPerson(ROWID) VALUES(4);
INSERT INTO ABPerson(ROWID,First,Last,Organization) VALUES(5,'','','');
INSERT INTO ABPerson(ROWID,DisplayName) VALUES(6,'Shown Name');
INSERT INTO ABMultiValue(UID,record_id,property,label,value,guid) VALUES
 (101,1,4,2,'asha@example.org','a'),
 (102,1,3,1,'+44 7700 900101','b'),
 (103,1,3,3,'07700 900102','c'),
 (104,1,3,NULL,'07700900103','d'),
 (105,1,3,999,'020 7946 0104','e'),
 (106,1,22,2,'https://example.org/07700900105','f'),
 (107,1,5,2,NULL,'g'),
 (108,1,3,1,'','h'),
 (109,1,3,1,NULL,'i'),
 (110,1,46,1,NULL,'j'),
 (111,1,13,1,NULL,'k'),
 (112,2,3,4,'0808 157 0112','l');
INSERT INTO ABMultiValueEntry VALUES(107,1,'1 Example Street'),(110,2,'snapchat'),(110,3,'asha.snaps'),(111,3,'asha.im');
-- Odd storage: a number as INTEGER and as BLOB, a property as text
INSERT INTO ABPerson(ROWID,First) VALUES(7,'Odd');
INSERT INTO ABMultiValue(UID,record_id,property,label,value,guid) VALUES
 (113,7,3,1,CAST('07700900113' AS BLOB),'m'),(114,7,'3',1,'+447700900114','n');
INSERT INTO ABMultiValue(UID,record_id,property,label,value,guid) VALUES(115,7,3,1,447700900115,'o');
-- Hostile: NUL, bytes that are not UTF-8, line ends, a bidirectional override, SQL and HTML
INSERT INTO ABPerson(ROWID,First,Last) VALUES(8,CAST(x'41004200ff' AS TEXT),'line' || char(10) || 'end');
INSERT INTO ABPerson(ROWID,First) VALUES(9,'x' || char(8238) || 'gnp.exe'),(10,'''); DROP TABLE ABPerson;--'),(11,'<script>alert(1)</script>');
INSERT INTO ABMultiValue(UID,record_id,property,label,value,guid) VALUES(116,8,3,1,CAST(x'2b3434373730303930303131360058' AS TEXT),'p');
-- Values of a card that is gone
INSERT INTO ABMultiValue(UID,record_id,property,label,value,guid) VALUES
 (117,4711,3,1,'07700 900117','q'),(118,NULL,4,1,'gone@example.org','r'),(119,4711,22,1,'https://example.org','s');
