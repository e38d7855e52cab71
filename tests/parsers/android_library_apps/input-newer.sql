CREATE TABLE ownership (account STRING, document STRING, doc_type INTEGER, purchase_time INTEGER);
INSERT INTO ownership VALUES ('child@example.com','com.snapchat.android',1,1767225600000);
