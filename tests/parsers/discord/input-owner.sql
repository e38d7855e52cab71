-- In its folder.
-- file: kv-storage/@account.700000000000000001/a
CREATE TABLE messages0 (a0 INTEGER, a1 INTEGER, a2 INTEGER, a3 INTEGER, a4 INTEGER, a5 INTEGER, data BLOB);
INSERT INTO messages0 (data) VALUES (CAST(char(1)||'{"id":"900000000000000001","channelId":"800000000000000001","message":{"id":"900000000000000001","type":0,"author":{"id":"700000000000000002","username":"deano_deals","global_name":"Deano"},"content":"u about","timestamp":"2026-01-01T00:00:00.125000+00:00","edited_timestamp":null,"attachments":[]}}' AS BLOB));
INSERT INTO messages0 (data) VALUES (CAST(char(1)||'{"id":"2","channelId":"800000000000000001","message":{"type":19,"author":{"id":"700000000000000001","username":"sam"},"content":"yes","timestamp":"2026-01-01T00:01:00+00:00","edited_timestamp":"2026-01-01T00:02:00+00:00","attachments":[{"filename":"pic.jpg","content_type":"image/jpeg"},{"filename":"b.mp4"}],"referenced_message":{"content":"u about"}}}' AS BLOB));
INSERT INTO messages0 (data) VALUES (CAST('{"channelId":"800000000000000002","message":{"type":7,"author":{"id":"700000000000000003"},"content":"","timestamp":"yesterday"}}' AS BLOB));
INSERT INTO messages0 (data) VALUES (CAST(char(1)||'{"channelId":"800000000000000001","message":{"type":3,"author":{"id":"700000000000000002","username":"deano_deals"},"content":"","timestamp":"2026-01-01T00:03:00+00:00"}}' AS BLOB));
INSERT INTO messages0 (data) VALUES (x'01'),(NULL),('{"message":5}');
