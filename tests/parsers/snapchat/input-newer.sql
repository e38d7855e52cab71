-- The column that says who sent a message is gone.
CREATE TABLE conversation(client_conversation_id TEXT PRIMARY KEY, conversation_metadata BLOB);
CREATE TABLE conversation_message(client_conversation_id TEXT, client_message_id INTEGER, creation_timestamp INTEGER, content_type INTEGER, author TEXT, message_content BLOB);
