-- An app in front, one put on, a notification, other streams that are not read, a row without its partner, an end before the start.
CREATE TABLE ZOBJECT (Z_PK INTEGER PRIMARY KEY, ZSTREAMNAME VARCHAR, ZSTARTDATE TIMESTAMP, ZENDDATE TIMESTAMP, ZVALUESTRING VARCHAR, ZSTRUCTUREDMETADATA INTEGER);
CREATE TABLE ZSTRUCTUREDMETADATA (Z_PK INTEGER PRIMARY KEY, Z_DKNOTIFICATIONUSAGEMETADATAKEY__BUNDLEID VARCHAR);
INSERT INTO ZSTRUCTUREDMETADATA VALUES (7,'com.toyopagroup.picaboo');
INSERT INTO ZOBJECT VALUES (1,'/app/inFocus',779000000,779000012.5,'com.toyopagroup.picaboo',NULL),(2,'/app/install',779000100,779000100,'ph.telegra.Telegraph',NULL),(3,'/notification/usage',779000200,779000200,'Receive',7),(4,'/notification/usage',779000300,779000300,'Clear',8),(5,'/app/intents',779000400,779000400,'com.apple.MobileSMS',NULL),(6,'/app/usage',779000600,779000500,'com.apple.mobilesafari',NULL);
