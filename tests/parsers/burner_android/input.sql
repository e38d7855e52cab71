-- Burner of 2022: two numbers of the phone's own, texts, a picture, calls.
CREATE TABLE burners(_id integer primary key autoincrement, burner_id text not null unique, phone_number_id text not null, user_id text not null, name text, date_created integer not null);
INSERT INTO burners VALUES(1,'b-1','+447700900001','u','Work',1767225500000),(2,'b-2','+447700900002','u',NULL,1767225510000);
CREATE TABLE contacts(_id integer primary key autoincrement, contact_id text not null unique, name text not null, phone_number text not null, blocked integer default 0);
INSERT INTO contacts VALUES(1,'c-1','Deano','+447700900123',0),(2,'c-2','+447700900124','+447700900124',1);
CREATE TABLE messages(_id integer primary key autoincrement, message_id text not null unique, state integer default 0, message text not null, contact_phone_number text not null, message_type integer not null, voice_url text, date_created integer not null, read integer default 0, user_id text not null, burner_id text not null, duration integer, direction integer not null, asset_url text);
INSERT INTO messages VALUES(1,'m1',1,'u about','+447700900123',2,NULL,1767225600000,1,'u','b-1',0,1,NULL);
INSERT INTO messages VALUES(2,'m2',1,'yes','+447700900123',2,NULL,1767225601000,1,'u','b-2',0,2,NULL);
INSERT INTO messages VALUES(3,'m3',1,'','+447700900124',2,NULL,1767225602000,0,'u','b-1',0,1,'https://example.org/a.jpg');
INSERT INTO messages VALUES(4,'m4',3,'','+447700900123',1,NULL,1767225603000,1,'u','b-1',2,2,NULL);
INSERT INTO messages VALUES(5,'m5',4,'','+447700900123',1,NULL,1767225604000,1,'u','b-1',0,1,NULL);
INSERT INTO messages VALUES(6,'m6',5,'','+447700900123',1,'https://example.org/a.wav',1767225605000,0,'u','b-1',9,1,NULL);
INSERT INTO messages VALUES(7,'m7',1,'odd','+447700900123',2,NULL,0,1,'u','b-9',0,3,NULL);
