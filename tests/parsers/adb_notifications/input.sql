-- With both texts, with one, with none, and one whose text could not be cut out.
CREATE TABLE linecheck_notification(_id INTEGER PRIMARY KEY, time INTEGER, package TEXT, title TEXT, text TEXT, lost TEXT);
INSERT INTO linecheck_notification VALUES (1,1767225600000,'com.whatsapp','Marlo','u about?',NULL),
(2,1767225601000,'com.whatsapp','Marlo',NULL,NULL),(3,1767225602000,'android',NULL,NULL,NULL),
(4,1767225603000,'com.whatsapp','Marlo',NULL,'a text that could not be told from what stands around it');
