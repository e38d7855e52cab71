CREATE TABLE ownership (account STRING, library_id STRING, backend INTEGER, doc_id STRING, doc_type INTEGER, offer_type INTEGER, document_hash INTEGER, purchase_time INTEGER);
INSERT INTO ownership VALUES ('child@example.com','3',3,'com.snapchat.android',1,1,0,1767225600000),('child@example.com','3',3,'ee.mtakso.client',1,1,0,0),('child@example.com','1',1,'book-1',5,1,0,1767225600000);
