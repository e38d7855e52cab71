-- Tables of another form.
CREATE TABLE t2 (key INTEGER PRIMARY KEY, value BLOB);
CREATE TABLE t7 (key BLOB PRIMARY KEY, body BLOB);
