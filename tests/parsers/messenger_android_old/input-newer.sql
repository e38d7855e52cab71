CREATE TABLE thread_users (user_key TEXT PRIMARY KEY);
CREATE TABLE messages (msg_id TEXT PRIMARY KEY, thread_key TEXT, body TEXT, sender TEXT, timestamp_ms INTEGER, msg_type INTEGER);
