-- The column of the phone's own account is gone.
CREATE TABLE messages(message_id TEXT PRIMARY KEY, thread_id TEXT, archive BLOB, class_name TEXT, row_id INTEGER);
CREATE TABLE threads(thread_id TEXT PRIMARY KEY, metadata BLOB);
