-- The record has another name.
CREATE TABLE session(_id INTEGER PRIMARY KEY, user_id TEXT);
CREATE TABLE threads(_id INTEGER PRIMARY KEY, user_id TEXT, thread_id TEXT, thread_info TEXT);
CREATE TABLE messages(_id INTEGER PRIMARY KEY, thread_id TEXT, timestamp INTEGER, message_type TEXT, text TEXT, body TEXT);
