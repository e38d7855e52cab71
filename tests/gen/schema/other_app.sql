-- Any other app's database: something is there, and nobody reads it.
CREATE TABLE conversation (id INTEGER PRIMARY KEY, title TEXT, updated INTEGER);
CREATE TABLE conversation_message (id INTEGER PRIMARY KEY, conversation INTEGER, author TEXT,
  created INTEGER, content BLOB);
-- indexes
