-- Put on once; changed since; without the first time; without any.
CREATE TABLE linecheck_app(_id INTEGER PRIMARY KEY, package TEXT, first_install INTEGER, last_update INTEGER, installer TEXT);
INSERT INTO linecheck_app VALUES (1,'com.snapchat.android',1767225600000,1767225600000,'com.android.vending'),
(2,'org.thoughtcrime.securesms',1767225601000,1767225602000,'?'),
(3,'com.example.one',NULL,1767225603000,NULL),
(4,'com.example.two',NULL,NULL,NULL);
