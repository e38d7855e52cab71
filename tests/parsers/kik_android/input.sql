-- A phone with a chat, a group and what the app tells in it (database version 19).
CREATE TABLE KIKcontactsTable (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid VARCHAR, display_name VARCHAR, local_name VARCHAR, user_name VARCHAR, in_roster BOOLEAN, is_group BOOLEAN, is_blocked BOOLEAN);
INSERT INTO KIKcontactsTable VALUES(1,'deano_deals_x1z@talk.kik.com','Deano',NULL,'Deano_Deals',1,0,0);
INSERT INTO KIKcontactsTable VALUES(2,'kay_9ab@talk.kik.com','Kay',NULL,'kay',1,0,1);
INSERT INTO KIKcontactsTable VALUES(3,'1100000000001_g@groups.kik.com','Trap house',NULL,NULL,1,1,0);
CREATE TABLE memberTable (_id INTEGER PRIMARY KEY AUTOINCREMENT, group_id VARCHAR, member_jid VARCHAR, is_admin BOOLEAN, is_banned BOOLEAN);
INSERT INTO memberTable VALUES(1,'1100000000001_g@groups.kik.com','deano_deals_x1z@talk.kik.com',1,0),(2,'1100000000001_g@groups.kik.com','kay_9ab@talk.kik.com',0,0),(3,'1100000000001_g@groups.kik.com','five_zzz@talk.kik.com',0,0);
CREATE TABLE messagesTable (_id INTEGER PRIMARY KEY AUTOINCREMENT, body VARCHAR, partner_jid VARCHAR, was_me INT, read_state INT, uid VARCHAR, length INTEGER, timestamp LONG, bin_id VARCHAR, sys_msg VARCHAR, stat_msg VARCHAR, stat_user_jid VARCHAR, req_read_reciept BOOLEAN, content_id VARCHAR, app_id VARCHAR);
-- two people
INSERT INTO messagesTable VALUES(1,'u about','deano_deals_x1z@talk.kik.com',0,500,'a',7,1767225600000,'deano_deals_x1z@talk.kik.com',NULL,NULL,NULL,1,NULL,NULL);
INSERT INTO messagesTable VALUES(2,'yes','deano_deals_x1z@talk.kik.com',1,500,'b',3,1767225601000,'deano_deals_x1z@talk.kik.com',NULL,NULL,NULL,1,NULL,NULL);
-- the group: the sender is the person; one is in no list; the phone's own goes to all
INSERT INTO messagesTable VALUES(3,'bring it','kay_9ab@talk.kik.com',0,500,'c',8,1767225602000,'1100000000001_g@groups.kik.com',NULL,NULL,NULL,1,NULL,NULL);
INSERT INTO messagesTable VALUES(4,'who dis','new_000@talk.kik.com',0,500,'d',7,1767225603000,'1100000000001_g@groups.kik.com',NULL,NULL,NULL,1,NULL,NULL);
INSERT INTO messagesTable VALUES(5,'ok all','1100000000001_g@groups.kik.com',1,500,'e',6,1767225604000,'1100000000001_g@groups.kik.com',NULL,NULL,NULL,1,NULL,NULL);
-- told by the app, of a person and of nobody
INSERT INTO messagesTable VALUES(6,NULL,'1100000000001_g@groups.kik.com',0,500,'f',0,1767225605000,'1100000000001_g@groups.kik.com',NULL,'five has left the chat','five_zzz@talk.kik.com',0,NULL,NULL);
INSERT INTO messagesTable VALUES(7,NULL,'1100000000001_g@groups.kik.com',0,500,'g',0,1767225606000,'1100000000001_g@groups.kik.com','You created a group',NULL,NULL,0,NULL,NULL);
-- a picture, no time, a direction of another day
INSERT INTO messagesTable VALUES(8,NULL,'deano_deals_x1z@talk.kik.com',0,500,'h',0,1767225607000,'deano_deals_x1z@talk.kik.com',NULL,NULL,NULL,1,'0a0b0c0d-0000-4000-8000-000000000001','com.kik.ext.camera');
INSERT INTO messagesTable VALUES(9,'no time','deano_deals_x1z@talk.kik.com',0,500,'i',0,0,'deano_deals_x1z@talk.kik.com',NULL,NULL,NULL,1,NULL,NULL);
INSERT INTO messagesTable VALUES(10,'odd','deano_deals_x1z@talk.kik.com',NULL,500,'j',0,1767225609000,'deano_deals_x1z@talk.kik.com',NULL,NULL,NULL,1,NULL,NULL);
CREATE TABLE KIKContentTable (_id INTEGER PRIMARY KEY AUTOINCREMENT, content_id VARCHAR, content_type INT, content_name VARCHAR, content_string VARCHAR);
INSERT INTO KIKContentTable VALUES(1,'0a0b0c0d-0000-4000-8000-000000000001',1,'app-name','Camera');
