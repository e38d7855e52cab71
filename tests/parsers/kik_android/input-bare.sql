CREATE TABLE KIKcontactsTable (_id INTEGER PRIMARY KEY, jid VARCHAR, display_name VARCHAR, user_name VARCHAR);
INSERT INTO KIKcontactsTable VALUES(1,'deano_deals_x1z@talk.kik.com','Deano','Deano_Deals');
CREATE TABLE messagesTable (_id INTEGER PRIMARY KEY, body VARCHAR, partner_jid VARCHAR, was_me INT, timestamp LONG, bin_id VARCHAR);
INSERT INTO messagesTable VALUES(1,'u about','deano_deals_x1z@talk.kik.com',0,1767225600000,'deano_deals_x1z@talk.kik.com');
