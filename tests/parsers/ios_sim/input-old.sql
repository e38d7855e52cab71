CREATE TABLE subscriber_info (subscriber_id TEXT, subscriber_mdn TEXT);
INSERT INTO subscriber_info VALUES('8944110000000000016','+447700900401');
