CREATE TABLE linecheck_usage(_id INTEGER PRIMARY KEY, time INTEGER, type TEXT, package TEXT);
INSERT INTO linecheck_usage VALUES (1,1767225600000,'ACTIVITY_RESUMED','com.snapchat.android'),
(2,1767225601000,'MOVE_TO_BACKGROUND','com.snapchat.android'),(3,1767225602000,'KEYGUARD_SHOWN','android'),
(4,NULL,'SOMETHING_NEW','android');
