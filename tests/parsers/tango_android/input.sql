-- Tango (database version 11): two people, a group, a like, a file, deleted, payloads that are damaged.
CREATE TABLE conversations(conv_id TEXT PRIMARY KEY, conv_type INTEGER DEFAULT 0, payload TEXT);
CREATE TABLE messages(msg_id INTEGER PRIMARY KEY, conv_id TEXT, type INTEGER, create_time INTEGER, send_time INTEGER, direction INTEGER, status INTEGER, payload TEXT, del_status INTEGER);
INSERT INTO conversations VALUES('deano-acc',0,'');
INSERT INTO conversations VALUES('grp-1',1,'');
INSERT INTO messages VALUES(1,'deano-acc',0,1767225600000,0,2,1,'Igd1IGFib3V0qgEZCgVEZWFubxIFRGVhbHMaCWRlYW5vLWFjYw==',0);
INSERT INTO messages VALUES(2,'deano-acc',0,1767225601000,0,1,1,'IgN5ZXM=',0);
INSERT INTO messages VALUES(3,'grp-1',0,1767225602000,0,2,1,'IghicmluZyBpdKoBEAoDS2F5EgAaB2theS1hY2M=',0);
INSERT INTO messages VALUES(4,'grp-1',0,1767225603000,0,1,1,'IgZvayBhbGw=',0);
INSERT INTO messages VALUES(5,'grp-1',0,1767225604000,0,2,1,'Ig13aG8gc2FpZCB0aGlz',0);
INSERT INTO messages VALUES(6,'deano-acc',61,1767225605000,0,2,1,'4gQKbGlrZWQgdGhpc6oBGQoFRGVhbm8SBURlYWxzGglkZWFuby1hY2OKBgF4',0);
INSERT INTO messages VALUES(7,'deano-acc',1,1767225606000,0,2,1,'KhlodHRwczovL2V4YW1wbGUub3JnL2EuanBnUgVhLmpwZ6oBFAoAEgVEZWFscxoJZGVhbm8tYWNj',3);
INSERT INTO messages VALUES(8,'deano-acc',0,1767225607000,0,2,1,'!!not base64!!',0);
INSERT INTO messages VALUES(9,'deano-acc',0,1767225608000,0,2,1,'IgNjdQ==',0);
INSERT INTO messages VALUES(10,'deano-acc',0,0,0,7,1,'IgNvZGQ=',0);
INSERT INTO messages VALUES(11,'nobody',0,1767225610000,0,2,1,'IiVmcm9tIGEgY29udmVyc2F0aW9uIHRoYXQgaXMgbm90IHRoZXJl',0);
