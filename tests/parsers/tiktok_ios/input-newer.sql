-- The time has another name.
CREATE TABLE TIMMessageORM (identifier TEXT PRIMARY KEY, sender INTEGER, content TEXT, created REAL);
INSERT INTO TIMMessageORM VALUES ('a',6800000000000000002,'{"text":"u about"}',1767225600);
