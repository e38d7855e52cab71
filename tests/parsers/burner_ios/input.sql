-- What Burner's servers sent, in the cache that Apple keeps for the app.
CREATE TABLE cfurl_cache_response(entry_ID INTEGER PRIMARY KEY AUTOINCREMENT UNIQUE, version INTEGER, request_key TEXT UNIQUE, time_stamp NOT NULL DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE cfurl_cache_receiver_data(entry_ID INTEGER PRIMARY KEY, isDataOnFS INTEGER, receiver_data BLOB);
INSERT INTO cfurl_cache_response(entry_ID,request_key) VALUES
 (1,'https://example.org/messages'),
 (2,'https://phoenix.burnerapp.com/v2/register/phone'),
 (3,'https://phoenix.burnerapp.com/v3/user/u/burners'),
 (4,'https://phoenix.burnerapp.com/user/u/contacts?pageSize=200'),
 (5,'https://phoenix.burnerapp.com/user/u/messageThreads?filtered=false'),
 (6,'https://phoenix.burnerapp.com/user/u/messages'),
 (7,'https://phoenix.burnerapp.com/user/u/messages?contactPhoneNumber=%2B447700900123'),
 (8,'https://phoenix.burnerapp.com/user/u/messages?contactPhoneNumber=%2B447700900124'),
 (9,'https://phoenix.burnerapp.com/user/u/messages/unread'),
 (10,'https://phoenix.burnerapp.com/user/u/messageThreads?page=2'),
 (11,'https://phoenix.burnerapp.com/user/u/messageThreads?page=3');
INSERT INTO cfurl_cache_receiver_data VALUES
 (1,0,'[{"contactPhoneNumber":"+447700900199","direction":1,"message":"of another server"}]'),
 (2,0,'{"token":"x","user":{"id":"u","phoneNumber":"+447700900000","dateCreated":1767225000000}}'),
 (3,0,'[{"id":"b-1","phoneNumber":"+447700900001","dateCreated":1767225100000,"settings":{"name":"Work"}},{"id":"b-2"}]'),
 (4,0,'[{"id":"c-1","name":"Deano","phoneNumber":"+447700900123"},{"id":"c-2","name":"Nobody"},{"id":"c-3","name":"K\u00e1y","phoneNumber":"+447700900124"}]'),
 (5,0,'[{"id":"m2","burnerId":"b-1","contactPhoneNumber":"+447700900123","dateCreated":1767225601000,"direction":2,"message":"yes","messageType":2,"read":true,"state":1}]'),
 (6,0,'{"id":"m1","burnerId":"b-1","contactPhoneNumber":"+447700900123","dateCreated":1767225600000,"direction":1,"message":"u about","messageType":2,"read":true,"state":1}'),
 (7,0,'[{"id":"m1","burnerId":"b-1","contactPhoneNumber":"+447700900123","dateCreated":1767225600000,"direction":1,"message":"u about"},{"id":"m3","burnerId":"b-7","contactPhoneNumber":"+447700900123","dateCreated":1767225603000,"direction":1,"messageType":1,"state":4,"read":false},{"error":1},{"id":"m4","contactPhoneNumber":"+447700900125","direction":9,"message":"odd"}]'),
 (8,1,'00000000-0000-4000-8000-000000000001'),
 (9,0,'{"unread":0}'),
 (10,0,'[]'),
 (11,0,'[{"id":"m9","contactPhoneNumber":"+4477');
