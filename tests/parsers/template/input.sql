-- Version 2 of the made-up app of parsers/template.c. Person 1 is the phone's owner.
CREATE TABLE template_person(id INTEGER PRIMARY KEY, handle TEXT, name TEXT);
INSERT INTO template_person VALUES(1,'+447700900001','Me');
INSERT INTO template_person VALUES(2,'+447700900002','Asha');
INSERT INTO template_person VALUES(3,'07700 900003',NULL);
CREATE TABLE template_member(room TEXT, person INTEGER);
INSERT INTO template_member VALUES('den',2),('den',3),('asha',2);
CREATE TABLE template_message(id INTEGER PRIMARY KEY, sender INTEGER, room TEXT, at INTEGER,
  body TEXT, kind_id INTEGER, edited INTEGER, has_file INTEGER);
CREATE TABLE template_attachment(message INTEGER, name TEXT, type TEXT);
INSERT INTO template_message VALUES(1,2,'asha',1767225600000,'hello',0,0,0);
INSERT INTO template_message VALUES(2,1,'asha',1767225601000,'hello yourself',0,1,0);
INSERT INTO template_message VALUES(3,3,'den',1767225602000,'in a group',0,0,1);
INSERT INTO template_attachment VALUES(3,'map.png','image/png');
INSERT INTO template_message VALUES(4,99,'den',1767225603000,'from somebody who is not in the list',0,0,0);
INSERT INTO template_message VALUES(5,2,'den',0,NULL,9,0,0);
INSERT INTO template_message VALUES(6,2,'den','yesterday','odd',0,NULL,NULL);
INSERT INTO template_message VALUES(7,1,'den',1767225604000,'to all',0,0,0);
