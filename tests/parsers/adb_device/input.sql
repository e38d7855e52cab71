CREATE TABLE linecheck_device(_id INTEGER PRIMARY KEY, name TEXT, imei TEXT, serial TEXT);
CREATE TABLE linecheck_account(_id INTEGER PRIMARY KEY, type TEXT, name TEXT);
INSERT INTO linecheck_device VALUES (1,'Invented Phone','490154203237518','STANDIN01');
INSERT INTO linecheck_account VALUES (1,'com.google','kid@example.com'),(2,'com.whatsapp','WhatsApp'),(3,'com.example','07700 900411');
