CREATE TABLE msg (msg_uuid TEXT PRIMARY KEY, conversation_id TEXT, created_time INTEGER, author INTEGER, content TEXT);
