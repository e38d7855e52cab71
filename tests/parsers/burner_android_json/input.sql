-- Burner of 2024: what the servers sent, as JSON in a column.
CREATE TABLE BurnerEntity (id TEXT PRIMARY KEY, value TEXT);
INSERT INTO BurnerEntity VALUES('b-1','{"id":"b-1","phoneNumberId":"+447700900001","name":"Work"}'),('b-2','{"id":"b-2"}');
CREATE TABLE MessageEntity (id TEXT PRIMARY KEY, value TEXT);
INSERT INTO MessageEntity VALUES('m1','{"id":"m1","burnerId":"b-1","contactPhoneNumber":"+447700900123","dateCreated":1767225600000,"direction":1,"message":"u about \ud83d\udc8a","messageType":2,"read":true,"state":1,"assetUrl":null,"voiceUrl":null}');
INSERT INTO MessageEntity VALUES('m2','{"id":"m2","burnerId":"b-1","contactPhoneNumber":"+447700900123","dateCreated":1767225601000,"direction":2,"message":"yes","messageType":2,"read":true,"state":1}');
INSERT INTO MessageEntity VALUES('m3','{"id":"m3","burnerId":"b-9","contactPhoneNumber":"+447700900124","dateCreated":1767225602000,"direction":1,"message":"","messageType":1,"read":false,"state":5,"voiceUrl":"https:\/\/example.org\/a.wav"}');
INSERT INTO MessageEntity VALUES('m4','{"id":"m4","burnerId":"b-1","contactPhoneNumber":"+447700900123","dateCreated":0,"direction":7,"message":"odd","messageType":2}');
INSERT INTO MessageEntity VALUES('m5','{"id":"m5","burnerId":"b-1"');
