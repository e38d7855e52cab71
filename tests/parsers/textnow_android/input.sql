-- TextNow (database version 7): two people, a group whose messages name nobody, calls.
CREATE TABLE messages (_id integer primary key autoincrement, message_id integer unique, contact_value text not null, contact_type integer, contact_name text not null, message_direction integer, message_type integer, message_text text not null, read boolean, date numeric not null, state integer default 0, attach text default '');
CREATE TABLE contacts (_id integer primary key autoincrement, contact_value text not null, contact_name text);
CREATE TABLE groups (_id integer primary key autoincrement, contact_value text not null unique, title text default '');
CREATE TABLE group_members (_id integer primary key autoincrement, contact_value text not null, member_contact_value text not null, member_contact_type integer, member_display_name text not null);
INSERT INTO contacts VALUES(1,'+447700900123','Deano'),(2,'+447700900124','');
INSERT INTO groups VALUES(1,'g-77','Trap house');
INSERT INTO group_members VALUES(1,'g-77','+447700900123',2,'Deano'),(2,'g-77','+447700900124',2,'');
INSERT INTO messages VALUES(1,11,'+447700900123',2,'Deano',1,1,'u about',1,1767225600000,0,'');
INSERT INTO messages VALUES(2,12,'+447700900123',2,'Deano',2,1,'yes',1,1767225601000,0,'');
INSERT INTO messages VALUES(3,13,'g-77',5,'Trap house',1,1,'bring it',0,1767225602000,0,'');
INSERT INTO messages VALUES(4,14,'g-77',5,'Trap house',2,1,'ok all',1,1767225603000,0,'');
INSERT INTO messages VALUES(5,15,'+447700900123',2,'Deano',1,2,'',1,1767225604000,0,'/storage/a.jpg');
INSERT INTO messages VALUES(6,16,'+447700900123',2,'Deano',2,102,'61',1,1767225605000,0,'');
INSERT INTO messages VALUES(7,17,'+447700900123',2,'Deano',1,100,'soon',1,1767225606000,0,'');
INSERT INTO messages VALUES(8,18,'+447700900123',2,'Deano',0,1,'odd',1,0,0,'');
