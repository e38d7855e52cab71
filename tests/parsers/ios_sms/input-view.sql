-- message is a view: somebody's trick, or another app. It is not read.
CREATE TABLE real (ROWID INTEGER PRIMARY KEY, text TEXT, date INTEGER, handle_id INTEGER, is_from_me INTEGER);
CREATE VIEW message AS WITH RECURSIVE endless(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM endless)
  SELECT i AS ROWID, 'x' AS text, i AS date, 1 AS handle_id, 0 AS is_from_me FROM endless;
INSERT INTO real VALUES (1,'in',700000000000000000,1,0);
